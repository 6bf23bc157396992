"""What an actor may do, put together: all of several permissions, any of them, on things there are or some new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from iamviz.graph.alike import Conditions
from iamviz.graph.circumstances import together
from iamviz.graph.escalation.names import Taken, free
from iamviz.graph.escalation.needs import New
from iamviz.graph.escalation.standing import Standings, place_of
from iamviz.graph.escalation.taken import name_of, taken
from iamviz.graph.escalation.verdicts import NOT_AT_ALL, all_together, either
from iamviz.graph.shapes import Bearing, Shape
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Grain, Identity
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.conditions import context_of
from iamviz.policy.document import Statement
from iamviz.policy.layers import Layer, has_variables
from iamviz.policy.request import Request
from iamviz.policy.resources import EVERYTHING
from iamviz.policy.variables import Values

MOST_NAMES = 16
"""Names that are tried for a thing yet to be made."""

_KEPT_BY_AWS = ("/aws-reserved/", ":iam::aws:")
"""Marks of what AWS refuses to change whatever policies say, and so unlike everything else."""

Method = TypeVar("Method")
_NOTHING_KNOWN: Values = {}


class Asking:
    """Asks the engine; what is the same for several actors and resources, of whichever account, is asked once."""

    def __init__(self, standings: Standings) -> None:
        self.permissions = standings.permissions
        self.standings = standings
        self._shapes: dict[tuple[int, str], Shape] = {}
        self._answers: dict[tuple[object, ...], Verdict] = {}
        self._together: dict[tuple[int, ...], tuple[tuple[Verdict, ...], Verdict]] = {}
        self._possible: dict[tuple[int, int], tuple[object, ...]] = {}
        self._new: dict[tuple[object, New], Verdict] = {}
        self._taken: dict[str, frozenset[str]] = {}
        self._kin: dict[object, Conditions | None] = {}
        self.shared = False
        """Whether the one who is asked about stands for all of its class."""

    def covers(self, actor: Identity, actions: tuple[str, ...]) -> bool:
        """Whether the actor's policies say anything that might allow each of the actions: asked before all else."""
        marks = self.standings.mark(actions)
        return self.standings.allowed(actor) & marks == marks

    def covers_any(self, actor: Identity, actions: tuple[str, ...]) -> bool:
        """Whether they might allow any of the actions."""
        return bool(self.standings.allowed(actor) & self.standings.mark(actions))

    def possible(
        self, actor: Identity, methods: tuple[Method, ...], needed: Callable[[Method], tuple[str, ...]]
    ) -> tuple[Method, ...]:
        """Those methods of a table of which they might allow all that is needed."""
        allowed = self.standings.allowed(actor)
        key = allowed, id(methods)
        if key not in self._possible:
            marks = [(self.standings.mark(needed(each)), each) for each in methods]
            self._possible[key] = tuple(each for own, each in marks if allowed & own == own)
        return self._possible[key]  # type: ignore[return-value]  # the same table, the same methods

    def may(self, actor: Identity, action: str, resource: str = EVERYTHING, keys: KnownKeys | None = None) -> Verdict:
        """Whether the actor may do it to a resource of its own account; what nothing tells apart is asked once."""
        shape = self._shape(actor, action)
        bearing = shape.all_over if not shape.telling else self._bearing(actor, shape, resource)
        if bearing is None or any(mark in resource for mark in _KEPT_BY_AWS):
            return self._ask(actor, action, resource, keys)
        conditions = bearing.conditions
        key = (
            id(bearing),
            actor.arn if conditions is None else self.permissions.alike.mark(actor, conditions),
            tuple(keys.items()) if keys and bearing.reads_keys else (),
            "" if bearing.grain is Grain.ALL else resource if bearing.grain is Grain.RESOURCE else actor.account,
        )
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = self._ask(actor, action, resource, keys)
        return found

    def _bearing(self, actor: Identity, shape: Shape, resource: str) -> Bearing | None:
        variables = self.permissions.circumstances.caller(actor).variables if shape.has_variables else _NOTHING_KNOWN
        return self.permissions.shapes.bearing(shape, resource, variables)

    def _ask(self, actor: Identity, action: str, resource: str, keys: KnownKeys | None) -> Verdict:
        circumstances = self.permissions.circumstances
        known = [circumstances.caller(actor), circumstances.resource(resource, actor.account)]
        if keys:
            known.append(context_of(keys, complete=False))
        request = Request(actor.caller, action, resource, actor.account, together(*known))
        return self.permissions.decide(actor, request, resource_policy=None)

    def uniform(self, actor: Identity, action: str) -> Verdict | None:
        """The answer that is the same for every resource; None where it hangs on the resource."""
        shape = self._shape(actor, action)
        if shape.silent:
            return NOT_AT_ALL
        return self.may(actor, action) if shape.is_uniform else None

    def reads_keys(self, actor: Identity, action: str) -> bool:
        """Whether the answer hangs on what the request brings: the policy attached, the service passed to."""
        return self._shape(actor, action).reads_keys

    def _shape(self, actor: Identity, action: str) -> Shape:
        holding = self.permissions.holding(actor)
        key = id(holding), action
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = self._shape_of(actor, action)
        return found

    def _shape_of(self, actor: Identity, action: str) -> Shape:
        if self.shared:
            # Classes are told apart by the actions that methods ask for: another would be answered for all by one.
            self.standings.mark((action,))
        standing, rcps = self.permissions.standing(actor, action), self.permissions.guards.rcps(actor.account)
        return self.permissions.shapes.of(standing, rcps, action)

    def assumes_alike(self, actor: Identity) -> bool:
        """Whether the actor's own policies and guardrails treat all roles of its account alike when it assumes one."""
        return self._shape(actor, "sts:AssumeRole").is_uniform

    def kin(self, actor: Identity) -> object:
        """Equal for identities of an account of whom the same holds, whatever of the listed actions is asked."""
        kin = self.permissions.holding(actor).kin
        if kin not in self._kin:
            self._kin[kin] = self._telling(actor)
        conditions = self._kin[kin]
        # Their own names stand in what they may do.
        return actor.arn if conditions is None else (kin, self.permissions.alike.mark(actor, conditions))

    def _telling(self, actor: Identity) -> Conditions | None:
        """The conditions of all that bears on the actor; None where policy variables tell each from the others."""
        library, guards = self.permissions.library, self.permissions.guards
        held = (*actor.held, *((actor.boundary,) if actor.boundary else ()))
        own = [each for one in held if one.document for each in library.listed(one.document)]
        layers = (*guards.scps(actor.account), *guards.rcps(actor.account))
        limits = [each for layer in layers for each in self._listed(layer)]
        if any(map(has_variables, (*own, *limits))):
            return None
        return self.permissions.alike.conditions((*own, *limits))

    def _listed(self, layer: Layer) -> Iterable[Statement]:
        documents = (each.compiled.document for each in layer.policies if each.compiled is not None)
        return (each for document in documents for each in self.permissions.library.listed(document))

    def together(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Everything that is needed; the same answers put together are the same object again."""
        parts = tuple(verdicts)
        key = tuple(map(id, parts))
        found = self._together.get(key)
        if found is None:
            # The parts are kept, so that their ids stay their own.
            found = self._together[key] = parts, all_together(parts)
        return found[1]

    def all_new(self, actor: Identity, needs: Sequence[New]) -> Verdict:
        """Whether it may do all of this to things that it makes, under some names."""
        return self.together([self.on_new(actor, each) for each in needs])

    def on_new(self, actor: Identity, new: New) -> Verdict:
        """Whether it may do all of the actions to one new thing, under some name."""
        key = self.kin(actor) if self.shared else actor.arn, new
        found = self._new.get(key)
        if found is None:
            found = self._new[key] = self._on_new(actor, new)
        return found

    def _on_new(self, actor: Identity, new: New) -> Verdict:
        uniform = [self.uniform(actor, action) for action in new.actions]
        if all(each is not None for each in uniform):
            return self.together([each for each in uniform if each is not None])
        keys = dict(new.keys)
        if not new.kind:
            return self.together([self.may(actor, action, keys=keys) for action in new.actions])
        # Where no statement is on some names only, one stands for all.
        most = MOST_NAMES if any(self._shape(actor, action).telling for action in new.actions) else 1
        names = islice(self.names(actor, new), most)
        return either(self.together([self.may(actor, each, name, keys) for each in new.actions]) for name in names)

    def names(self, actor: Identity, new: New) -> Iterator[str]:
        """Names for the new thing, as the actor's policies suggest them, each once."""
        place = place_of(actor)
        values = self.permissions.circumstances.caller(actor).variables
        patterns = (pattern for action in new.actions for pattern in self._patterns(actor, action))
        is_taken = self._is_taken(actor.account)
        found = (free(each, new.kind, place, values, is_taken) for each in (*patterns, EVERYTHING))
        yield from (each for each in dict.fromkeys(found) if each is not None)

    def _patterns(self, actor: Identity, action: str) -> Iterator[str]:
        """Of the identity's policies, then of its boundary: a name must suit both."""
        standing = self.permissions.standing(actor, action)
        for layer in (standing.identity, *((standing.boundary,) if standing.boundary else ())):
            for clause in layer.about(action).allows:
                yield from clause.statement.resources or ()

    def _is_taken(self, account: str) -> Taken:
        if account not in self._taken:
            self._taken[account] = taken(self.permissions.world.inventories[account])
        return lambda arn: name_of(arn) in self._taken[account]
