"""What all tests share: no promise depends on how fast the machine is."""

from hypothesis import settings

settings.register_profile("briefing", deadline=None)
settings.load_profile("briefing")
