"""Inventories to IamGraph: every rule's edges gathered, merged and laid into columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from iamviz.graph.edges import (
    assume,
    federation,
    identity_center,
    instance_profiles,
    membership,
    outside,
    pod_identity,
    resources,
    roles_anywhere,
    services,
)
from iamviz.graph.escalation import rule as escalation
from iamviz.graph.escalation.relevant import RELEVANT
from iamviz.graph.escalation.standing import Standings, as_admin
from iamviz.graph.guards import Guards
from iamviz.graph.library import Library
from iamviz.graph.model import (
    ADMIN,
    EDGE_KINDS,
    NODE_KINDS,
    POWERS,
    AccountNote,
    Block,
    Edge,
    EdgeKind,
    IamGraph,
    Link,
    Node,
    NodeKind,
    Proof,
    Trust,
    certainty_of,
)
from iamviz.graph.permission import Permissions
from iamviz.graph.powers import with_powers
from iamviz.graph.trusts import list_trusts
from iamviz.graph.units import account_name, account_notes
from iamviz.graph.vendors import foreign_name
from iamviz.graph.world import World
from iamviz.inventory.model import Inventory, Organization

RULES = (
    membership.find_edges,
    assume.find_edges,
    outside.find_edges,
    services.find_edges,
    federation.find_edges,
    identity_center.find_edges,
    roles_anywhere.find_edges,
    pod_identity.find_edges,
    instance_profiles.find_edges,
    escalation.find_edges,
    resources.find_edges,
)
"""Every edge rule. A rule yields the edges and blocked edges that it finds, and the nodes that only it knows."""


def build_graph(inventories: Sequence[Inventory], organization: Organization | None = None) -> IamGraph:
    """The graph of all accounts at once; nothing in it depends on the order of the input."""
    world = World(sorted(inventories, key=lambda inventory: inventory.account), organization)
    draft = _Draft()
    permissions = Permissions(world, Library(RELEVANT), Guards(organization))
    for node in _own_nodes(permissions):
        draft.add(node)
    for rule in RULES:
        for found in rule(permissions):
            draft.add(found)
    return with_powers(draft.columns(account_notes(world), list_trusts(world)))


def _own_nodes(permissions: Permissions) -> Iterator[Node]:
    world = permissions.world
    for some, accounts in permissions.some_at_a_time():
        yield from _nodes_of(Standings(some), accounts)
    for account in sorted(world.members - world.inventories.keys()):
        yield Node(f"account:{account}", "account", account_name(world, account), account)


def _nodes_of(standings: Standings, accounts: Iterable[str]) -> Iterator[Node]:
    world = standings.permissions.world
    for account in accounts:
        inventory = world.inventories[account]
        label = account_name(world, account)
        yield Node(f"account:{account}", "account", label, account)
        yield Node(f"arn:{inventory.partition}:iam::{account}:root", "root", f"root user of {label}", account)
        for identity in world.identities[account]:
            kind: NodeKind = "role" if identity.is_role else "user"
            admin = as_admin(standings.admin(identity))
            power = standings.power(identity, admin)
            yield Node(identity.arn, kind, identity.entity.name, account, admin, power)
        for group in inventory.groups:
            yield Node(group.arn, "group", group.name, account)


class _Draft:
    """The graph while rules are still adding to it."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str, EdgeKind, str | None], tuple[Proof, ...]] = {}
        self._same: dict[Proof, Proof] = {}
        self._blocks: dict[Block, None] = {}

    def add(self, found: Node | Edge | Block) -> None:
        match found:
            case Node():
                self._nodes.setdefault(found.id, found)
            case Edge():
                key = (found.source, found.target, found.kind, found.method)
                proof = self._same.setdefault(found.proof, found.proof)
                known = self._edges.get(key, ())
                if proof not in known:
                    self._edges[key] = (*known, proof)
            case Block():
                self._blocks[found] = None

    def columns(self, notes: Sequence[AccountNote], trusts: Sequence[Trust]) -> IamGraph:
        nodes = sorted(self._nodes.values(), key=lambda node: node.id)
        position = {node.id: number for number, node in enumerate(nodes)}
        accounts = _all_accounts(notes, nodes)
        place = {note.id: number for number, note in enumerate(accounts)}
        keys = sorted(
            self._edges, key=lambda key: (position[key[0]], position[key[1]], EDGE_KINDS.index(key[2]), key[3] or "")
        )
        methods = sorted({method for _, _, _, method in keys if method is not None})
        proofs = [self._edges[key] for key in keys]
        return IamGraph(
            ids=[node.id for node in nodes],
            names=[node.name for node in nodes],
            kind_of=np.array([NODE_KINDS.index(node.kind) for node in nodes], dtype=np.int8),
            account_of=np.array([place[node.account] if node.account else -1 for node in nodes], dtype=np.int32),
            admin=np.array([ADMIN.index(node.admin) for node in nodes], dtype=np.int8),
            power=np.array([POWERS.index(node.power) if node.power else -1 for node in nodes], dtype=np.int8),
            accounts=accounts,
            source=np.array([position[source] for source, _, _, _ in keys], dtype=np.int32),
            target=np.array([position[target] for _, target, _, _ in keys], dtype=np.int32),
            edge_kind=np.array([EDGE_KINDS.index(kind) for _, _, kind, _ in keys], dtype=np.int8),
            edge_certainty=np.array([certainty_of(each) for each in proofs], dtype=np.int8),
            edge_method=np.array(
                [methods.index(method) if method is not None else -1 for _, _, _, method in keys], dtype=np.int16
            ),
            methods=methods,
            proofs=proofs,
            blocked=self._links(position),
            trusts=trusts,
        )

    def _links(self, position: Mapping[str, int]) -> list[Link]:
        links = [
            Link(
                position[each.source],
                position[each.target],
                each.kind,
                each.layer,
                each.reason,
                each.evidence,
                each.method,
            )
            for each in self._blocks
        ]
        return sorted(links, key=lambda link: (link.source, link.target, link.kind, link.method or "", link.layer))


def _all_accounts(notes: Sequence[AccountNote], nodes: Iterable[Node]) -> list[AccountNote]:
    known = {note.id for note in notes}
    others = sorted({node.account for node in nodes if node.account} - known)
    return [*notes, *(AccountNote(account, foreign_name(account), in_snapshot=False) for account in others)]
