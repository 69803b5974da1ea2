"""Planning an absence or attendance elsewhere, for one child or a class."""
