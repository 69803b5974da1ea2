"""Help inside the window: its text is data, its tables of codes, bands and keys are made from what the program uses."""
