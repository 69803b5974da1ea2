"""Casework reckoned: how a case stands, when what is due, what comes next, and whether it works. No clock, no disk."""
