"""Paper: what is printed, and the continuity pack of each morning."""
