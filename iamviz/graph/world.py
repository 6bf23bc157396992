"""What the edge rules look things up in: every account of the input, its identities, their access and their trusts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from iamviz.graph.calling import Calling, calling_of
from iamviz.graph.model import Evidence, Side
from iamviz.inventory.access import Access, AccountAccess, Source, variables_of
from iamviz.inventory.model import Inventory, Organization, Role, User
from iamviz.policy.arn import parse_arn
from iamviz.policy.document import Statement
from iamviz.policy.principal import Caller


@dataclass(frozen=True, slots=True)
class Identity:
    """A user or role with everything that decides what it may become."""

    arn: str
    account: str
    caller: Caller
    access: Access
    calling: Calling

    @property
    def partition(self) -> str:
        return self.arn.split(":", 2)[1]


@dataclass(frozen=True, slots=True)
class TrustingRole:
    """A role and the statements of its trust policy; `unreadable` says why there are none to read."""

    role: Role
    account: str
    statements: tuple[Statement, ...]
    unreadable: str | None = None

    @property
    def partition(self) -> str:
        return self.role.arn.split(":", 2)[1]

    def evidence(self, statement: Statement) -> Evidence:
        return Evidence("trust", "trust policy", self.role.arn, statement.index, statement.sid, statement.effect)


def evidence_of(source: Source, side: Side) -> Evidence:
    statement = source.statement
    return Evidence(side, source.policy, source.owner, statement.index, statement.sid, statement.effect)


class World:
    """Indexes over the inventories; built once, read by every rule."""

    def __init__(self, inventories: Sequence[Inventory], organization: Organization | None = None) -> None:
        self.inventories = {each.account: each for each in inventories if each.has_details}
        self.organization = organization
        self._without_details = frozenset(each.account for each in inventories if not each.has_details)

    @cached_property
    def members(self) -> frozenset[str]:
        """Accounts that are the user's own, though their identities may not have been collected."""
        listed = self.organization.accounts if self.organization else ()
        return frozenset(account.id for account in listed) | self._without_details

    @cached_property
    def identities(self) -> Mapping[str, tuple[Identity, ...]]:
        """Users and roles by account."""
        return {account: tuple(_identities(inventory)) for account, inventory in self.inventories.items()}

    @cached_property
    def by_arn(self) -> Mapping[str, Identity]:
        return {identity.arn: identity for group in self.identities.values() for identity in group}

    @cached_property
    def by_unique_id(self) -> Mapping[str, Identity]:
        return {identity.caller.unique_id: identity for identity in self.by_arn.values()}

    @cached_property
    def roles_by_name(self) -> Mapping[tuple[str, str], Identity]:
        """Roles by account and casefolded name: a role has one name whatever its path."""
        return {
            (identity.account, identity.arn.rsplit("/", 1)[-1].casefold()): identity
            for identity in self.by_arn.values()
            if identity.caller.kind == "role"
        }

    @cached_property
    def trusting(self) -> tuple[TrustingRole, ...]:
        return tuple(
            _trusting(role, inventory.account) for inventory in self.inventories.values() for role in inventory.roles
        )

    @cached_property
    def trusting_by_arn(self) -> Mapping[str, TrustingRole]:
        return {trusting.role.arn: trusting for trusting in self.trusting}

    def find(self, arn: str) -> Identity | None:
        """The user or role that a principal's ARN names, also by session ARN or with another path."""
        found = self.by_arn.get(arn)
        if found is not None:
            return found
        parsed = parse_arn(arn)
        if parsed is None:
            return None
        kind, _, rest = parsed.resource.partition("/")
        if kind not in {"role", "assumed-role"}:
            return None
        name = rest.split("/")[0] if kind == "assumed-role" else rest.rsplit("/", 1)[-1]
        return self.roles_by_name.get((parsed.account, name.casefold()))


def _identities(inventory: Inventory) -> Iterator[Identity]:
    access = AccountAccess(inventory)
    entity: User | Role
    for entity in inventory.users:
        yield _identity(entity, "user", entity.user_id, access, inventory.account)
    for entity in inventory.roles:
        yield _identity(entity, "role", entity.role_id, access, inventory.account)


def _identity(
    entity: User | Role, kind: Literal["user", "role"], unique_id: str, access: AccountAccess, account: str
) -> Identity:
    caller = Caller(entity.arn, kind, account, unique_id, entity.boundary is not None)
    found = access.of(entity)
    return Identity(entity.arn, account, caller, found, calling_of(found, variables_of(entity, account)))


def _trusting(role: Role, account: str) -> TrustingRole:
    document = role.trust.document
    if document is None:
        return TrustingRole(role, account, (), f"the trust policy of {role.name} cannot be read: {role.trust.problem}")
    return TrustingRole(role, account, document.statements)
