"""Returns to the authority: checked line by line, made, sent, and chased."""
