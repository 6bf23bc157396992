"""What every test gets. The settings of the test run are in tests/settings.py."""

from hypothesis import settings

# The same examples in every run: what chance alone would find is looked for by tests/fuzz.
settings.register_profile("same examples", derandomize=True)
settings.load_profile("same examples")
