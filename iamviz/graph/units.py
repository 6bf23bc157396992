"""Where each account stands in the organization, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping

from iamviz.graph.model import AccountNote
from iamviz.graph.world import World
from iamviz.inventory.model import OrganizationAccount, OrganizationalUnit

DEEPEST = 16
"""Organizations allow five levels of OUs; a longer chain of parents is a loop in the file."""


def account_name(world: World, account: str) -> str:
    """The name from the organization file, else the account alias, else the id."""
    listed = _listed(world).get(account)
    inventory = world.inventories.get(account)
    return (listed.name if listed else "") or (inventory.alias if inventory and inventory.alias else account)


def account_notes(world: World) -> list[AccountNote]:
    """Every account of the snapshot and of the organization, by id."""
    units = _units(world)
    listed = _listed(world)
    notes = []
    for account in sorted(world.inventories.keys() | listed.keys()):
        entry = listed.get(account)
        notes.append(
            AccountNote(
                account,
                account_name(world, account),
                in_snapshot=account in world.inventories,
                units=_above(entry.parent if entry else None, units),
                state=entry.state if entry else None,
                in_organization=entry is not None,
            )
        )
    return notes


def _listed(world: World) -> Mapping[str, OrganizationAccount]:
    return {entry.id: entry for entry in world.organization.accounts} if world.organization else {}


def _units(world: World) -> Mapping[str, OrganizationalUnit]:
    organization = world.organization
    return {unit.id: unit for unit in (*organization.roots, *organization.units)} if organization else {}


def _above(parent: str | None, units: Mapping[str, OrganizationalUnit]) -> tuple[tuple[str, str], ...]:
    path: list[tuple[str, str]] = []
    while parent and parent in units and len(path) < DEEPEST:
        unit = units[parent]
        path.append((unit.id, unit.name))
        parent = unit.parent
    return tuple(reversed(path))
