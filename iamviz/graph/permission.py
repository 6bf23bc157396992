"""What identities may do: every layer that concerns them, asked through the one engine that decides requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from iamviz.graph.circumstances import Circumstances, together
from iamviz.graph.guards import Guards
from iamviz.graph.library import Library
from iamviz.graph.model import Evidence, Side
from iamviz.graph.model import Layer as LayerName
from iamviz.graph.verdict import OWN_LAYERS, Shut, Told, Verdict, conclude
from iamviz.graph.world import Identity, World
from iamviz.inventory.access import Held
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.conditions import context_of
from iamviz.policy.decision import weigh
from iamviz.policy.expression import NEVER, Expression
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.request import Request, is_service_linked_role

_SIDES: dict[str, Side] = {"identity": "identity", "boundary": "boundary", "scp": "scp", "rcp": "rcp"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """The layer that closes what the caller's policies grant, with the statements that do."""

    layer: LayerName
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """Under which conditions something is allowed (NEVER where it is not), and by which statements."""

    expression: Expression
    evidence: tuple[Evidence, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The layers of the caller alone, the same for all of its class."""

    identity: Layer
    boundary: Layer | None
    scps: tuple[Layer, ...]


class Permissions:
    """Answers what identities may do. Nothing is asked twice of the same policies: identities come in classes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.library = Library()
        self.guards = Guards(world.organization)
        self.circumstances = Circumstances(world)
        self._identity_layers: dict[frozenset[object], Layer] = {}
        self._boundary_layers: dict[object, Layer] = {}
        self._standings: dict[tuple[Identity, str], Standing] = {}
        self._layers: dict[tuple[int, ...], Layers] = {}

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

    def standing(self, actor: Identity, action: str) -> Standing:
        """The layers of the actor alone, without the policies that say nothing of the action."""
        key = actor, action
        found = self._standings.get(key)
        if found is None:
            found = self._standings[key] = self._stand(actor, action)
        return found

    def _stand(self, actor: Identity, action: str) -> Standing:
        held = [each for each in actor.held if self.concerns(each, action)]
        marks = frozenset(map(_mark, held))
        if marks not in self._identity_layers:
            self._identity_layers[marks] = self.library.layer("identity", held)
        return Standing(self._identity_layers[marks], self._limit(actor), self.guards.scps(actor.account))

    def _limit(self, actor: Identity) -> Layer | None:
        if actor.boundary is None:
            return None
        mark = _mark(actor.boundary)
        if mark not in self._boundary_layers:
            self._boundary_layers[mark] = self.library.layer("boundary", (actor.boundary,))
        return self._boundary_layers[mark]

    def class_key(self, actor: Identity, action: str | None = None) -> object:
        """Equal for identities of an account that the same policies decide on; with an action, on that action."""
        held = actor.held if action is None else [each for each in actor.held if self.concerns(each, action)]
        limit = None if actor.boundary is None else _mark(actor.boundary)
        # No SCP and no RCP restricts a service-linked role.
        return actor.is_role, is_service_linked_role(actor.arn), frozenset(map(_mark, held)), limit

    def concerns(self, held: Held, action: str) -> bool:
        """Whether the policy says, or might say, anything of the action."""
        return held.document is None or self.library.volume(held.document).covers(action)

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
        held = (*actor.held, *((actor.boundary,) if actor.boundary else ()))
        own = (each.document for each in held if each.document is not None)
        if any(self.library.volume(document).is_particular(action) for document in own):
            return True
        return self.guards.is_particular(actor.account, action)

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
