"""The places before the registers: the early-call list, and texts to mobiles."""
