"""The Registers place."""
