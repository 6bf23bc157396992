"""Mutation testing of the policy room, run by hand, never a test: `python -m tests.mutation.run`."""
