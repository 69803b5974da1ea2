"""What an authority looks for in a referral, decided from the facts of a case: one module for each matter.

Nothing here is printed: the maker reads it before the bundle is made. Each rule is a pure function of the case and the
requirement; `table.py` has them all.
"""
