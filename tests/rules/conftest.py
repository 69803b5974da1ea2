"""Rules are tried without a store; hypothesis has no deadline, since the machine may be busy with other work."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
