"""Identity rows: written in bulk, once for each account and verdict on it, shared by all revisions that agree."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from iamviz.inventory.model import Credentials, Group, Inventory, Role, User
from iamviz.snapshots.inventories import Dated
from iamviz.snapshots.models import AccountSnapshot, IdentityRow
from iamviz.snapshots.text import storable, storable_json

Identity = User | Role | Group

COLUMNS = (
    "snapshot_id", "key", "arn", "kind", "account", "name", "path", "unique_id", "created", "last_used", "mfa",
    "active_keys", "tags", "description", "max_session", "boundary", "admin", "external", "trusted_by", "can_become",
    "search",
)  # fmt: skip


class Verdict(NamedTuple):
    """What the analysis says of one identity."""

    admin: str = "no"
    external: bool = False
    trusted_by: int = 0
    can_become: int = 0


def key_of(node_id: str) -> str:
    """The name of a node in URLs."""
    return urlsafe_b64encode(hashlib.sha256(node_id.encode()).digest()).decode()[:22]


def identities_of(inventory: Inventory) -> tuple[Identity, ...]:
    return (*inventory.users, *inventory.roles, *inventory.groups)


def account_snapshot(
    workspace: int, inventory: Inventory, parts: Sequence[Dated], verdicts: Mapping[str, Verdict]
) -> AccountSnapshot:
    """The account's snapshot with its rows: the one that is there already, or a new one."""
    snapshot, made = AccountSnapshot.objects.get_or_create(
        workspace_id=workspace,
        account=inventory.account,
        parts_digest=_digest(f"{dated.part.kind} {dated.part.region} {dated.part.sha256}" for dated in parts),
        verdicts_digest=_digest(f"{identity.arn} {verdicts[identity.arn]}" for identity in identities_of(inventory)),
    )
    if made:
        snapshot.parts.add(*(dated.part for dated in parts))
        write(row for row in _rows(snapshot.pk, inventory, verdicts))
    return snapshot


def write(rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert the rows without making objects of them."""
    places = ", ".join(["%s"] * len(COLUMNS))
    table = IdentityRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({places})", list(rows))  # noqa: S608  # our names


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _rows(snapshot: int, inventory: Inventory, verdicts: Mapping[str, Verdict]) -> Iterator[tuple[Any, ...]]:
    for user in inventory.users:
        yield _row(snapshot, inventory.account, "user", user, user.user_id, verdicts[user.arn])
    for role in inventory.roles:
        yield _row(snapshot, inventory.account, "role", role, role.role_id, verdicts[role.arn])
    for group in inventory.groups:
        yield _row(snapshot, inventory.account, "group", group, group.group_id, verdicts[group.arn])


def _row(  # the columns of one row
    snapshot: int, account: str, kind: str, identity: Identity, unique_id: str, verdict: Verdict
) -> tuple[Any, ...]:
    credentials = identity.credentials if isinstance(identity, User) else None
    tags = {} if isinstance(identity, Group) else dict(identity.tags)
    description = identity.description if isinstance(identity, Role) else None
    columns = (
        snapshot,
        key_of(identity.arn),
        identity.arn,
        kind,
        account,
        identity.name,
        identity.path,
        unique_id,
        _moment(identity.created),
        _moment(_last_used(identity, credentials)),
        credentials.mfa_active if credentials else None,
        _active_keys(credentials),
        json.dumps(storable_json(tags)),
        description,
        identity.max_session if isinstance(identity, Role) else None,
        None if isinstance(identity, Group) else identity.boundary,
        *verdict,
        _search(identity.arn, unique_id, tags, description),
    )
    return tuple(storable(each) if isinstance(each, str) else each for each in columns)


def _last_used(identity: Identity, credentials: Credentials | None) -> datetime | None:
    if isinstance(identity, Role):
        return identity.last_used
    if credentials is None:
        return None
    used = [credentials.password_last_used, *(key.last_used for key in credentials.keys or ())]
    return max((moment for moment in used if moment), default=None)


def _active_keys(credentials: Credentials | None) -> int | None:
    if credentials is None or credentials.keys is None:
        return None
    return sum(key.active for key in credentials.keys)


def _moment(moment: datetime | None) -> object:
    return connection.ops.adapt_datetimefield_value(moment)


def _search(arn: str, unique_id: str, tags: Mapping[str, str], description: str | None) -> str:
    words = [arn, unique_id, *(f"{key}={value}" for key, value in tags.items()), description or ""]
    return "\n".join(words).lower()
