"""Returns to the authority: who is on one and why, to which authority, and what stands in its columns."""
