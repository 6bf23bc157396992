"""Sets of AWS's actions as the bits of a number: what statements cover, put together and taken apart in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from itertools import groupby

from iamviz.policy.catalogue import catalogue
from iamviz.policy.document import Document, Statement
from iamviz.policy.glob import compile_glob
from iamviz.policy.layers import Layer

NONE = 0
"""The empty set."""


class ActionSpace:
    """Every action of the catalogue has its bit; those of one service stand side by side."""

    def __init__(self, levels: Mapping[str, str]) -> None:
        self._names = tuple(levels)
        self._levels = tuple(levels.values())
        self._places = {name: place for place, name in enumerate(self._names)}
        self.everything = (1 << len(self._names)) - 1

    @cached_property
    def _spans(self) -> Mapping[str, tuple[int, int]]:
        """The first place of each service and the first behind it."""
        spans: dict[str, tuple[int, int]] = {}
        start = 0
        for service, group in groupby(self._names, key=_service):
            end = start + sum(1 for _ in group)
            spans[service] = start, end
            start = end
        return spans

    @cached_property
    def services(self) -> Mapping[str, int]:
        """All actions of each service, by its prefix."""
        return {service: _span(start, end) for service, (start, end) in self._spans.items()}

    @cached_property
    def _by_level(self) -> Mapping[str, int]:
        return {
            each: _union(1 << place for place, level in enumerate(self._levels) if level == each)
            for each in set(self._levels)
        }

    def of_level(self, *levels: str) -> int:
        """The actions of these access levels."""
        return _union(self._by_level[each] for each in levels)

    def of_names(self, *names: str) -> int:
        """The actions of these names, in any case."""
        return _union(1 << self._places[name.lower()] for name in names)

    def matching(self, pattern: str) -> int:
        """The actions that an entry of Action matches.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
        """
        if pattern in ("*", "*:*"):
            return self.everything
        lower = pattern.lower()
        service, colon, rest = lower.partition(":")
        if not colon or service not in self._spans:
            return NONE
        if rest == "*":
            return self.services[service]
        if "*" not in rest and "?" not in rest:
            place = self._places.get(lower)
            return NONE if place is None else 1 << place
        start, end = self._spans[service]
        glob, behind = compile_glob(rest), len(service) + 1
        return _union(1 << place for place in range(start, end) if glob.matches(self._names[place][behind:]))


def _service(name: str) -> str:
    return name.partition(":")[0]


def _span(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


def _union(sets: Iterable[int]) -> int:
    found = NONE
    for each in sets:
        found |= each
    return found


@cache
def action_space() -> ActionSpace:
    """The one of the shipped catalogue."""
    return ActionSpace(catalogue().levels)


# Pure, so remembering changes nothing but time: the same patterns stand in very many policies.
@lru_cache(maxsize=16_384)
def _matching(pattern: str) -> int:
    return action_space().matching(pattern)


class Coverage:
    """What the Allow statements of layers speak of, on some resource; worked out once for each document and layer."""

    def __init__(self) -> None:
        self._layers: dict[int, tuple[Layer, int]] = {}
        self._documents: dict[int, tuple[Document, int]] = {}

    def allowed(self, layer: Layer) -> int:
        """The actions, as far as documents are there."""
        known = self._layers.get(id(layer))
        if known is None:
            found = NONE
            for policy in layer.policies:
                if policy.compiled is not None:
                    found |= self._allowed_by(policy.compiled.document)
            # The layer is kept, so that its id stays its own.
            known = self._layers[id(layer)] = layer, found
        return known[1]

    def _allowed_by(self, document: Document) -> int:
        known = self._documents.get(id(document))
        if known is None:
            found = _union(covered(each) for each in document.statements if each.effect == "Allow")
            known = self._documents[id(document)] = document, found
        return known[1]


def covered(statement: Statement, space: ActionSpace | None = None) -> int:
    """The actions that a statement speaks of, by Action or by NotAction; of the catalogue or another space."""
    matching = _matching if space is None else space.matching
    if statement.actions is not None:
        return _union(map(matching, statement.actions))
    if statement.not_actions is not None:
        everything = (space or action_space()).everything
        return everything & ~_union(map(matching, statement.not_actions))
    return NONE
