"""Nobody sees what is not his: every row of a workspace is reached through visible_to."""

from __future__ import annotations

from itertools import chain

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from iamviz.snapshots.models import Chunk, Fragment, Sweeper
from iamviz.workspaces.models import Member, Membership, Token, VisibleQuerySet, Workspace
from tests.snapshots.deliveries import A, current, details, names, send, upload

pytestmark = pytest.mark.django_db

WITHOUT_WORKSPACE = {Member, Token, Sweeper}
"""Rows that belong to no workspace: who signs in, his keys, and the sweeper's lease."""


def models() -> list[type[Model]]:
    ours = chain.from_iterable(apps.get_app_config(label).get_models() for label in ("workspaces", "snapshots"))
    return [model for model in ours if model not in WITHOUT_WORKSPACE]


def test_every_model_of_a_workspace_knows_who_may_see_it() -> None:
    assert [model for model in models() if not isinstance(model._default_manager.all(), VisibleQuerySet)] == []


def test_members_see_the_rows_of_their_workspace_and_strangers_none(
    workspace: Workspace, alice: Member, bob: Member, charlie: Member
) -> None:
    upload(workspace, a=details(A, "deploy"), bad=b"{}")
    Chunk.objects.create(upload=send(workspace, b=details(A, "x")), position=0, spans=[])
    for model in models():
        rows = model._default_manager.all()
        assert isinstance(rows, VisibleQuerySet)
        if model not in {Workspace, Membership}:
            total = rows.count()
            assert total > 0, model
            assert [rows.visible_to(each).count() for each in (alice, bob)] == [total, total], model
            assert not rows.visible_to(charlie).exists(), model
        assert not rows.visible_to(AnonymousUser()).exists(), model


def test_the_same_content_in_two_workspaces_is_two_parts_and_two_files(workspace: Workspace, charlie: Member) -> None:
    """Else it would show, by what is quick or unchanged, that somebody else has the same file."""
    elsewhere = Workspace.objects.get(slug="elsewhere")
    first = upload(workspace, a=details(A, "deploy"))
    second = upload(elsewhere, a=details(A, "deploy"))
    assert (first.state, second.state) == ("published", "published")
    assert first.files.get().stored != second.files.get().stored
    assert Fragment.objects.visible_to(charlie).count() == 1
    assert names(current(elsewhere)) == ["1:deploy"]


def test_a_role_in_one_workspace_is_none_in_another(alice: Member, charlie: Member) -> None:
    elsewhere = Workspace.objects.get(slug="elsewhere")
    Membership.objects.create(workspace=elsewhere, member=alice, role="viewer")
    roles = {each.workspace.slug: each.role for each in alice.memberships.select_related("workspace")}
    assert roles == {"acme": "owner", "elsewhere": "viewer"}
