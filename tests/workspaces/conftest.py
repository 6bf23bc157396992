"""The cast."""

from tests.cast import alice, bob, charlie, workspace

__all__ = ["alice", "bob", "charlie", "workspace"]
