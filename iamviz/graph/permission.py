"""What identities may do: every layer that concerns them, asked through the one engine that decides requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from iamviz.graph.alike import Alike
from iamviz.graph.circumstances import Circumstances, together
from iamviz.graph.guards import Guards
from iamviz.graph.library import Library, reads_own_keys
from iamviz.graph.model import Evidence, Side
from iamviz.graph.model import Layer as LayerName
from iamviz.graph.shapes import Shapes
from iamviz.graph.standing import Standing
from iamviz.graph.verdict import OWN_LAYERS, Shut, Told, Verdict, conclude
from iamviz.graph.world import Identity, World
from iamviz.inventory.access import Held
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.conditions import context_of
from iamviz.policy.decision import weigh
from iamviz.policy.expression import NEVER, Expression
from iamviz.policy.layers import Clause, Layer, Layers, Policy, spoken_by
from iamviz.policy.request import Request, is_service_linked_role
from iamviz.policy.resources import PolicyType

_SIDES: dict[str, Side] = {"identity": "identity", "boundary": "boundary", "scp": "scp", "rcp": "rcp"}


class Refusal(Struct, frozen=True):
    """The layer that closes what the caller's policies grant, with the statements that do."""

    layer: LayerName
    reason: str
    evidence: tuple[Evidence, ...] = ()


class Grant(Struct, frozen=True):
    """Under which conditions something is allowed (NEVER where it is not), and by which statements."""

    expression: Expression
    evidence: tuple[Evidence, ...] = ()
    refusal: Refusal | None = None


_TOGETHER = 16
"""Accounts that are looked at together."""


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """The policies and the boundary that some identities of an account hold, and what they say of actions."""

    held: tuple[Held, ...]
    boundary: Held | None
    account: str
    is_role: bool
    is_service_linked: bool
    allowed: int
    """Those of the actions that are asked about often that the policies might allow on something."""
    kin: object
    """Equal where the policies say the same of these."""
    standings: dict[str, Standing] = field(default_factory=dict)


