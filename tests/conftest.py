"""What every test gets. The settings of the test run are in tests/settings.py."""
