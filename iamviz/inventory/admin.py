"""Whether an identity is admin: effective Allow of every action on every resource of its account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from iamviz.inventory.action_sets import NONE, action_space
from iamviz.inventory.extent import Extent, Place, extent_of
from iamviz.policy.conditions import Context
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    Constant,
    Expression,
    all_of,
    any_of,
    negate,
    tests,
)
from iamviz.policy.layers import Layer, Layers

FEW = 0.05
"""The part of AWS's services that may be left out: lists of all services age, guardrails keep off a few."""

ROLE_GRANTS = ("iam:AttachRolePolicy", "iam:PutRolePolicy")
"""Who is denied all of these can give permissions to no role: that takes admin away."""

REGION = "aws:requestedregion"
"""A region lock does not take admin away."""


class Admins:
    """Answers who is admin; how far a layer reaches is worked out once."""

    def __init__(self) -> None:
        self._extents: dict[tuple[int, Place], tuple[Layer, Extent]] = {}
        self._denying: dict[int, tuple[Layer, bool]] = {}

    def admin(self, layers: Layers, context: Context, place: Place) -> Expression:
        """Under which conditions who stands under the layers is admin of the place.

        Only the layers of the caller count: its own policies, its boundary, the SCPs.
        """
        if not layers.identity.about(ROLE_GRANTS[0]).allows:
            return NEVER
        granted = self._allows(layers.identity, context, place, _is_everything)
        limits = self._limits(layers, context, place)
        return all_of((granted, *limits)) if granted is not NEVER else NEVER

    def unrestrained(self, layers: Layers, context: Context, place: Place) -> Expression:
        """Under which conditions it would be admin if its policies allowed everything."""
        return all_of(self._limits(layers, context, place))

    def _limits(self, layers: Layers, context: Context, place: Place) -> Iterator[Expression]:
        """Nothing that is denied takes admin away; boundary and SCPs leave it."""
        yield self._leaves(layers.identity, context, place)
        if layers.boundaries is not None:
            allowed = self._allows(layers.boundaries, context, place, _is_everything)
            yield any_of((allowed, *layers.boundaries.unknown))
            yield self._leaves(layers.boundaries, context, place)
        for level in layers.scps:
            yield any_of((self._allows(level, context, place, _is_powerful), *level.unknown))
            yield self._leaves(level, context, place)

    def _allows(self, layer: Layer, context: Context, place: Place, enough: Callable[[int], bool]) -> Expression:
        ways = [(_free_of_region(term, ALWAYS), actions) for term, actions in self._ways(layer, context, place)]
        sure = _union(actions for term, actions in ways if term is ALWAYS)
        if enough(sure):
            return ALWAYS
        others = [(term, actions) for term, actions in ways if term is not ALWAYS]
        if not enough(sure | _union(actions for _, actions in others)):
            return NEVER
        alone = [term for term, actions in others if enough(sure | actions)]
        return any_of(alone) if alone else all_of([term for term, _ in others])

    def _ways(self, layer: Layer, context: Context, place: Place) -> Iterator[tuple[Expression, int]]:
        return self._extent(layer, place).allowed_ways(context)

    def _leaves(self, layer: Layer, context: Context, place: Place) -> Expression:
        """Under which conditions the Deny statements of the layer leave somebody admin."""
        if not self._denies(layer):
            return ALWAYS
        everything = action_space().everything
        found = self._extent(layer, place).denied_ways(context)
        ways = [(_free_of_region(term, NEVER), actions) for term, actions in found]
        sure = _union(actions for term, actions in ways if term is ALWAYS)
        if not _is_powerful(everything & ~sure):
            return NEVER
        taking = [
            negate(term)
            for term, actions in ways
            if term is not ALWAYS and term is not NEVER and not _is_powerful(everything & ~(sure | actions))
        ]
        return all_of(taking)

    def _denies(self, layer: Layer) -> bool:
        """Whether the layer denies anything; most do not."""
        if id(layer) not in self._denying:
            documents = (each.compiled.document for each in layer.policies if each.compiled is not None)
            found = any(each.effect == "Deny" for document in documents for each in document.statements)
            self._denying[id(layer)] = layer, found
        return self._denying[id(layer)][1]

    def _extent(self, layer: Layer, place: Place) -> Extent:
        key = id(layer), place
        if key not in self._extents:
            # The layer is kept, so that its id stays its own.
            self._extents[key] = layer, extent_of(layer, place)
        return self._extents[key][1]


def _free_of_region(term: Expression, otherwise: Expression) -> Expression:
    """The term; `otherwise` where it hangs on nothing but the region that is asked."""
    if isinstance(term, Constant):
        return term
    keys = {condition.key.casefold() for condition, _ in tests(term)}
    return otherwise if keys == {REGION} else term


def _union(sets: Iterable[int]) -> int:
    found = NONE
    for each in sets:
        found |= each
    return found


def _is_everything(actions: int) -> bool:
    """Whether all of IAM and of nearly all services is there."""
    space = action_space()
    missing = space.everything & ~actions
    if not missing:
        return True
    if missing & space.services["iam"]:
        return False
    touched = sum(1 for own in space.services.values() if own & missing)
    return touched <= FEW * len(space.services)


def _is_powerful(actions: int) -> bool:
    """Whether roles can be given permissions and more than a few services are left."""
    space = action_space()
    if actions == space.everything:
        return True
    if not actions & space.of_names(*ROLE_GRANTS):
        return False
    enough = FEW * len(space.services)
    left = 0
    for own in space.services.values():
        left += bool(own & actions)
        if left > enough:
            return True
    return False
