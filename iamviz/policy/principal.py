"""Whom a Principal or NotPrincipal element names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from iamviz.policy.arn import Arn, is_account, parse_arn
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Test, negate

SESSION_NAME = "sts:RoleSessionName"
"""Of the session that is asked for: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html."""
CALLER_SESSION = f"{SESSION_NAME} of the caller"
"""No key of AWS: of the session that calls, which a principal may name. It is reported as the one above."""

MatchKind = Literal["none", "account", "role", "role-session", "user", "direct", "anyone"]

_STRENGTH: tuple[MatchKind, ...] = ("none", "account", "role", "role-session", "user", "direct", "anyone")

CallerKind = Literal[
    "user",
    "role",
    "session",
    "federated-user",
    "root",
    "service",
    "provider",
    "web-identity",
    "canonical-user",
    "anonymous",
]

_EXACT: Mapping[CallerKind, tuple[str, ...]] = {
    "service": ("Service",),
    "provider": ("Federated",),
    # cognito-identity.amazonaws.com is both.
    "web-identity": ("Federated", "Service"),
    "canonical-user": ("CanonicalUser",),
    "anonymous": (),
}
"""The kinds of entries that name callers who are nobody's IAM identity."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever may call, by ARN, name of a service, host or canonical id. A "role" is any of its sessions.

    `has_boundary`: a permissions boundary is set on it, whatever it says. `any_session`: a role is asked about
    without saying which of its sessions calls; where that is false, naming a session does not name the role.
    """

    arn: str
    kind: CallerKind
    account: str
    unique_id: str = ""
    has_boundary: bool = False
    any_session: bool = True

    @property
    def is_identity(self) -> bool:
        """Whether it is an identity of an account, to which the account's policies can be attached."""
        return self.kind not in _EXACT


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a statement names the caller; `session` is the session name of a role's role-session."""

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
        """The strongest way: none < account < role < role-session < user < direct < anyone."""
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
    """How the statement of a resource's policy names the caller; one without Principal and NotPrincipal names nobody.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    if statement.principals is not None:
        ways = _ways(statement.principals, caller)
        return PrincipalMatch(ways, guard_of(ways)) if ways else NO_MATCH
    if statement.not_principals is None:
        return NO_MATCH
    spared = guard_of(_ways(statement.not_principals, caller))
    if caller.has_boundary and statement.effect == "Deny":
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        spared = NEVER
    guard = negate(spared)
    return NO_MATCH if guard == NEVER else PrincipalMatch((Way("anyone"),), guard)


def guard_of(ways: Iterable[Way]) -> Expression:
    sessions: list[str] = []
    for way in ways:
        if way.session is None:
            return ALWAYS
        sessions.append(way.session)
    if not sessions:
        return NEVER
    return Test(Condition("StringEquals", CALLER_SESSION, tuple(sorted(sessions))))


def reported_key(key: str) -> str:
    """The condition key by which a test is known outside."""
    return SESSION_NAME if key == CALLER_SESSION else key


def _ways(entries: Iterable[PrincipalEntry], caller: Caller) -> tuple[Way, ...]:
    found = {way: None for entry in entries if (way := _way(entry, caller)) is not None}
    return tuple(sorted(found, key=lambda way: (-_STRENGTH.index(way.kind), way.session or "")))


def _way(entry: PrincipalEntry, caller: Caller) -> Way | None:
    if entry.kind != "AWS":
        exact = entry.kind in _EXACT.get(caller.kind, ()) and entry.value == caller.arn
        return Way("direct") if exact and entry.value != "*" else None
    if entry.value == "*":
        return Way("anyone")
    if not caller.is_identity:
        return None
    if is_account(entry.value):
        return Way("account") if entry.value == caller.account else None
    if caller.unique_id and entry.value == caller.unique_id:
        return Way("user" if caller.kind == "user" else "role")
    return _named(entry.value, caller)


def _named(value: str, caller: Caller) -> Way | None:
    """An ARN in a principal: the path of a role and the case of its name do not count; a user's must be exact."""
    named, own = parse_arn(value), parse_arn(caller.arn)
    if named is None or own is None or (named.partition, named.account) != (own.partition, caller.account):
        return None
    if named.service == "iam" and named.resource == "root":
        return Way("account")
    if value == caller.arn and caller.kind in {"user", "federated-user"}:
        return Way("user" if caller.kind == "user" else "direct")
    return _alike(named, own, caller)


def _alike(named: Arn, own: Arn, caller: Caller) -> Way | None:
    """An ARN that names the caller though it is written otherwise."""
    match caller.kind:
        case "federated-user":
            # Its permissions are a part of those of the user of the same name.
            same = named.service == "iam" and named.kind == "user" and named.name == own.name
            return Way("user") if same else None
        case "role":
            return _role_or_session(named, own.name, None, any_session=caller.any_session)
        case "session":
            _, role, session = own.resource.split("/", 2)
            return _role_or_session(named, role, session)
    return None


def _role_or_session(named: Arn, role: str, session: str | None, *, any_session: bool = False) -> Way | None:
    """`session` is the one that calls, None where a role is asked about."""
    kind, _, rest = named.resource.partition("/")
    if named.service == "iam":
        same = kind == "role" and named.name.lower() == role.lower()
        return Way("role") if same else None
    name, _, wanted = rest.partition("/")
    if named.service != "sts" or kind != "assumed-role" or not wanted or name.lower() != role.lower():
        return None
    if session is None:
        return Way("role-session", wanted) if any_session else None
    return Way("role-session") if wanted == session else None
