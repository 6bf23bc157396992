"""IAM Identity Center: its permission sets, and which people and groups have them in which account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PrincipalType = Literal["USER", "GROUP"]


@dataclass(frozen=True, slots=True)
class PermissionSet:
    """`session` is its length in seconds; None where it was not collected."""

    arn: str
    name: str | None = None
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person or group (`principal`, an id of the identity store) that has a permission set in an account."""

    account: str
    permission_set: str
    principal_type: PrincipalType
    principal: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user or group of the identity store; `name` is what a person recognises."""

    id: str
    type: PrincipalType
    name: str


@dataclass(frozen=True, slots=True)
class GroupMembership:
    """Ids of the identity store."""

    group: str
    person: str


@dataclass(frozen=True, slots=True)
class IdentityCenter:
    """As the account that administers it tells. None where the list was not collected."""

    instances: tuple[str, ...] | None = None
    """ARNs."""
    permission_sets: tuple[PermissionSet, ...] | None = None
    assignments: tuple[Assignment, ...] | None = None
    people: tuple[Person, ...] | None = None
    memberships: tuple[GroupMembership, ...] | None = None
