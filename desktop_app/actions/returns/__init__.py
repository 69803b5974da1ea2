"""Returns to the authority: read, checked, made, sent, and chased."""
