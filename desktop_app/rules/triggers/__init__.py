"""The triggers of a child, worked out from its facts: one pure rule for each kind, and no clock, disk or store."""
