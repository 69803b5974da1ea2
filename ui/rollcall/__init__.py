"""The roll-call on the screen: whom to find."""
