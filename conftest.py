"""What holds for every test of the repository."""

from hypothesis import settings

pytest_plugins = ["tests.postgresql"]

# Timing never decides a test: the machine may be busy with something else.
settings.register_profile("tongban", deadline=None)
settings.load_profile("tongban")
