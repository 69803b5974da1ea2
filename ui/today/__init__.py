"""The Today place."""
