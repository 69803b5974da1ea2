"""How fast the program is, as a ratio to the bare library doing the same work in the same run."""
