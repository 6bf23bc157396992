"""Who plays in tests of access: alice owns the workspace, bob looks into it, charlie must see nothing of it."""

from __future__ import annotations

import pytest

from iamviz.workspaces.models import Member, Membership, Workspace

PASSWORD = "correct-horse-battery"


@pytest.fixture
def workspace(db: None) -> Workspace:
    return Workspace.objects.create(slug="acme", name="Acme")


@pytest.fixture
def alice(workspace: Workspace) -> Member:
    return _member("alice", workspace, Membership.Role.OWNER)


@pytest.fixture
def bob(workspace: Workspace) -> Member:
    return _member("bob", workspace, Membership.Role.VIEWER)


@pytest.fixture
def charlie(db: None) -> Member:
    elsewhere = Workspace.objects.create(slug="elsewhere", name="Elsewhere")
    return _member("charlie", elsewhere, Membership.Role.OWNER)


def _member(name: str, workspace: Workspace, role: str) -> Member:
    member = Member.objects.create_user(f"{name}@example.com", PASSWORD, name=name)
    Membership.objects.create(workspace=workspace, member=member, role=role)
    return member
