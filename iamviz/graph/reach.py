"""Who can become a node in one step, what it can become, and how far all else is: patterns are walked through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, EdgeKind, IamGraph, Link, Proof, holds
from iamviz.policy.expression import Certainty, Expression, all_of

TAKEOVER: frozenset[EdgeKind] = frozenset({"can-assume", "federates-into", "runs-as"})
"""Edges along which one becomes another. Membership is none: a group's permissions are its members' own."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One step from a node to another with every way in which it holds.

    `edges` are runs of stored edges: one edge, or two that meet at a pattern node.
    """

    source: int
    target: int
    kind: EdgeKind
    certainty: Certainty
    edges: tuple[tuple[int, ...], ...]

    def proofs(self, graph: IamGraph) -> tuple[Proof, ...]:
        """The ways in, the two hops of a pattern joined to one proof."""
        return tuple(dict.fromkeys(proof for run in self.edges for proof in _joined(graph, run)))

    def expression(self, graph: IamGraph) -> Expression:
        return holds(self.proofs(graph))

    def patterns(self, graph: IamGraph) -> tuple[int, ...]:
        return tuple(int(graph.target[run[0]]) for run in self.edges if len(run) > 1)


def inbound(graph: IamGraph, node: int) -> list[Relation]:
    """Every other node that reaches this one in one step, by number, patterns replaced by their members."""
    return _relations(graph, _runs_in(graph, node))


def outbound(graph: IamGraph, node: int) -> list[Relation]:
    """Every other node that this one reaches in one step, by number."""
    return _relations(graph, _runs_out(graph, node))


def edges_between(graph: IamGraph, source: int, target: int) -> list[Relation]:
    """The relations from source to target, at most one of each kind."""
    return [relation for relation in outbound(graph, source) if relation.target == target]


def blocked_between(graph: IamGraph, source: int, target: int) -> list[Link]:
    """What would lead from source to target but for one layer."""
    sources = {source, *(int(graph.target[edge]) for edge in graph.out_edges(source))}
    return [link for link in graph.blocked if link.target == target and link.source in sources]


def degrees(graph: IamGraph, *, inwards: bool) -> NDArray[np.int32]:
    """For each node how many others take it over (or it takes over) in one step."""
    return np.array([_degree(graph, node, inwards=inwards) for node in range(len(graph.ids))], dtype=np.int32)


def distances(
    graph: IamGraph, start: int, allowed: NDArray[np.bool_], *, budget: int, backwards: bool = False
) -> NDArray[np.int32]:
    """Half hops from the start to each node (backwards: from it to the start), -1 where it takes more than `budget`.

    A step between identities is two half hops, whether it passes a pattern node or not.
    """
    ends, weights = graph.source if backwards else graph.target, half_hops(graph)
    far = np.iinfo(np.int32).max
    reached = np.full(len(graph.ids), far, dtype=np.int32)
    reached[start] = 0
    for distance in range(budget):
        edges = _edges_at(graph, np.flatnonzero(reached == distance), backwards=backwards)
        edges = edges[allowed[edges]]
        np.minimum.at(reached, ends[edges], distance + weights[edges])
    return np.where(reached <= budget, reached, -1).astype(np.int32)


def half_hops(graph: IamGraph) -> NDArray[np.int32]:
    """The length of each edge: one where it touches a pattern node, else two."""
    touches = graph.is_pattern[graph.source] | graph.is_pattern[graph.target]
    return np.where(touches, 1, 2).astype(np.int32)


def _edges_at(graph: IamGraph, nodes: NDArray[np.int64], *, backwards: bool) -> NDArray[np.int64]:
    """The numbers of all edges that leave (backwards: enter) the nodes."""
    offsets, edges = graph.edges_in if backwards else graph.edges_out
    counts = offsets[nodes + 1] - offsets[nodes]
    firsts = np.repeat(offsets[nodes] - np.cumsum(counts) + counts, counts)
    return edges[firsts + np.arange(len(firsts))]


def walkable(
    graph: IamGraph, *, certainties: Collection[Certainty], kinds: Collection[EdgeKind] = TAKEOVER
) -> NDArray[np.bool_]:
    """Which edges a walk may use."""
    by_kind = np.isin(graph.edge_kind, [EDGE_KINDS.index(kind) for kind in kinds])
    return by_kind & np.isin(graph.edge_certainty, [int(each) for each in certainties])


def _degree(graph: IamGraph, node: int, *, inwards: bool) -> int:
    if graph.is_pattern[node]:
        return 0
    edges, ends = (graph.in_edges(node), graph.source) if inwards else (graph.out_edges(node), graph.target)
    takeover = edges[graph.edge_kind[edges] != EDGE_KINDS.index("member-of")]
    others = ends[takeover]
    patterns = others[graph.is_pattern[others]]
    direct = others[~graph.is_pattern[others]]
    if not len(patterns):
        return int(np.count_nonzero(direct != node))
    further = graph.in_edges if inwards else graph.out_edges
    beyond = [ends[further(int(each))] for each in patterns]
    found = np.unique(np.concatenate([direct, *beyond]))
    return int(np.count_nonzero(found != node))


Run = tuple[int, ...]


def _runs_in(graph: IamGraph, node: int) -> Iterator[Run]:
    for edge in map(int, graph.in_edges(node)):
        source = int(graph.source[edge])
        if graph.is_pattern[source]:
            yield from ((int(first), edge) for first in graph.in_edges(source))
        else:
            yield (edge,)


def _runs_out(graph: IamGraph, node: int) -> Iterator[Run]:
    for edge in map(int, graph.out_edges(node)):
        target = int(graph.target[edge])
        if graph.is_pattern[target]:
            yield from ((edge, int(last)) for last in graph.out_edges(target))
        else:
            yield (edge,)


def _relations(graph: IamGraph, runs: Iterable[Run]) -> list[Relation]:
    found: dict[tuple[int, int, int], list[Run]] = {}
    for run in runs:
        key = (int(graph.source[run[0]]), int(graph.target[run[-1]]), int(graph.edge_kind[run[-1]]))
        found.setdefault(key, []).append(run)
    return [
        Relation(source, target, EDGE_KINDS[kind], run_certainty(graph, together), tuple(together))
        for (source, target, kind), together in sorted(found.items())
        if source != target
    ]


def run_certainty(graph: IamGraph, runs: Iterable[Run]) -> Certainty:
    """The strongest of the runs, each as weak as its weakest edge."""
    return Certainty(max(int(graph.edge_certainty[list(run)].min()) for run in runs))


def _joined(graph: IamGraph, run: Run) -> tuple[Proof, ...]:
    if len(run) == 1:
        return graph.proofs[run[0]]
    return tuple(
        Proof(all_of((first.expression, last.expression)), (*first.evidence, *last.evidence))
        for first in graph.proofs[run[0]]
        for last in graph.proofs[run[1]]
    )
