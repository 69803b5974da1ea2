"""How a number is reached, and why elsewhere it may be another."""
