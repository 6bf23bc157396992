"""Graphs drawn at random, edge by edge, and what they mean when every pattern is replaced by pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
from hypothesis import strategies as st

from iamviz.graph.build import _Draft
from iamviz.graph.model import EDGE_KINDS, AccountNote, Edge, EdgeKind, IamGraph, Node, NodeKind, Proof, holds
from iamviz.policy.expression import ALWAYS, Certainty, Condition, Expression, Missing, Test, all_of
from tests.builders import A

MFA = Test(Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)))
HOLDS: dict[Certainty, Expression] = {
    Certainty.CERTAIN: ALWAYS,
    Certainty.CONDITIONAL: MFA,
    Certainty.UNKNOWN: Missing("a policy"),
}

IDENTITIES = ("i0", "i1", "i2", "i3", "i4", "i5")
GROUP = "team"
PATTERNS = ("p0", "p1", "p2")
ADMINS = ("admin:1", "admin:2")
NODES: dict[str, NodeKind] = {
    **dict.fromkeys(IDENTITIES, "role"),
    GROUP: "group",
    **dict.fromkeys(PATTERNS, "pattern"),
    **dict.fromkeys(ADMINS, "admin"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One edge of a drawing."""

    source: str
    target: str
    kind: EdgeKind = "can-assume"
    certainty: Certainty = Certainty.CERTAIN
    method: str | None = None


def draw(lines: list[Line]) -> IamGraph:
    """The graph of the lines; who has a line `is-admin` is an admin."""
    draft = _Draft()
    powers = {line.source: line.certainty for line in lines if line.kind == "is-admin"}
    for name, kind in NODES.items():
        admin = "certain" if powers.get(name) == Certainty.CERTAIN else "conditional" if name in powers else "no"
        draft.add(Node(name, kind, name, A, admin))  # type: ignore[arg-type]  # one of the words of Admin
    for line in lines:
        draft.add(Edge(line.source, line.target, line.kind, Proof(HOLDS[line.certainty]), line.method))
    return draft.columns([AccountNote(A, "prod", in_snapshot=True)], [])


def _ends() -> st.SearchStrategy[tuple[str, str]]:
    """Patterns in a row lead from lower to higher ones, so that none leads in a circle."""
    anybody = st.sampled_from((*IDENTITIES, GROUP))
    return st.one_of(
        st.tuples(st.sampled_from(IDENTITIES), anybody),
        st.tuples(st.sampled_from(IDENTITIES), st.sampled_from(PATTERNS)),
        st.tuples(st.sampled_from(PATTERNS), st.sampled_from((*IDENTITIES, GROUP, *ADMINS))),
        st.sampled_from((("p0", "p1"), ("p0", "p2"), ("p1", "p2"))),
        st.tuples(anybody, st.sampled_from(ADMINS)),
    ).filter(lambda ends: ends[0] != ends[1])


certainties = st.sampled_from((Certainty.CERTAIN, Certainty.CERTAIN, Certainty.CONDITIONAL, Certainty.UNKNOWN))


def _line(ends: tuple[str, str], certainty: Certainty, kind: EdgeKind, method: str) -> Line:
    source, target = ends
    if target in ADMINS:
        kind = "can-escalate" if NODES[source] == "pattern" or method == "iam-005" else "is-admin"
    elif target == GROUP:
        kind = "can-escalate"
    has_method = kind == "can-escalate" and target not in PATTERNS
    return Line(source, target, kind, certainty, method if has_method else None)


drawings = st.lists(
    st.builds(
        _line,
        _ends(),
        certainties,
        st.sampled_from(("can-assume", "can-escalate", "runs-as")),
        st.sampled_from(("iam-005", "iam-002")),
    ),
    max_size=24,
    unique=True,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A walk from one node to another through nothing but patterns."""

    source: str
    target: str
    kind: EdgeKind
    certainty: Certainty
    hops: int
    method: str | None
    expression: Expression


def pairs_of(graph: IamGraph) -> list[Pair]:
    """Every walk from a node that is no pattern to the next that is none."""
    return [
        _pair(graph, walk)
        for node in range(len(graph.ids))
        if not graph.is_pattern[node]
        for walk in _walks(graph, node)
    ]


def _walks(graph: IamGraph, node: int) -> Iterator[tuple[int, ...]]:
    for edge in range(len(graph.source)):
        if graph.source[edge] == node:
            end = int(graph.target[edge])
            rest = _walks(graph, end) if graph.is_pattern[end] else [()]
            yield from ((edge, *each) for each in rest)


def _pair(graph: IamGraph, walk: tuple[int, ...]) -> Pair:
    source, target = graph.ids[graph.source[walk[0]]], graph.ids[graph.target[walk[-1]]]
    kind = EDGE_KINDS[graph.edge_kind[walk[-1]]]
    nobody = NODES[target] == "group" or (kind == "is-admin" and NODES[source] != "group")
    return Pair(
        source,
        target,
        kind,
        Certainty(min(int(graph.edge_certainty[edge]) for edge in walk)),
        0 if nobody else 1,
        "sts-001" if kind == "can-assume" else next((m for edge in walk if (m := graph.method(edge))), None),
        all_of(holds(graph.proofs[edge]) for edge in walk),
    )


def expanded(graph: IamGraph, least: Certainty = Certainty.CONDITIONAL) -> nx.DiGraph:
    """The pairs as a graph of names, weighted by hops."""
    plain: nx.DiGraph = nx.DiGraph()
    plain.add_nodes_from(name for name, kind in NODES.items() if kind != "pattern")
    for pair in pairs_of(graph):
        if pair.certainty >= least and pair.source != pair.target:
            known = plain.get_edge_data(pair.source, pair.target, {"weight": pair.hops})
            plain.add_edge(pair.source, pair.target, weight=min(pair.hops, known["weight"]))
    return plain
