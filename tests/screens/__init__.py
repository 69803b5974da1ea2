"""Pictures of every place of the window, to be looked at: `python -m tests.screens OUT`."""
