"""What the content of a part is: normalised, sorted, encoded as MessagePack. Readers of stored parts decode these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Literal

import msgspec

More = Literal["", "IsTruncated", "NextToken"]
"""How a list says that it goes on elsewhere; empty where it is whole."""


class Content(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of all: compact, and free of references that could form a cycle."""


class InlineText(Content, frozen=True):
    """An embedded policy; documents are JSON text, see documents.normalise."""

    name: str
    text: str


class UserContent(Content, frozen=True):
    arn: str
    name: str
    user_id: str
    path: str
    created: datetime | None
    groups: tuple[str, ...]
    inline: tuple[InlineText, ...]
    attached: tuple[str, ...]
    boundary: str | None
    tags: tuple[tuple[str, str], ...]


class GroupContent(Content, frozen=True):
    arn: str
    name: str
    group_id: str
    path: str
    created: datetime | None
    inline: tuple[InlineText, ...]
    attached: tuple[str, ...]


class RoleContent(Content, frozen=True):
    arn: str
    name: str
    role_id: str
    path: str
    created: datetime | None
    trust: str | None
    inline: tuple[InlineText, ...]
    attached: tuple[str, ...]
    boundary: str | None
    tags: tuple[tuple[str, str], ...]
    last_used: datetime | None
    last_used_region: str | None


class VersionContent(Content, frozen=True):
    version_id: str
    is_default: bool
    text: str | None
    created: datetime | None


class PolicyContent(Content, frozen=True):
    arn: str
    name: str
    policy_id: str
    path: str
    description: str | None
    versions: tuple[VersionContent, ...]


class ProfileContent(Content, frozen=True):
    arn: str
    name: str
    roles: tuple[str, ...]


class AuthorizationDetails(Content, frozen=True):
    """`lists` are the keys that the file had: a list that is absent was not asked for."""

    users: tuple[UserContent, ...]
    groups: tuple[GroupContent, ...]
    roles: tuple[RoleContent, ...]
    policies: tuple[PolicyContent, ...]
    profiles: tuple[ProfileContent, ...]
    lists: tuple[str, ...]
    more: More = ""


def named_policies(
    users: Iterable[UserContent], groups: Iterable[GroupContent], roles: Iterable[RoleContent]
) -> set[str]:
    """ARNs of the managed policies that are attached to somebody or bound somebody."""
    found: set[str] = set()
    for holder in chain[UserContent | RoleContent](users, roles):
        found.update(holder.attached)
        if holder.boundary:
            found.add(holder.boundary)
    return found.union(*(group.attached for group in groups))


class KeyContent(Content, frozen=True):
    active: bool
    rotated: datetime | None
    used: datetime | None
    service: str | None


class ReportRow(Content, frozen=True):
    """A row of the credential report; None where the report says N/A, not_supported or nothing."""

    user: str
    arn: str
    password_enabled: bool | None
    password_last_used: datetime | None
    password_last_changed: datetime | None
    mfa_active: bool | None
    keys: tuple[KeyContent, ...] | None


class CredentialReport(Content, frozen=True):
    rows: tuple[ReportRow, ...]


class DelegatedContent(Content, frozen=True):
    """A delegated administrator; `services` None where the file does not say which."""

    account: str
    services: tuple[str, ...] | None


class UnitContent(Content, frozen=True):
    id: str
    name: str
    parent: str | None


class AccountContent(Content, frozen=True):
    id: str
    name: str
    state: str | None
    parent: str | None
    email: str | None
    tags: tuple[tuple[str, str], ...]


class GuardrailContent(Content, frozen=True):
    id: str
    name: str
    type: str
    text: str | None
    targets: tuple[str, ...] | None


class OrganizationContent(Content, frozen=True):
    """None where the file lacks the list."""

    id: str
    management_account: str | None
    feature_set: str | None
    roots: tuple[UnitContent, ...] | None
    units: tuple[UnitContent, ...] | None
    accounts: tuple[AccountContent, ...] | None
    guardrails: tuple[GuardrailContent, ...] | None
    enabled_types: tuple[str, ...] | None
    enabled_features: tuple[str, ...] | None
    delegated: tuple[DelegatedContent, ...] | None = None
