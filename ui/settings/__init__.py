"""The school’s own settings."""
