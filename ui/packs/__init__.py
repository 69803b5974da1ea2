"""The authority’s pack: what is in force, read as a person reads it, changed as a copy, checked and adopted."""
