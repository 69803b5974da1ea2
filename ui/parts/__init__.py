"""Dumb reusable pieces: they draw and ask, and decide nothing."""
