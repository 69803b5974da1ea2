"""The place of the school’s own log: training, assemblies, versions of the attendance policy."""
