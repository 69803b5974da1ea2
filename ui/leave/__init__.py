"""Leave of absence: requests, the form of one, and its decision."""
