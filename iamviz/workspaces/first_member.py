"""The member that a fresh installation starts with."""

from __future__ import annotations

import secrets

from django.db import transaction

from iamviz.workspaces.models import Member, Membership, Workspace

EMAIL = "owner@iamviz.local"


def create_first_member(email: str = EMAIL) -> tuple[str, str] | None:
    """Make an owner with a workspace of his own; his address and a random password, None if there are members."""
    with transaction.atomic():
        if Member.objects.exists():
            return None
        password = secrets.token_urlsafe(15)
        member = Member.objects.create_user(email, password)
        workspace, _ = Workspace.objects.get_or_create(slug="my-organization", defaults={"name": "My organization"})
        Membership.objects.create(workspace=workspace, member=member, role=Membership.Role.OWNER)
    return member.email, password
