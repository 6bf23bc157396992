"""What an actor may do, put together: all of several permissions, any of them, on things there are or some new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from iamviz.graph.circumstances import together
from iamviz.graph.escalation.names import Taken, free
from iamviz.graph.escalation.standing import Standings, place_of
from iamviz.graph.escalation.taken import name_of, taken
from iamviz.graph.library import keys_read, reads_own_keys
from iamviz.graph.verdict import Shut, Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.action_sets import action_space
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions import context_of
from iamviz.policy.expression import ALWAYS, NEVER, Constant, Expression, all_of, any_of
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.request import Request
from iamviz.policy.resources import EVERYTHING, PolicyType, covers_resource
from iamviz.policy.variables import Values

MOST_NAMES = 16
"""Names that are tried for a thing yet to be made."""

FREELY = Verdict(ALWAYS)
NOT_AT_ALL = Verdict(NEVER)

_VARYING = frozenset({"iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary", "aws:tagkeys"})


Telling = tuple[tuple[PolicyType, Clause], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """On what the answer about an action hangs for those under the same layers.

    `telling` are the statements that are on some resources only; `own`: on who the caller is; `silent`: on nothing,
    nobody grants it.
    """

    key: tuple[object, ...]
    telling: Telling
    own: bool
    reads_keys: bool
    reads_resource: bool
    has_variables: bool
    silent: bool


def _shape_of(key: tuple[object, ...], action: str, layers: Sequence[Layer]) -> _Shape:
    spoken = [(layer.kind, layer.about(action)) for layer in layers]
    clauses = [(kind, clause) for kind, each in spoken for clause in (*each.allows, *each.denies)]
    telling = tuple((kind, clause) for kind, clause in clauses if not clause.everywhere)
    read = {name for _, clause in clauses for name in keys_read(clause.statement)}
    return _Shape(
        key,
        telling,
        any(reads_own_keys(clause.statement) for _, clause in clauses),
        any(map(_varies, read)),
        any("resourcetag/" in name for name in read),
        any(_has_variables(clause) for _, clause in telling),
        not spoken[0][1].allows and not layers[0].unknown,
    )


def _has_variables(clause: Clause) -> bool:
    statement = clause.statement
    return any("${" in each for each in (*(statement.resources or ()), *(statement.not_resources or ())))


def _varies(key: str) -> bool:
    """Whether a condition key, casefolded, tells one request of an actor for an action from another."""
    return key in _VARYING or "resourcetag/" in key or key.startswith("aws:requesttag/")


@dataclass(frozen=True, slots=True)
class New:
    """Actions on one thing that is yet to be made, or of which no more than its type is known.

    `type` is its resource type where the first action takes several; `within` a value for a variable of its ARN;
    `keys` are condition keys that are known of the requests.
    """

    actions: tuple[str, ...]
    type: str = ""
    within: tuple[str, str] | None = None
    keys: tuple[tuple[str, str | None], ...] = ()

    @property
    def kind(self) -> str:
        """The template of its ARN, empty for actions without any."""
        template = kind_of(self.actions[0], self.type)
        return template if self.within is None else template.replace(*self.within)


def new(*actions: str, of: str = "") -> New:
    """Actions on one new thing."""
    return New(actions, of)


def all_together(verdicts: Iterable[Verdict]) -> Verdict:
    """Everything that is needed. Where one layer alone keeps it from being granted, that layer shuts."""
    kept = [each for each in verdicts if each is not FREELY]
    if len(kept) <= 1:
        # An answer stays the same object: who asks for many targets tells them apart by it.
        return kept[0] if kept else FREELY
    closed = [each for each in kept if each.expression is NEVER]
    if closed:
        shut = closed[0].shut if all(each.shut is not None for each in closed) else None
        return Verdict(NEVER, (), shut)
    told = dict.fromkeys(each for verdict in kept for each in verdict.told)
    return Verdict(all_of([each.expression for each in kept]), tuple(told))


def either(verdicts: Iterable[Verdict]) -> Verdict:
    """One that is enough: the first that holds for certain, else any of those that may hold."""
    open_: dict[int, Verdict] = {}
    shut: Shut | None = None
    for each in verdicts:
        if each.expression is ALWAYS:
            return each
        if each.expression is not NEVER:
            open_[id(each)] = each
        shut = shut or each.shut
    if not open_:
        return Verdict(NEVER, (), shut)
    found = list(open_.values())
    if len(found) == 1:
        return found[0]
    told = dict.fromkeys(each for verdict in found for each in verdict.told)
    return Verdict(any_of([each.expression for each in found]), tuple(told))


class Asking:
    """Asks the engine; where the answer is the same for every resource it asks once."""

    def __init__(self, standings: Standings) -> None:
        self.permissions = standings.permissions
        self.standings = standings
        self._coverage = standings.coverage
        self._bits: dict[tuple[str, ...], int] = {}
        self._shapes: dict[tuple[object, ...], _Shape] = {}
        self._signatures: dict[tuple[object, str], tuple[Expression, ...] | None] = {}
        self._answers: dict[tuple[object, ...], Verdict] = {}
        self._together: dict[tuple[int, ...], tuple[tuple[Verdict, ...], Verdict]] = {}
        self._new: dict[tuple[object, New], Verdict] = {}
        self._taken: dict[str, frozenset[str]] = {}
        self.shared = False
        """Whether the one who is asked about stands for all of its class."""

    def covers(self, actor: Identity, actions: tuple[str, ...]) -> bool:
        """Whether the actor's policies say anything that might allow each of the actions: asked before all else."""
        layer = self.standings.layers(actor).identity
        if layer.unknown:
            return True
        bits = self._bits.get(actions)
        if bits is None:
            bits = self._bits[actions] = action_space().of_names(*actions)
        return self._coverage.allowed(layer) & bits == bits

    def covers_one(self, actor: Identity, methods: tuple[tuple[str, ...], ...]) -> bool:
        """Whether they might allow all actions of any of the methods; worked out once for equal policies."""
        layer = self.standings.layers(actor).identity
        known = self.standings.mattering.get(id(layer))
        if known is None:
            known = self.standings.mattering[id(layer)] = any(self.covers(actor, each) for each in methods)
        return known

    def covers_any(self, actor: Identity, actions: tuple[str, ...]) -> bool:
        """Whether they might allow any of the actions."""
        layer = self.standings.layers(actor).identity
        if actions not in self._bits:
            self._bits[actions] = action_space().of_names(*actions)
        return bool(layer.unknown) or bool(self._coverage.allowed(layer) & self._bits[actions])

    def may(self, actor: Identity, action: str, resource: str = EVERYTHING, keys: KnownKeys | None = None) -> Verdict:
        """Whether the actor may do it to a resource of its own account; resources that nothing tells apart go once."""
        shape = self._shape(actor, action)
        signature = self._signature(actor, shape, resource)
        if signature is None:
            return self._ask(actor, action, resource, keys)
        given = tuple(keys.items()) if keys and shape.reads_keys else ()
        named = resource if shape.reads_resource else ""
        key = shape.key, actor.arn if shape.own else "", signature, given, named
        if key not in self._answers:
            self._answers[key] = self._ask(actor, action, resource, keys)
        return self._answers[key]

    def _signature(self, actor: Identity, shape: _Shape, resource: str) -> tuple[Expression, ...] | None:
        """What each statement on some resources makes of this one; None where that hangs on the circumstances."""
        if not shape.telling:
            return ()
        if shape.has_variables:
            return self._signed(shape, resource, self.permissions.circumstances.caller(actor).variables)
        key = shape.key, resource
        if key not in self._signatures:
            self._signatures[key] = self._signed(shape, resource, {})
        return self._signatures[key]

    def _signed(self, shape: _Shape, resource: str, variables: Values) -> tuple[Expression, ...] | None:
        found = tuple(
            covers_resource(clause.statement, resource, kind, variables=variables, version=clause.version)
            for kind, clause in shape.telling
        )
        return found if all(isinstance(each, Constant) for each in found) else None

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
        if shape.telling or shape.reads_keys or shape.reads_resource:
            return None
        return self.may(actor, action)

    def reads_keys(self, actor: Identity, action: str) -> bool:
        """Whether the answer hangs on what the request brings: the policy attached, the service passed to."""
        return self._shape(actor, action).reads_keys

    def _shape(self, actor: Identity, action: str) -> _Shape:
        standing = self.permissions.standing(actor, action)
        key = id(standing.identity), id(standing.boundary), actor.account, action
        found = self._shapes.get(key)
        if found is None:
            limits = (*standing.scps, *((standing.boundary,) if standing.boundary else ()))
            layers = (standing.identity, *limits, *self.permissions.guards.rcps(actor.account))
            found = self._shapes[key] = _shape_of(key, action, layers)
        return found

    def assumes_alike(self, actor: Identity) -> bool:
        """Whether the actor's own policies and guardrails treat all roles of its account alike when it assumes one."""
        shape = self._shape(actor, "sts:AssumeRole")
        return not shape.telling and not shape.reads_keys and not shape.reads_resource

    def class_key(self, actor: Identity) -> object:
        """Equal for identities of an account that the same policies decide on."""
        layers = self.standings.layers(actor)
        return id(layers.identity), id(layers.boundaries), actor.account, actor.is_role

    def is_particular(self, actor: Identity, actions: tuple[str, ...]) -> bool:
        """Whether what its policies say of any of the actions hangs on who of its class the actor is."""
        layer = self.standings.layers(actor).identity
        allowed = self._coverage.allowed(layer)
        space = action_space()
        return any(
            self.permissions.is_particular(actor, action)
            for action in actions
            if layer.unknown or allowed & space.of_names(action)
        )

    def together(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Everything that is needed; the same answers put together are the same object again."""
        parts = tuple(verdicts)
        key = tuple(map(id, parts))
        if key not in self._together:
            # The parts are kept, so that their ids stay their own.
            self._together[key] = parts, all_together(parts)
        return self._together[key][1]

    def all_new(self, actor: Identity, needs: Sequence[New]) -> Verdict:
        """Whether it may do all of this to things that it makes, under some names."""
        return self.together([self.on_new(actor, each) for each in needs])

    def on_new(self, actor: Identity, new: New) -> Verdict:
        """Whether it may do all of the actions to one new thing, under some name."""
        key = self.class_key(actor) if self.shared else actor.arn, new
        if key not in self._new:
            self._new[key] = self._on_new(actor, new)
        return self._new[key]

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
        layer = self.standings.layers(actor).identity
        patterns = (pattern for action in new.actions for pattern in _patterns(layer, action))
        is_taken = self._is_taken(actor.account)
        found = (free(each, new.kind, place, values, is_taken) for each in (*patterns, EVERYTHING))
        yield from (each for each in dict.fromkeys(found) if each is not None)

    def _is_taken(self, account: str) -> Taken:
        if account not in self._taken:
            self._taken[account] = taken(self.permissions.world.inventories[account])
        return lambda arn: name_of(arn) in self._taken[account]


def _patterns(layer: Layer, action: str) -> Iterator[str]:
    for clause in layer.about(action).allows:
        yield from clause.statement.resources or ()


@cache
def kind_of(action: str, resource_type: str = "") -> str:
    """The template of the ARN that an action acts on; where it takes several types, the one that is named."""
    known = catalogue().action(action)
    if known is None or not known.resource_types:
        return ""
    types = [each.lower() for each in known.resource_types]
    return known.resource_arns[types.index(resource_type) if resource_type else 0]
