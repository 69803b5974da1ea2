"""Dumb reusable widgets, drawn from the theme."""
