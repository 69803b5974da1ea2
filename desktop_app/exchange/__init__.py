"""Other people's files into facts, and back."""
