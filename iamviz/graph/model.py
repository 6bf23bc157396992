"""The graph of who can become whom: columns of nodes and edges, and the proofs behind each edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from iamviz.policy.expression import NEVER, Certainty, Expression, any_of, certainty

NodeKind = Literal[
    "user",
    "role",
    "group",
    "account",
    "root",
    "service",
    "oidc-provider",
    "saml-provider",
    "web-identity",
    "external-account",
    "external-principal",
    "anyone",
    "dangling",
    "resource",
    "pattern",
    "admin",
    "federated-subject",
    "permission-set",
]
EdgeKind = Literal["member-of", "can-assume", "federates-into", "runs-as", "can-escalate", "can-read", "is-admin"]
Side = Literal["trust", "identity", "boundary", "resource", "passrole", "session", "scp", "rcp"]
Layer = Literal["trust", "identity", "resource", "session", "boundary", "scp", "rcp", "suspended", "dead"]
Admin = Literal["no", "conditional", "certain"]
Power = Literal["admin", "can-become-admin", "iam-write", "data-write", "data-read", "limited"]
TrustLevel = Literal["named", "account", "anyone", "service", "federated"]

NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)
ADMIN: tuple[Admin, ...] = get_args(Admin)
POWERS: tuple[Power, ...] = get_args(Power)
"""From the most to the least."""

OUTSIDE: frozenset[NodeKind] = frozenset({"external-account", "external-principal", "anyone", "web-identity"})
"""Kinds of nodes that somebody else controls."""


class Evidence(Struct, frozen=True):
    """One statement that an edge rests on: `policy` is the ARN or name, `owner` the node that holds it."""

    side: Side
    policy: str
    owner: str
    statement: int
    sid: str | None = None
    effect: str = "Allow"


class Proof(Struct, frozen=True):
    """One way in which an edge holds: under `expression`, because of `evidence`."""

    expression: Expression
    evidence: tuple[Evidence, ...] = ()


class Node(Struct, frozen=True):
    id: str
    kind: NodeKind
    name: str
    account: str | None = None
    admin: Admin = "no"
    power: Power | None = None


class Edge(Struct, frozen=True):
    """What an edge rule finds; several of the same source, target, kind and method are ways of one edge.

    `method` is the id of the escalation method, for can-escalate only.
    """

    source: str
    target: str
    kind: EdgeKind
    proof: Proof
    method: str | None = None


class Block(Struct, frozen=True):
    """An edge that would be there but for one layer; `evidence` is the statement that blocks, if it is one."""

    source: str
    target: str
    kind: EdgeKind
    layer: Layer
    reason: str
    evidence: tuple[Evidence, ...] = ()
    method: str | None = None


class Trust(Struct, frozen=True):
    """One principal that one statement of a role's trust policy lets in, and under which conditions."""

    role: str
    principal: str
    statement: int
    sid: str | None
    expression: Expression
    level: TrustLevel


@dataclass(frozen=True, slots=True)
class AccountNote:
    """What the map shows of an account: its name and the ids and names of the OUs above it, root first."""

    id: str
    name: str
    in_snapshot: bool
    units: tuple[tuple[str, str], ...] = ()
    state: str | None = None
    in_organization: bool = False


class Link(Struct, frozen=True, array_like=True):
    """A blocked edge as it is stored: node indices, layer, reason and statements."""

    source: int
    target: int
    kind: EdgeKind
    layer: Layer
    reason: str
    evidence: tuple[Evidence, ...]
    method: str | None = None


@dataclass(frozen=True, eq=False)
class IamGraph:
    """Columns, all of the length of `ids` (nodes) or of `source` (edges).

    `source`, `target`, `account_of`: int32, an account index of -1 means none. `kind_of`, `edge_kind`,
    `admin`, `power`, `edge_certainty`: int8, positions in NODE_KINDS, EDGE_KINDS, ADMIN, POWERS and Certainty, a
    power of -1 means that the node has none. `edge_method`: int16, positions in `methods`, -1 for edges without one.
    `proofs[edge]` are the ways in which it holds, decoded on demand by graph.wire.
    """

    ids: Sequence[str]
    names: Sequence[str]
    kind_of: NDArray[np.int8]
    account_of: NDArray[np.int32]
    admin: NDArray[np.int8]
    power: NDArray[np.int8]
    accounts: Sequence[AccountNote]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    edge_kind: NDArray[np.int8]
    edge_certainty: NDArray[np.int8]
    edge_method: NDArray[np.int16]
    methods: Sequence[str]
    proofs: Sequence[tuple[Proof, ...]]
    blocked: Sequence[Link] = ()
    trusts: Sequence[Trust] = ()
    slots: Mapping[str, int] = field(default_factory=dict)
    """The map's place of each OU and account among its siblings: what the next revision's layout starts from."""

    @cached_property
    def position(self) -> Mapping[str, int]:
        return {node_id: position for position, node_id in enumerate(self.ids)}

    @cached_property
    def account_position(self) -> Mapping[str, int]:
        return {note.id: position for position, note in enumerate(self.accounts)}

    def index(self, node_id: str) -> int | None:
        return self.position.get(node_id)

    def kind(self, node: int) -> NodeKind:
        return NODE_KINDS[int(self.kind_of[node])]

    def account(self, node: int) -> AccountNote | None:
        position = int(self.account_of[node])
        return self.accounts[position] if position >= 0 else None

    def node(self, node: int) -> Node:
        note, power = self.account(node), int(self.power[node])
        return Node(
            self.ids[node],
            self.kind(node),
            self.names[node],
            note.id if note else None,
            ADMIN[int(self.admin[node])],
            POWERS[power] if power >= 0 else None,
        )

    def method(self, edge: int) -> str | None:
        """The escalation method of an edge."""
        position = int(self.edge_method[edge])
        return self.methods[position] if position >= 0 else None

    def is_outside(self, node: int) -> bool:
        """Whether somebody outside the snapshot and its organization controls it."""
        return self.kind(node) in OUTSIDE

    @cached_property
    def edges_out(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """CSR over sources: (offsets of length nodes + 1, edge numbers)."""
        return _csr(self.source, len(self.ids))

    @cached_property
    def edges_in(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """CSR over targets: (offsets of length nodes + 1, edge numbers)."""
        return _csr(self.target, len(self.ids))

    def out_edges(self, node: int) -> NDArray[np.int64]:
        offsets, edges = self.edges_out
        return edges[offsets[node] : offsets[node + 1]]

    def in_edges(self, node: int) -> NDArray[np.int64]:
        offsets, edges = self.edges_in
        return edges[offsets[node] : offsets[node + 1]]

    @cached_property
    def is_pattern(self) -> NDArray[np.bool_]:
        return np.equal(self.kind_of, NODE_KINDS.index("pattern"))


def _csr(ends: NDArray[np.int32], nodes: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    offsets = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=nodes), out=offsets[1:])
    return offsets, np.argsort(ends, kind="stable")


def holds(proofs: Sequence[Proof]) -> Expression:
    """Under which conditions an edge with these ways holds."""
    return any_of(proof.expression for proof in proofs) if proofs else NEVER


def certainty_of(proofs: Sequence[Proof]) -> Certainty:
    """The strongest certainty among the ways. Raises ValueError if none can ever hold: such an edge is not stored."""
    found = certainty(holds(proofs))
    if found is None:
        message = "an edge that never holds belongs into blocked"
        raise ValueError(message)
    return found
