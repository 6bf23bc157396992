"""The rows of the demo's tables: users, groups, roles and accounts, with what is worth telling about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from iamviz.snapshots.demo.documents import Json


@dataclass(frozen=True, slots=True)
class User:
    """`keys` are the ages of the access keys in days; a negative age marks a key that was made inactive."""

    name: str
    groups: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    inline: Mapping[str, Json] = field(default_factory=dict)
    boundary: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    password: bool = False
    mfa: bool = False
    keys: tuple[int, ...] = ()
    path: str = "/"


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    attached: tuple[str, ...] = ()
    inline: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """`used` is "often", "seldom" or "never"; `hours` the longest session."""

    name: str
    trust: Json
    attached: tuple[str, ...] = ()
    inline: Mapping[str, Json] = field(default_factory=dict)
    boundary: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    path: str = "/"
    used: str = "often"
    hours: int = 1
    description: str = ""
    instance_profile: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `policies` are the customer's own, by name; `unexported` AWS policies come without document."""

    name: str
    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    policies: Mapping[str, Json] = field(default_factory=dict)
    saml_providers: tuple[str, ...] = ()
    oidc_providers: tuple[str, ...] = ()
    unexported: frozenset[str] = frozenset()


def merge(accounts: Iterable[Account]) -> dict[str, Account]:
    """Accounts that several tables speak of, put together by name, in the order of their first mention."""
    merged: dict[str, Account] = {}
    for account in accounts:
        known = merged.get(account.name, Account(account.name))
        merged[account.name] = replace(
            known,
            users=known.users + account.users,
            groups=known.groups + account.groups,
            roles=known.roles + account.roles,
            policies={**known.policies, **account.policies},
            saml_providers=known.saml_providers + account.saml_providers,
            oidc_providers=known.oidc_providers + account.oidc_providers,
            unexported=known.unexported | account.unexported,
        )
    return merged
