"""A method of escalation as data: a world in which it leads somewhere, and worlds that lack one thing each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iamviz.inventory.model import (
    Guardrail,
    Inventory,
    Organization,
    OrganizationAccount,
    OrganizationalUnit,
    Role,
    User,
)
from iamviz.policy.document import Statement
from tests.builders import A, account, allow, deny, document, role, user
from tests.graph.escalation.worlds import found

SCP = "SERVICE_CONTROL_POLICY"


@dataclass(frozen=True)
class World:
    """Accounts, and the organization that they are in."""

    inventories: tuple[Inventory, ...]
    organization: Organization | None = None


Place = Inventory | World


@dataclass(frozen=True)
class Case:
    """`decoys` are named by what each lacks; `key` is an action without which there is nothing, where that is not the
    first that is allowed."""

    method: str
    world: Place
    leads_to: tuple[str, ...]
    decoys: Mapping[str, Place]
    key: str = ""
    source: str = "mallory"
    certainty: str = "certain"

    @property
    def closed(self) -> Mapping[str, Place]:
        """The decoys, with the one that everything has: the organization denies an action that is needed."""
        key = self.key or next(iter(self.actions), "")
        if not key or isinstance(self.world, World):
            return self.decoys
        return {**self.decoys, f"an SCP denies {key}": World((self.world,), denying(key))}

    @property
    def actions(self) -> tuple[str, ...]:
        """What the one who escalates is allowed, each once."""
        own = [
            statement
            for inventory in _inventories(self.world)
            for statement in _inline(inventory.users, self.source) + _inline(inventory.roles, self.source)
        ]
        return tuple(dict.fromkeys(action for statement in own for action in statement.actions or ()))

    def edges(self, place: Place) -> list[tuple[str, str, str]]:
        """Of the method, from the one who escalates: source, target and certainty."""
        organization = place.organization if isinstance(place, World) else None
        edges = found(self.method, *_inventories(place), organization=organization)
        return [edge for edge in edges if edge[0] == self.source]


def _inventories(place: Place) -> tuple[Inventory, ...]:
    return place.inventories if isinstance(place, World) else (place,)


def _inline(identities: Iterable[User | Role], name: str) -> list[Statement]:
    documents = (inline.document.document for each in identities if each.name == name for inline in each.inline)
    return [statement for document in documents if document for statement in document.statements]


def denying(action: str) -> Organization:
    """The account is a member of an organization that denies it one action."""
    guardrail = Guardrail("p-1", "p-1", SCP, document(allow("*"), deny(action)), ("r-1", A))
    return Organization(
        "o-1",
        management_account="999999999999",
        roots=(OrganizationalUnit("r-1", "Root", None),),
        accounts=(OrganizationAccount(A, "member", "ACTIVE", "r-1"),),
        guardrails=(guardrail,),
        enabled_types=frozenset({SCP}),
    )


def mallory(*statements: dict[str, Any], others: tuple[object, ...] = (), **more: Any) -> Inventory:
    """A user who may escalate, and others of his account."""
    return account(A, user("mallory", *statements, **more), *others)


def worker(*statements: dict[str, Any], others: tuple[object, ...] = (), **more: Any) -> Inventory:
    """The same for a role."""
    return account(A, role("mallory", *statements, **more), *others)
