"""The Pupils place."""
