"""What the edge rules look things up in: every account of the input, its identities, their policies and trusts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Literal

from iamviz.graph.model import Evidence
from iamviz.inventory.access import AccountAccess, Held
from iamviz.inventory.model import Inventory, Organization, OrganizationAccount, Role, User
from iamviz.policy.arn import parse_arn
from iamviz.policy.document import Document, Statement
from iamviz.policy.principal import Caller

CLOSED = frozenset({"SUSPENDED", "CLOSED"})
"""States in which nobody of an account can sign in.

Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
"""


class Grain(IntEnum):
    """What tells resources apart in a statement, beside the pattern that covers them."""

    ALL = 0
    ORGANIZATION = 1
    ACCOUNT = 2
    RESOURCE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A user or role with the policies that decide what it may do."""

    entity: User | Role
    account: str
    caller: Caller
    held: tuple[Held, ...]
    boundary: Held | None

    @property
    def arn(self) -> str:
        return self.entity.arn

    @property
    def is_role(self) -> bool:
        return isinstance(self.entity, Role)

    @property
    def partition(self) -> str:
        return self.arn.split(":", 2)[1]


@dataclass(frozen=True, slots=True, eq=False)
class TrustingRole:
    """A role and its trust policy; `document` is None where it cannot be read, and `unreadable` says why."""

    role: Role
    account: str
    document: Document | None
    unreadable: str = ""

    @property
    def arn(self) -> str:
        return self.role.arn

    @property
    def partition(self) -> str:
        return self.role.arn.split(":", 2)[1]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.document.statements if self.document else ()

    def evidence(self, statement: Statement) -> Evidence:
        return Evidence("trust", "trust policy", self.role.arn, statement.index, statement.sid, statement.effect)


class World:
    """Indexes over the inventories; built once, read by every rule."""

    def __init__(self, inventories: Sequence[Inventory], organization: Organization | None = None) -> None:
        self.inventories = {each.account: each for each in inventories if each.has_details}
        self.organization = organization
        self._without_details = frozenset(each.account for each in inventories if not each.has_details)

    @cached_property
    def listed(self) -> Mapping[str, OrganizationAccount]:
        """The accounts that the organization lists, by id."""
        return {each.id: each for each in self.organization.accounts} if self.organization else {}

    @cached_property
    def members(self) -> frozenset[str]:
        """Accounts that are the user's own, though their identities may not have been collected."""
        return frozenset(self.listed) | self._without_details

    @cached_property
    def own(self) -> frozenset[str]:
        """Accounts that are the user's own: collected, or listed by the organization."""
        return self.members | self.inventories.keys()

    @cached_property
    def closed(self) -> frozenset[str]:
        """Accounts that are suspended or closed: nobody can use what is in them."""
        return frozenset(each.id for each in self.listed.values() if (each.state or "").upper() in CLOSED)

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
            if identity.is_role
        }

    @cached_property
    def trusting(self) -> tuple[TrustingRole, ...]:
        return tuple(each for own in self.trusting_of.values() for each in own)

    @cached_property
    def trusting_of(self) -> Mapping[str, Sequence[TrustingRole]]:
        """The roles by account."""
        return {
            account: [_trusting(role, account) for role in inventory.roles]
            for account, inventory in self.inventories.items()
        }

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
        found = self.roles_by_name.get((parsed.account, name.casefold()))
        return found if found is not None and found.partition == parsed.partition else None

    def told_apart(self, trusting: TrustingRole, grain: Grain) -> object:
        """Equal for roles that look alike at this grain."""
        match grain:
            case Grain.ALL:
                return None
            case Grain.ORGANIZATION:
                return trusting.account in self.listed
            case Grain.ACCOUNT:
                return trusting.account
        return trusting.arn

    def named(self, value: str) -> Identity | None:
        """The user or role that a principal names, by ARN or unique id."""
        return self.find(value) or self.by_unique_id.get(value)


def _identities(inventory: Inventory) -> Iterator[Identity]:
    access = AccountAccess(inventory)
    for user in inventory.users:
        yield _identity(user, "user", user.user_id, access, inventory.account)
    for role in inventory.roles:
        yield _identity(role, "role", role.role_id, access, inventory.account)


def _identity(
    entity: User | Role, kind: Literal["user", "role"], unique_id: str, access: AccountAccess, account: str
) -> Identity:
    caller = Caller(entity.arn, kind, account, unique_id, entity.boundary is not None)
    return Identity(entity, account, caller, access.held(entity), access.boundary(entity))


def _trusting(role: Role, account: str) -> TrustingRole:
    document = role.trust.document
    if document is None:
        reason = f"the trust policy of {role.name} cannot be read: {role.trust.problem}"
        return TrustingRole(role, account, None, reason)
    return TrustingRole(role, account, document)
