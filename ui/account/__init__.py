"""One's own account: what one may do, and another password."""
