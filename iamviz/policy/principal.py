"""Whom a Principal or NotPrincipal element names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Test, negate

SESSION_NAME = "sts:RoleSessionName"

MatchKind = Literal["none", "account", "role", "role-session", "user", "anyone"]

_STRENGTH: tuple[MatchKind, ...] = ("none", "account", "role", "role-session", "user", "anyone")


@dataclass(frozen=True, slots=True)
class Caller:
    """A user or role that may call. `has_boundary`: a permissions boundary is set on it, whatever it says."""

    arn: str
    kind: Literal["user", "role"]
    account: str
    unique_id: str = ""
    has_boundary: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a statement names the caller; `session` is the session name of a role-session."""

    kind: MatchKind
    session: str | None = None


@dataclass(frozen=True, slots=True)
class PrincipalMatch:
    """How a statement names a caller.

    `ways` are all distinct ones, the strongest first: a statement may name a role's ARN and one of its sessions, and
    then speaks of every session, though only the session escapes the permissions boundary.
    `guard` is the condition on the caller under which the statement speaks of it: ALWAYS, a test of the session
    name where nothing but sessions are named, NEVER.
    """

    ways: tuple[Way, ...]
    guard: Expression

    @property
    def kind(self) -> MatchKind:
        """The strongest way: none < account < role < role-session < user < anyone."""
        return self.ways[0].kind if self.ways else "none"

    @property
    def session(self) -> str | None:
        """The session name, where the strongest way is a role-session."""
        return self.ways[0].session if self.ways else None

    @property
    def matches(self) -> bool:
        return bool(self.ways)


NO_MATCH = PrincipalMatch((), NEVER)


def match_principal(statement: Statement, caller: Caller) -> PrincipalMatch:
    """How the statement of a trust policy names the caller; one without Principal and NotPrincipal names nobody.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    if statement.principals is not None:
        ways = _ways(statement.principals, caller)
        return PrincipalMatch(ways, _guard(ways)) if ways else NO_MATCH
    if statement.not_principals is None:
        return NO_MATCH
    spared = _guard(_ways(statement.not_principals, caller))
    if caller.has_boundary and statement.effect == "Deny":
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        spared = NEVER
    guard = negate(spared)
    return NO_MATCH if guard == NEVER else PrincipalMatch((Way("anyone"),), guard)


def _guard(ways: Iterable[Way]) -> Expression:
    sessions: list[str] = []
    for way in ways:
        if way.session is None:
            return ALWAYS
        sessions.append(way.session)
    if not sessions:
        return NEVER
    return Test(Condition("StringEquals", SESSION_NAME, tuple(sorted(sessions))))


def _ways(entries: Iterable[PrincipalEntry], caller: Caller) -> tuple[Way, ...]:
    found = {way: None for entry in entries if (way := _way(entry, caller)) is not None}
    return tuple(sorted(found, key=lambda way: (-_STRENGTH.index(way.kind), way.session or "")))


def _way(entry: PrincipalEntry, caller: Caller) -> Way | None:
    if entry.kind != "AWS":
        return None
    if entry.value == "*":
        return Way("anyone")
    if is_account(entry.value):
        return Way("account") if entry.value == caller.account else None
    if caller.unique_id and entry.value == caller.unique_id:
        return Way(caller.kind)
    return _named(entry.value, caller)


def _named(value: str, caller: Caller) -> Way | None:
    """An ARN in a principal: the path of a role and the case of its name do not count; a user's must be exact."""
    named, own = parse_arn(value), parse_arn(caller.arn)
    if named is None or own is None or (named.partition, named.account) != (own.partition, caller.account):
        return None
    if named.service == "iam" and named.resource == "root":
        return Way("account")
    if caller.kind == "user":
        return Way("user") if value == caller.arn else None
    if named.service == "iam":
        same = named.kind == "role" and named.name.lower() == own.name.lower()
        return Way("role") if same else None
    return _session(named.service, named.resource, own.name)


def _session(service: str, resource: str, role: str) -> Way | None:
    kind, _, rest = resource.partition("/")
    name, _, session = rest.partition("/")
    if service != "sts" or kind != "assumed-role" or not session or name.lower() != role.lower():
        return None
    return Way("role-session", session)
