"""Benchmarks: run by hand, never a test. `python -m tests.benchmarks.run` prints one table."""
