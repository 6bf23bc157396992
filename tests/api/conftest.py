"""The cast, each with a client that is signed in, and a revision to ask about."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from iamviz.snapshots.models import Revision
from iamviz.workspaces.models import Member, Workspace
from tests.api.world import prod, shared
from tests.cast import alice, bob, charlie, workspace
from tests.snapshots.conftest import own_store
from tests.snapshots.deliveries import current, upload

__all__ = ["alice", "bob", "charlie", "own_store", "workspace"]

BASE = "/api/v1/workspaces/acme"


def signed_in(member: Member) -> APIClient:
    client = APIClient()
    client.force_login(member)
    return client


@pytest.fixture
def alices(alice: Member) -> APIClient:
    return signed_in(alice)


@pytest.fixture
def bobs(bob: Member) -> APIClient:
    return signed_in(bob)


@pytest.fixture
def charlies(charlie: Member) -> APIClient:
    return signed_in(charlie)


@pytest.fixture
def revision(workspace: Workspace) -> Revision:
    """Everything of tests.api.world, analysed."""
    upload(workspace, prod=prod(), shared=shared())
    return current(workspace)
