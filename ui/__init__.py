"""Everything Qt: one folder for each place of the window."""
