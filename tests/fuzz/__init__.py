"""Fuzzing, run by hand, never a test: `python -m tests.fuzz.policy --documents 100000`."""
