"""Pure functions: no clock, no disk, and no chance but the demo's, which its seed decides."""
