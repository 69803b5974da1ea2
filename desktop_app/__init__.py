"""Rollbook: a school's attendance office. Everything here is neither Qt nor SQL."""

__version__ = "0.1.0"