class Permissions:
    """Answers what identities may do. Nothing is asked twice of the same policies: identities come in classes."""

    def __init__(self, world: World, library: Library, guards: Guards) -> None:
        self.world = world
        self.library = library
        self.guards = guards
        self.circumstances = Circumstances(world)
        self.alike = Alike(self.circumstances)
        self.shapes = Shapes(self.alike)
        self._holdings: dict[Identity, Holding] = {}
        self._equal_holdings: dict[tuple[object, ...], Holding] = {}
        self._spoken: dict[tuple[object, ...], Layer] = {}
        self._standings: dict[tuple[int, int, int], Standing] = {}
        self._layers: dict[tuple[int, ...], Layers] = {}

    def anew(self) -> Permissions:
        """The same with nothing remembered of any identity."""
        return Permissions(self.world, self.library, self.guards)

    def some_at_a_time(self) -> Iterator[tuple[Permissions, Sequence[str]]]:
        """The accounts of the snapshot, some at a time, each time with nothing remembered of the others.

        Accounts that come together share what is asked of them; all of them at once would fill the memory with it.
        """
        accounts = tuple(self.world.inventories)
        for start in range(0, len(accounts), _TOGETHER):
            yield self.anew(), accounts[start : start + _TOGETHER]

    def may(
        self, actor: Identity, action: str, resource: str = "*", *, owner: str = "", keys: KnownKeys | None = None
    ) -> Grant:
        """Whether the actor may do it to the resource; `owner` is the resource's account, the actor's by default.

        `keys` are further condition keys of the request that are known. The policy of the resource is not asked.
        """
        account = owner or actor.account
        contexts = [self.circumstances.caller(actor), self.circumstances.resource(resource, account)]
        if keys:
            contexts.append(context_of(keys, complete=False))
        request = Request(actor.caller, action, resource, account, together(*contexts))
        verdict = self.decide(actor, request, resource_policy=None)
        return self.grant(verdict, actor)

    def decide(self, actor: Identity, request: Request, *, resource_policy: Layer | None) -> Verdict:
        """The verdict on a request of the actor."""
        standing = self.standing(actor, request.action)
        rcps = self.guards.rcps(request.resource_account)
        layers = self._together(standing, resource_policy, rcps)
        choice = self.circumstances.plainest(actor), self.circumstances.doubt(actor)
        return conclude(weigh(request, layers), *choice)

    def _together(self, standing: Standing, resource: Layer | None, rcps: tuple[Layer, ...]) -> Layers:
        """The layers of a request, which remember what they say of an action: the same ones are the same object."""
        key = id(standing.identity), id(resource), id(standing.boundary), id(standing.scps), id(rcps)
        found = self._layers.get(key)
        if found is None:
            # They are kept in it, so that their ids stay their own.
            made = Layers(standing.identity, resource, standing.boundary, standing.scps, rcps)
            found = self._layers[key] = made
        return found

    def holding(self, actor: Identity) -> Holding:
        """What the actor holds: the same object for all of its class."""
        found = self._holdings.get(actor)
        if found is None:
            marks = frozenset(map(_mark, actor.held)), None if actor.boundary is None else _mark(actor.boundary)
            linked = is_service_linked_role(actor.arn)
            key = (actor.account, actor.is_role, linked, *marks)
            found = self._equal_holdings.get(key)
            if found is None:
                found = self._equal_holdings[key] = self._hold(actor, linked=linked)
            self._holdings[actor] = found
        return found

    def _hold(self, actor: Identity, *, linked: bool) -> Holding:
        allowed = 0
        for each in actor.held:
            # Whatever is missing might allow anything.
            allowed |= -1 if each.document is None else self.library.volume(each.document).allowed
        limits = () if actor.boundary is None else (actor.boundary,)
        kin = actor.account, actor.is_role, linked, self._sayings(actor.held), self._sayings(limits), bool(limits)
        return Holding(actor.held, actor.boundary, actor.account, actor.is_role, linked, allowed, kin)

    def _sayings(self, held: Iterable[Held]) -> frozenset[object]:
        said = [{each.missing} if each.document is None else self.library.sayings(each.document) for each in held]
        return frozenset[object]().union(*said)

    def standing(self, actor: Identity, action: str) -> Standing:
        """What the layers of the actor alone say of the action."""
        holding = self.holding(actor)
        found = holding.standings.get(action)
        if found is None:
            found = holding.standings[action] = self._stand(holding, action)
        return found

    def _stand(self, holding: Holding, action: str) -> Standing:
        identity = self._layer("identity", holding.held, action)
        boundary = None if holding.boundary is None else self._layer("boundary", (holding.boundary,), action)
        scps = self.guards.scps(holding.account)
        key = id(identity), id(boundary), id(scps)
        if key not in self._standings:
            spoken = [layer.about(action) for layer in (identity, boundary) if layer is not None]
            clauses = (clause for each in spoken for clause in each.clauses)
            own = any(reads_own_keys(clause.statement) for clause in clauses)
            self._standings[key] = Standing(identity, boundary, scps, own)
        return self._standings[key]

    def _layer(self, kind: PolicyType, held: Iterable[Held], action: str) -> Layer:
        """The clauses that speak of the action; layers of the same clauses are one."""
        clauses: dict[Clause, None] = {}
        missing: dict[str, Policy] = {}
        for each in held:
            if each.document is None:
                missing[each.missing] = Policy(each.policy, None, each.missing)
            else:
                clauses |= dict.fromkeys(clause for clause, _ in self.library.clauses(each.document, action))
        key = kind, action, frozenset(clauses), frozenset(missing)
        found = self._spoken.get(key)
        if found is None:
            found = self._spoken[key] = Layer(kind, missing.values(), {action: spoken_by(clauses)})
        return found

    def class_key(self, actor: Identity, action: str | None = None) -> object:
        """Equal for identities of an account that the same policies decide on; with an action, on that action."""
        holding = self.holding(actor)
        if action is None:
            return id(holding)
        # No SCP and no RCP restricts a service-linked role.
        return holding.is_role, holding.is_service_linked, id(self.standing(actor, action))

    @cached_property
    def _classes(self) -> dict[str, tuple[tuple[Identity, ...], ...]]:
        found: dict[str, tuple[tuple[Identity, ...], ...]] = {}
        for account, identities in self.world.identities.items():
            groups: defaultdict[object, list[Identity]] = defaultdict(list)
            for identity in identities:
                groups[self.class_key(identity)].append(identity)
            found[account] = tuple(map(tuple, groups.values()))
        return found

    def classes(self, account: str) -> Sequence[Sequence[Identity]]:
        """Identities of an account in groups on which the same policies and boundary decide.

        The answer for one holds for all of its group, unless `is_particular` says otherwise.
        """
        return self._classes.get(account, ())

    def is_particular(self, actor: Identity, action: str) -> bool:
        """Whether what its policies say of the action hangs on who of its class the actor is."""
        return self.standing(actor, action).own or self.guards.is_particular(actor.account, action)

    def grant(self, verdict: Verdict, actor: Identity) -> Grant:
        """The verdict with the statements named as they stand in the actor's own policies."""
        if verdict.expression is NEVER:
            return Grant(NEVER, (), self.refusal(verdict.shut, actor) if verdict.shut else None)
        return Grant(verdict.expression, self.evidence(verdict.told, actor))

    def refusal(self, shut: Shut, actor: Identity) -> Refusal:
        """The layer that closes, with the actor's own statements where it is one of its own."""
        return Refusal(shut.layer, shut.reason, self.evidence(shut.told, actor))

    def evidence(self, told: Iterable[Told], actor: Identity) -> tuple[Evidence, ...]:
        """The statements of the caller's own policies and of the guardrails, where they stand, each once."""
        return tuple(dict.fromkeys(each for one in told for each in self._named(one, actor)))

    def _named(self, told: Told, actor: Identity) -> Iterator[Evidence]:
        if told.layer in OWN_LAYERS:
            held = actor.held if told.layer == "identity" else (actor.boundary,) if actor.boundary else ()
            yield from self.library.evidence(_SIDES[told.layer], told.clause, held)
        elif told.layer in _SIDES:
            yield from self.guards.evidence(_SIDES[told.layer], told.clause)


def _mark(held: Held) -> object:
    return id(held.document) if held.document is not None else held.missing
