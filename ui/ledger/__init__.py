"""The ledger of each parent."""
