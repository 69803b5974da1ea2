"""The place Targets: what the school and its classes are to reach, and whether they do."""
