"""Before a school is open: open one, make one, try the demo."""
