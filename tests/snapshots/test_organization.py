"""A revision remembers the organization that its accounts were analysed with."""

from __future__ import annotations

import importlib
import json

import pytest
from django.apps import apps
from django.db import connection

from iamviz.snapshots import selection
from iamviz.snapshots.models import Revision
from iamviz.snapshots.reading import load_organization
from iamviz.workspaces.models import Workspace
from tests.cast import workspace
from tests.snapshots.conftest import own_store
from tests.snapshots.deliveries import TUESDAY, A, current, details, upload

__all__ = ["own_store", "workspace"]

pytestmark = pytest.mark.django_db


def organization(name: str) -> bytes:
    file = {
        "Organization": {
            "Id": "o-1",
            "Arn": "arn:aws:organizations::111111111111:organization/o-1",
            "FeatureSet": "ALL",
        },
        "Roots": [{"Id": "r-1", "Name": "Root", "PolicyTypes": []}],
        "OrganizationalUnits": [],
        "Accounts": [{"Id": A, "Name": name, "ParentId": "r-1"}],
        "Policies": [],
        "PolicyTargets": [],
    }
    return json.dumps(file).encode()


def names_of(revision: Revision) -> list[str]:
    found = load_organization(revision)
    return [account.name for account in found.accounts] if found else []


def test_each_revision_keeps_the_organization_of_its_time(workspace: Workspace) -> None:
    upload(workspace, account=details(A, "deploy"))
    assert load_organization(current(workspace)) is None
    upload(workspace, org=organization("before"))
    before = current(workspace)
    upload(workspace, TUESDAY, org=organization("after"))
    assert names_of(Revision.objects.get(pk=before.pk)) == ["before"]
    assert names_of(current(workspace)) == ["after"]


def test_revisions_of_before_are_told_theirs_by_their_digest(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = importlib.import_module("iamviz.snapshots.migrations.0002_revision_organization")
    monkeypatch.setattr(selection, "analysed_by", lambda: migration.ANALYSIS)
    upload(workspace, account=details(A, "deploy"))
    upload(workspace, org=organization("before"))
    upload(workspace, TUESDAY, org=organization("after"))
    expected = dict(Revision.objects.values_list("number", "organization"))
    assert len(set(expected.values())) == 3
    Revision.objects.update(organization=None)
    migration.find_organizations(apps, connection.schema_editor())
    assert dict(Revision.objects.values_list("number", "organization")) == expected
