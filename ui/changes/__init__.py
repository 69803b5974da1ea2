"""What was changed after a register had closed: on the screen, on paper, and as rows."""
