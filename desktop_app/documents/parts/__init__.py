"""The parts of a bundle drawn from what `rules/parts` says."""
