"""The edge rule: every method on every actor, account by account; and who is admin already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from iamviz.graph.admission import Admissions
from iamviz.graph.escalation import (
    buckets,
    clusters,
    creating,
    existing,
    lifting,
    organization,
    passing,
    providers,
    replacing,
    resetting,
    self_writes,
    tagging,
    takeovers,
)
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.laying import Laying
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.relevant import METHODS
from iamviz.graph.escalation.standing import Standings
from iamviz.graph.escalation.surroundings import Surroundings
from iamviz.graph.escalation.ways import Way
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.permission import Permissions
from iamviz.graph.world import Identity
from iamviz.policy.expression import NEVER
from iamviz.policy.request import is_service_linked_role

Rule = Callable[[Asking, Place, Identity], Iterator[Way]]

OWN_RULES: tuple[Rule, ...] = (
    self_writes.find_ways,
    takeovers.find_own_ways,
    lifting.find_ways,
    tagging.find_ways,
    clusters.find_ways,
)
"""The rules that ask what somebody may do to himself, or who he is."""

SHARED_RULES: tuple[Rule, ...] = (
    takeovers.find_ways,
    passing.find_ways,
    existing.find_ways,
    replacing.find_ways,
    creating.find_ways,
    resetting.find_ways,
    providers.find_ways,
    organization.find_ways,
    buckets.find_ways,
)
"""The rules whose answer is the same for all on whom the same policies decide."""


def find_edges(permissions: Permissions) -> Iterator[Node | Edge | Block]:
    """can-escalate of every identity by every method, and is-admin."""
    surroundings = Surroundings(permissions.world)
    for some, accounts in permissions.some_at_a_time():
        asking, admissions = Asking(Standings(some)), Admissions(some)
        for account in (each for each in accounts if each not in permissions.world.closed):
            place = Place(some, admissions, surroundings, permissions.world.inventories[account])
            yield from _admins(asking.standings, account)
            yield from _group_admins(asking.standings, place)
            yield from _escalations(asking, place)


def _admins(standings: Standings, account: str) -> Iterator[Node | Edge]:
    yield Node(f"admin:{account}", "admin", f"admin of {account}", account)
    for actor in standings.permissions.world.identities[account]:
        term = standings.admin(actor)
        if term is not NEVER:
            yield Edge(actor.arn, f"admin:{account}", "is-admin", Proof(term, standings.evidence(actor)))


def _group_admins(standings: Standings, place: Place) -> Iterator[Edge]:
    """Whoever joins such a group is admin."""
    for group in place.inventory.groups:
        held = place.access.held_by(group)
        term = standings.of_holder(place.place, held)
        if term is not NEVER:
            yield Edge(group.arn, place.admin, "is-admin", Proof(term, standings.statements(held)))


def _escalations(asking: Asking, place: Place) -> Iterator[Node | Edge | Block]:
    laying = Laying(asking.permissions, place.account)
    for actors in _kin(asking, place):
        if _may_matter(asking, place, actors[0]):
            _add_own(asking, place, actors, laying)
            _add_shared(asking, place, actors, laying)
    yield from laying.lay()


def _kin(asking: Asking, place: Place) -> Iterable[Sequence[Identity]]:
    """The identities of the account in groups whose policies say the same of all that methods ask for."""
    groups: defaultdict[object, list[Identity]] = defaultdict(list)
    for actor in asking.permissions.world.identities[place.account]:
        if not is_service_linked_role(actor.arn):
            groups[asking.permissions.holding(actor).kin].append(actor)
    return groups.values()


def _may_matter(asking: Asking, place: Place, lead: Identity) -> bool:
    """Whether the policies of the class speak of any action of a method; in clusters somebody needs none."""
    return bool(asking.possible(lead, METHODS, _all_of_it)) or bool(place.inventory.workloads.eks_clusters)


def _all_of_it(method: tuple[str, ...]) -> tuple[str, ...]:
    return method


def _add_own(asking: Asking, place: Place, actors: Sequence[Identity], laying: Laying) -> None:
    asking.shared = False
    for actor in actors:
        for rule in OWN_RULES:
            for way in rule(asking, place, actor):
                laying.add((actor,), way)


def _add_shared(asking: Asking, place: Place, actors: Sequence[Identity], laying: Laying) -> None:
    """Once for all whom no statement tells apart."""
    asking.shared = True
    groups: defaultdict[object, list[Identity]] = defaultdict(list)
    for actor in actors:
        groups[asking.kin(actor)].append(actor)
    for kin in groups.values():
        alike = tuple(_by_policies(kin))
        for rule in SHARED_RULES:
            for way in rule(asking, place, kin[0]):
                for each in alike:
                    laying.add(each, way)


def _by_policies(actors: Iterable[Identity]) -> Iterable[Sequence[Identity]]:
    """Those whose policies are the same by name too, so that what proves it for one proves it for all."""
    groups: defaultdict[object, list[Identity]] = defaultdict(list)
    for actor in actors:
        held = (*actor.held, *((actor.boundary,) if actor.boundary else ()))
        groups[tuple((each.policy, each.owner, id(each.document)) for each in held)].append(actor)
    return groups.values()
