"""Small uploads: what `aws iam get-account-authorization-details` prints for an account with a few names."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile

from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Revision, Upload
from iamviz.snapshots.running import work_off
from iamviz.snapshots.uploads import Incoming, receive
from iamviz.workspaces.models import Workspace

A, B = "111111111111", "222222222222"
MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 3, 4))


def details(account: str, *roles: str, users: Mapping[str, Any] | None = None, trusts: object = None) -> bytes:
    """One account's details; each role trusts `trusts`, a user may have statements."""
    return json.dumps(
        {
            "UserDetailList": [_user(account, name, statements) for name, statements in (users or {}).items()],
            "GroupDetailList": [],
            "RoleDetailList": [
                _role(account, name, trusts or {"AWS": f"arn:aws:iam::{account}:root"}) for name in roles
            ],
            "Policies": [],
        }
    ).encode()


def _user(account: str, name: str, statements: list[Any]) -> dict[str, Any]:
    policy = {"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": statements}}
    return {
        "UserName": name,
        "Arn": f"arn:aws:iam::{account}:user/{name}",
        "UserId": f"AIDA{name.upper():0<17}",
        "Path": "/",
        "CreateDate": "2025-01-01T00:00:00Z",
        "UserPolicyList": [policy] if statements else [],
        "AttachedManagedPolicies": [],
        "GroupList": [],
        "Tags": [{"Key": "team", "Value": "Größe"}],
    }


def _role(account: str, name: str, principal: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {
        "RoleName": name,
        "Arn": f"arn:aws:iam::{account}:role/{name}",
        "RoleId": f"AROA{name.upper():0<17}",
        "Path": "/",
        "CreateDate": "2025-01-01T00:00:00Z",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
        "InstanceProfileList": [],
        "RoleLastUsed": {},
        "Tags": [],
    }


ASSUMES_ALL = [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.json", (2026, 3, 2, 0, 0, 0)), content)
    return stream.getvalue()


def send(workspace: Workspace, modified: datetime | None = MONDAY, **files: bytes) -> Upload:
    """Receive files without working on them; `name__zip` becomes name.zip, all others name.json."""
    incoming = [
        Incoming(name.replace("__", ".") if "__" in name else f"{name}.json", ContentFile(content), modified)
        for name, content in files.items()
    ]
    return receive(workspace, None, incoming, Upload.Source.API, queued=False)


def work(upload: Upload) -> Upload:
    for _ in work_off(Message("read", upload.pk)):
        pass
    upload.refresh_from_db()
    return upload


def upload(workspace: Workspace, modified: datetime | None = MONDAY, **files: bytes) -> Upload:
    """Send and do all the work."""
    return work(send(workspace, modified, **files))


def current(workspace: Workspace) -> Revision:
    return Revision.objects.get(workspace=workspace, current=True)


def last_event(upload: Upload) -> str:
    return upload.events.latest("id").text


def names(revision: Revision) -> list[str]:
    """Of the identities that the revision shows, as account:name."""
    return sorted(f"{row.account[0]}:{row.name}" for row in revision.identities)
