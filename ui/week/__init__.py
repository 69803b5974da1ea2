"""Closing the week: what is still to settle, and signing it off."""
