"""Groups: who is in which on a day, and the groups the school makes."""
