"""Keys of a request's line that mean nothing: they are left out, and the answer says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from iamviz.policy.problems import Problems

_NAMED = ("identity_policies", "permission_boundaries", "session_policies", "vpc_endpoint_policies")
_LEVELS = ("service_control_policies", "resource_control_policies")
_OF_POLICY = ("name", "document")
_OF_LEVEL = ("target", "policies")


def unknown_keys(line: Mapping[str, Any], known: Collection[str], settings: Collection[str]) -> Problems:
    """What nobody reads in a line that is otherwise well formed; `known` and `settings` are the keys that count."""
    problems = Problems()
    for place, members, keys in _objects(line, known, settings):
        for key in members:
            if key not in keys:
                problems.add(place, f"the key {key!r} is not known: ignored{problems.meant(key, keys)}")
    return problems


def _objects(
    line: Mapping[str, Any], known: Collection[str], settings: Collection[str]
) -> Iterator[tuple[str, Mapping[str, Any], Collection[str]]]:
    """The objects of a line whose keys are fixed: where, what they hold, and which keys count."""
    yield "", line, known
    yield "settings", line.get("settings") or {}, settings
    for name in _NAMED:
        yield from _policies(name, line.get(name))
    for name in _LEVELS:
        for index, level in enumerate(line.get(name) or ()):
            place = f"{name}[{index}]"
            yield place, level, _OF_LEVEL
            yield from _policies(f"{place}.policies", level["policies"])


def _policies(place: str, named: Any) -> Iterator[tuple[str, Mapping[str, Any], Collection[str]]]:
    for index, policy in enumerate(named or ()):
        yield f"{place}[{index}]", policy, _OF_POLICY
