"""On what an answer hangs: on which statements, conditions, keys, callers and resources, or on nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamviz.graph.alike import Alike, Conditions
from iamviz.graph.library import grain_of_keys, keys_read, keys_tested
from iamviz.graph.standing import Standing
from iamviz.graph.world import Grain
from iamviz.policy.expression import ALWAYS, NEVER
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.resources import PolicyType, covers_resource
from iamviz.policy.variables import Values

Spoken = tuple[PolicyType, Clause]

_NOTHING_KNOWN: Values = {}
_VARYING = frozenset({"iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary", "aws:tagkeys"})


@dataclass(frozen=True, slots=True, eq=False)
class Bearing:
    """The statements that speak of one resource: under the same ones, callers alike get the same answer.

    `conditions` are theirs, None where policy variables in them make each caller his own; `grain` is what of the
    resource they ask; `reads_keys`: they ask what the request brings.
    """

    conditions: Conditions | None
    grain: Grain
    reads_keys: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What the layers of a caller, and the RCPs of the resource's account, say of one action.

    `everywhere` are the clauses on every resource, `telling` those on some; `frame` is what else the answer hangs on.
    `silent`: nobody grants it.
    """

    everywhere: tuple[Spoken, ...]
    telling: tuple[Spoken, ...]
    frame: tuple[object, ...]
    has_variables: bool
    silent: bool
    reads_keys: bool
    reads_resource: bool
    all_over: Bearing
    """What speaks of a resource that no clause on some resources speaks of."""

    @property
    def is_uniform(self) -> bool:
        """Whether the answer is the same for every resource and request."""
        return not (self.telling or self.reads_keys or self.reads_resource)


class Shapes:
    """Makes shapes and bearings; the same ones are the same object."""

    def __init__(self, alike: Alike) -> None:
        self._alike = alike
        self._shapes: dict[tuple[int, int], Shape] = {}
        self._found: dict[tuple[int, str], Bearing | None] = {}
        self._bearings: dict[tuple[object, ...], Bearing] = {}

    def of(self, standing: Standing, rcps: tuple[Layer, ...], action: str) -> Shape:
        """The shape of the answer about the action of which the standing is."""
        key = id(standing), id(rcps)
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = self._make(standing, rcps, action)
        return found

    def _make(self, standing: Standing, rcps: tuple[Layer, ...], action: str) -> Shape:
        boundary = (standing.boundary,) if standing.boundary else ()
        layers = (standing.identity, *boundary, *standing.scps, *rcps)
        clauses = [(layer.kind, clause) for layer in layers for clause in layer.about(action).clauses]
        said = [clause.statement for _, clause in clauses]
        everywhere = tuple((kind, clause) for kind, clause in clauses if clause.everywhere)
        telling = tuple((kind, clause) for kind, clause in clauses if not clause.everywhere)
        unknown = standing.identity.unknown, tuple(each.unknown for each in boundary)
        frame = action, id(standing.scps), id(rcps), unknown
        silent = not standing.identity.about(action).allows and not standing.identity.unknown
        read = {name for each in said for name in keys_read(each)}
        return Shape(
            everywhere,
            telling,
            frame,
            any(clause.substitutes for _, clause in telling),
            silent,
            any(map(_varies, read)),
            grain_of_keys(read) is Grain.RESOURCE,
            self._bearing(frame, everywhere),
        )

    def bearing(self, shape: Shape, resource: str, variables: Values) -> Bearing | None:
        """What speaks of the resource; None where that hangs on what is not known.

        `variables` are the values of the caller's policy variables.
        """
        if not shape.telling:
            return shape.all_over
        if shape.has_variables:
            return self._find(shape, resource, variables)
        key = id(shape), resource
        if key not in self._found:
            self._found[key] = self._find(shape, resource, _NOTHING_KNOWN)
        return self._found[key]

    def _find(self, shape: Shape, resource: str, variables: Values) -> Bearing | None:
        kept = []
        for kind, clause in shape.telling:
            found = covers_resource(clause.statement, resource, kind, variables=variables, version=clause.version)
            if found is ALWAYS:
                kept.append((kind, clause))
            elif found is not NEVER:
                return None
        return self._bearing(shape.frame, (*shape.everywhere, *kept)) if kept else shape.all_over

    def _bearing(self, frame: tuple[object, ...], clauses: Sequence[Spoken]) -> Bearing:
        # One clause may stand in the caller's policies and in his boundary.
        key = frame, frozenset(clauses)
        found = self._bearings.get(key)
        if found is None:
            said = [clause.statement for _, clause in clauses]
            read = {key for each in said for key in keys_tested(each)}
            found = self._bearings[key] = Bearing(
                self._alike.conditions(said), grain_of_keys(read), any(map(_varies, read))
            )
        return found


def _varies(key: str) -> bool:
    """Whether a condition key, casefolded, tells one request of an actor for an action from another."""
    return key in _VARYING or "resourcetag/" in key or key.startswith("aws:requesttag/")
