"""Tests of members, workspaces and sign-in."""
