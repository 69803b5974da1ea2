"""The place of the roll-over to a new school year."""
