"""The hatch: one child at a time, and nothing on the screen that a parent at the window should not see."""
