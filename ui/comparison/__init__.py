"""The place Comparison: the school beside its authority, England, and whom it typed itself."""
