"""Bringing lists in: choose a file, see what it would do, then all of it or nothing."""
