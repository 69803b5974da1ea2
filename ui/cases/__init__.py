"""The Cases place."""
