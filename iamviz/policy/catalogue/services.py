"""A service's actions and resource types, as the service authorization reference lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec


class ActionEntry(msgspec.Struct, frozen=True, array_like=True):
    """An action in the file."""

    name: str
    access_level: str
    resource_types: tuple[str, ...]
    keys: tuple[str, ...]


class ResourceEntry(msgspec.Struct, frozen=True, array_like=True):
    """A resource type in the file."""

    arn: str
    keys: tuple[str, ...]


class Service(msgspec.Struct, frozen=True):
    """A service in the file; names of actions and resource types are lower case."""

    actions: Mapping[str, ActionEntry]
    resources: Mapping[str, ResourceEntry]


@dataclass(frozen=True, slots=True)
class Action:
    """An action as AWS spells it. `resource_arns` belong to `resource_types`, with `${Partition}` and the like."""

    name: str
    access_level: str
    resource_types: tuple[str, ...]
    resource_arns: tuple[str, ...]
    condition_keys: tuple[str, ...]


def action_of(prefix: str, service: Service, name: str) -> Action | None:
    """The action of that name, in any case; its condition keys are its own and those of its resource types."""
    entry = service.actions.get(name.lower())
    if entry is None:
        return None
    kinds = [service.resources[kind.lower()] for kind in entry.resource_types]
    keys = {*entry.keys, *(key for kind in kinds for key in kind.keys)}
    arns = tuple(kind.arn for kind in kinds)
    return Action(f"{prefix}:{entry.name}", entry.access_level, entry.resource_types, arns, tuple(sorted(keys)))
