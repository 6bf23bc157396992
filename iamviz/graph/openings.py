"""Which roles are open to whole accounts, to anyone, or to principals that their trust policies name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iamviz.graph.library import covers, grain_of
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import ANYONE, ASSUME_ROLE, entries, scope_of, scopes, statements
from iamviz.graph.world import Grain, Identity, TrustingRole
from iamviz.policy.document import Document, PrincipalEntry, Statement
from iamviz.policy.request import is_service_linked_role


@dataclass(frozen=True, slots=True, eq=False)
class Admitted:
    """What the trust policy says of whole accounts and of anyone, and the principals that it names for good or ill."""

    anyone: bool
    accounts: frozenset[tuple[str, str]]
    """Account and partition; an empty partition is the role's own."""
    named: frozenset[str]
    """Whom an Allow names."""
    mentioned: frozenset[str]
    """Whom any statement names: they may be treated unlike the rest of their account."""

    def admits_whole(self, account: str, partition: str) -> bool:
        return self.anyone or (account, partition) in self.accounts or (account, "") in self.accounts


UNREADABLE = Admitted(anyone=True, accounts=frozenset(), named=frozenset(), mentioned=frozenset())
"""Whom it admits is not known: it might be anyone who may call."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """Roles with equal trust policies under equal guardrails: what is decided of one is decided of all.

    But for what tells resources apart: their ARNs, their accounts, their tags.
    """

    roles: tuple[TrustingRole, ...]

    @property
    def lead(self) -> TrustingRole:
        return self.roles[0]

    @cached_property
    def by_arn(self) -> Mapping[str, TrustingRole]:
        return {each.arn: each for each in self.roles}

    @cached_property
    def by_account(self) -> Mapping[str, Sequence[TrustingRole]]:
        found: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        for each in self.roles:
            found[each.account].append(each)
        return found


class Openings:
    """Roles by the accounts that they are open to, in crowds."""

    def __init__(self, permissions: Permissions) -> None:
        self._permissions = permissions
        self._documents: dict[int, Admitted] = {}
        self._relevant: dict[int, tuple[Statement, ...]] = {}
        self._mentions: dict[int, Mapping[str, Identity]] = {}
        self._by_account: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        self._own: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        anyone: list[TrustingRole] = []
        for trusting in permissions.world.trusting:
            admitted = self.admitted(trusting)
            if admitted.anyone:
                anyone.append(trusting)
                self._own[trusting.account].append(trusting)
            for account in {account for account, _ in admitted.accounts}:
                is_own = admitted.anyone and account == trusting.account
                if not is_own and admitted.admits_whole(account, trusting.partition):
                    self._by_account[account].append(trusting)
        self.to_anyone = tuple(self._crowds(anyone, ""))
        """All roles that are open to anyone, of whichever account, by what they say of anyone."""

    def to_account(self, account: str) -> Iterable[Crowd]:
        """The roles that are open to the account by its name."""
        return self._crowds(self._by_account[account], account)

    def own_to_anyone(self, account: str) -> Iterable[Crowd]:
        """The roles of the account itself that are open to anyone: to its own identities the trust suffices."""
        return self._crowds(self._own[account], account)

    def mentions(self, trusting: TrustingRole) -> Mapping[str, Identity]:
        """The identities of the snapshot that any of its statements names, by ARN."""
        key = id(trusting.document)
        if key not in self._mentions:
            self._mentions[key] = {each.arn: each for each in self._find(self.admitted(trusting).mentioned)}
        return self._mentions[key]

    def admitted(self, trusting: TrustingRole) -> Admitted:
        """What the trust policy of the role says; worked out once for equal documents."""
        document = trusting.document
        if document is None:
            return UNREADABLE
        found = self._documents.get(id(document))
        if found is None:
            found = self._documents[id(document)] = _admitted(document, trusting)
        return found

    def _crowds(self, roles: Sequence[TrustingRole], account: str) -> Iterator[Crowd]:
        if len(roles) == 1:
            yield Crowd(tuple(roles))
            return
        groups: defaultdict[object, list[TrustingRole]] = defaultdict(list)
        for trusting in roles:
            groups[self._alike(trusting, account)].append(trusting)
        yield from (Crowd(tuple(group)) for group in groups.values())

    def _alike(self, trusting: TrustingRole, account: str) -> object:
        """Equal for roles that neither trust policies nor guardrails on resources tell apart for whoever calls there.

        He is of the account, or (empty) of whichever, and no trust policy names him.
        """
        guards = self._permissions.guards
        clauses = guards.clauses_on(trusting.account, ASSUME_ROLE)
        return (
            trusting.unreadable or frozenset(self._of_callers(trusting, account)),
            trusting.partition,
            frozenset(each.policy for each in clauses if each.everywhere or covers("rcp", each, trusting.arn)),
            guards.missing_on(trusting.account),
            trusting.account in self._permissions.world.closed,
            is_service_linked_role(trusting.arn),
            self._permissions.world.told_apart(trusting, self._grain(trusting, account)),
        )

    def _grain(self, trusting: TrustingRole, account: str) -> Grain:
        """What its trust policy, and the guardrails on its account, ask of a resource."""
        clauses = self._permissions.guards.clauses_on(trusting.account, ASSUME_ROLE)
        return grain_of((*self._of_callers(trusting, account), *(clause.statement for clause in clauses)))

    def _of_callers(self, trusting: TrustingRole, account: str) -> Iterable[Statement]:
        """The statements that may speak of callers of the account whom none of them names."""
        return (each for each in self._of_identities(trusting) if _may_speak_of(each, account))

    def names_account(self, trusting: TrustingRole, account: str) -> bool:
        """Whether the trust policy names the account, be it beside anyone."""
        return any(named == account for named, _ in self.admitted(trusting).accounts)

    def _of_identities(self, trusting: TrustingRole) -> tuple[Statement, ...]:
        """The statements of the trust policy that may speak of users and roles."""
        if trusting.document is None:
            return ()
        key = id(trusting.document)
        if key not in self._relevant:
            about = self._permissions.library.about(trusting.document, ASSUME_ROLE)
            self._relevant[key] = tuple(each for each in about if _may_name_identities(each))
        return self._relevant[key]

    def _find(self, values: Iterable[str]) -> Iterator[Identity]:
        world = self._permissions.world
        found = {each.arn: each for value in values if (each := world.named(value)) is not None}
        yield from (found[arn] for arn in sorted(found))


def _admitted(document: Document, trusting: TrustingRole) -> Admitted:
    allowed = {scope for statement in statements(trusting, "Allow") for scope in scopes(statement)}
    accounts = frozenset((each.value, each.partition) for each in allowed if each.level == "account")
    named = frozenset(each.value for each in allowed if each.level == "named")
    mentioned = frozenset(entry.value for entry in entries(document.statements) if _is_named(entry))
    return Admitted(ANYONE in allowed, accounts, named, mentioned)


def _may_name_identities(statement: Statement) -> bool:
    return statement.principals is None or any(entry.kind == "AWS" for entry in statement.principals)


def _may_speak_of(statement: Statement, account: str) -> bool:
    """Whether it speaks of anyone, or of the account. A Deny is kept whomever it names."""
    if statement.effect == "Deny" or statement.not_principals is not None or statement.principals is None:
        return True
    found = [scope for scope in map(scope_of, statement.principals) if scope is not None]
    return any(each.level == "anyone" or (each.level == "account" and each.value == account) for each in found)


def _is_named(entry: PrincipalEntry) -> bool:
    scope = scope_of(entry)
    return scope is not None and scope.level == "named"
