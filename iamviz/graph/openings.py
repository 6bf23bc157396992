"""Which roles are open to whole accounts, to anyone, or to principals that their trust policies name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iamviz.graph.trust import ANYONE, scope_of, scopes, statements
from iamviz.graph.world import Identity, TrustingRole, World
from iamviz.policy.document import Document, PrincipalEntry, Statement


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


class Openings:
    """Roles by the accounts that they are open to. Roles in which everybody is named one by one are in `named` only."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._documents: dict[int, Admitted] = {}
        self._anyone: list[TrustingRole] = []
        self._by_account: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        self.named: list[tuple[TrustingRole, Sequence[Identity]]] = []
        """Roles with the identities of the snapshot that their trust policies let in by name."""
        for trusting in world.trusting:
            self._enter(trusting)

    def of(self, account: str) -> Iterable[TrustingRole]:
        """The roles that the account's identities may assume if their own policies let them."""
        yield from self._by_account[account]
        yield from self._anyone

    def own_to_anyone(self, account: str) -> Iterable[TrustingRole]:
        """The roles of the account whose trust suffices for everybody in it."""
        return (each for each in self._anyone if each.account == account and each.document is not None)

    def mentions(self, trusting: TrustingRole) -> Mapping[str, Identity]:
        """The identities of the snapshot that any of its statements names, by ARN."""
        return {found.arn: found for found in self._find(self.admitted(trusting).mentioned)}

    def admitted(self, trusting: TrustingRole) -> Admitted:
        """What the trust policy of the role says; worked out once for equal documents."""
        document = trusting.document
        if document is None:
            return UNREADABLE
        found = self._documents.get(id(document))
        if found is None:
            found = self._documents[id(document)] = _admitted(document, trusting)
        return found

    def _enter(self, trusting: TrustingRole) -> None:
        admitted = self.admitted(trusting)
        if admitted.anyone:
            self._anyone.append(trusting)
        else:
            for account in {account for account, _ in admitted.accounts}:
                if admitted.admits_whole(account, trusting.partition):
                    self._by_account[account].append(trusting)
        named = tuple(self._find(admitted.named))
        if named:
            self.named.append((trusting, named))

    def _find(self, values: Iterable[str]) -> Iterator[Identity]:
        found = {each.arn: each for value in values if (each := self._world.named(value)) is not None}
        yield from (found[arn] for arn in sorted(found))


def _admitted(document: Document, trusting: TrustingRole) -> Admitted:
    allowed = {scope for statement in statements(trusting, "Allow") for scope in scopes(statement)}
    accounts = frozenset((each.value, each.partition) for each in allowed if each.level == "account")
    named = frozenset(each.value for each in allowed if each.level == "named")
    mentioned = frozenset(entry.value for entry in _entries(document.statements) if _is_named(entry))
    return Admitted(ANYONE in allowed, accounts, named, mentioned)


def _entries(statements_: Iterable[Statement]) -> Iterator[PrincipalEntry]:
    for statement in statements_:
        yield from statement.principals or ()
        yield from statement.not_principals or ()


def _is_named(entry: PrincipalEntry) -> bool:
    scope = scope_of(entry)
    return scope is not None and scope.level == "named"
