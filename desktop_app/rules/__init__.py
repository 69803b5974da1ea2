"""Pure functions: no clock, no disk, no randomness."""
