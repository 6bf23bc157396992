"""Walks over the graph's arrays: which edges they may use, how long each is, and how far everything lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, NODE_KINDS, EdgeKind, IamGraph
from iamviz.policy.expression import Certainty

TAKEOVER: frozenset[EdgeKind] = frozenset({"can-assume", "federates-into", "runs-as", "can-escalate"})
"""Edges along which one becomes another. Membership is none: a group's permissions are its members' own.

Reading is none either: who reads a secret holds what is in it, and no policy says what that opens.
"""

WALKED: frozenset[EdgeKind] = TAKEOVER | {"is-admin"}
"""What leads to the administration of an account."""

Edges = NDArray[np.int64]
Mask = NDArray[np.bool_]


def walkable(graph: IamGraph, *, certainties: Collection[Certainty], kinds: Collection[EdgeKind] = WALKED) -> Mask:
    """Which edges a walk may use."""
    by_kind = _among(EDGE_KINDS, kinds)[graph.edge_kind]
    return by_kind & _among(range(max(Certainty) + 1), map(int, certainties))[graph.edge_certainty]


def hop_lengths(graph: IamGraph) -> NDArray[np.int8]:
    """How many identities each edge takes over: one, or none.

    An edge into a pattern or a group takes over nobody, and an admin is already what `is-admin` says. A group is
    nobody itself: who joins one that is admin becomes admin by it.
    """
    enters_nobody = _among(NODE_KINDS, {"pattern", "group"})[graph.kind_of][graph.target]
    is_admin = graph.edge_kind == EDGE_KINDS.index("is-admin")
    from_group = graph.kind_of[graph.source] == NODE_KINDS.index("group")
    return np.where(enters_nobody | (is_admin & ~from_group), 0, 1).astype(np.int8)


def _among(words: Sequence[object], chosen: Iterable[object]) -> Mask:
    """For each word whether it is chosen: a table to look columns up in."""
    wanted = frozenset(chosen)
    return np.array([word in wanted for word in words], dtype=np.bool_)


def leaving(graph: IamGraph, nodes: Collection[int]) -> Mask:
    """Which edges start at one of the nodes."""
    return _chosen(graph, nodes)[graph.source]


def entering(graph: IamGraph, nodes: Collection[int]) -> Mask:
    """Which edges end at one of the nodes."""
    return _chosen(graph, nodes)[graph.target]


def touching(graph: IamGraph, nodes: Collection[int]) -> Mask:
    return leaving(graph, nodes) | entering(graph, nodes)


def _chosen(graph: IamGraph, nodes: Collection[int]) -> Mask:
    chosen = np.zeros(len(graph.ids), dtype=np.bool_)
    chosen[list(nodes)] = True
    return chosen


def distances(
    graph: IamGraph,
    starts: Collection[int],
    allowed: Mask,
    *,
    budget: int | None = None,
    backwards: bool = False,
) -> NDArray[np.int32]:
    """Hops from the nearest start to each node (backwards: from it to the nearest), -1 where there is no way.

    No way of more than `budget` hops is looked for.
    """
    free = allowed & (hop_lengths(graph) == 0)
    reached = np.full(len(graph.ids), -1, dtype=np.int32)
    frontier = np.unique(np.array(list(starts), dtype=np.int64))
    for distance in count():
        reached[frontier] = distance
        steps = _spread(graph, frontier, free, reached, backwards=backwards)
        if distance == budget:
            break
        ends = (graph.source if backwards else graph.target)[_touching(graph, steps, allowed, backwards=backwards)]
        frontier = np.unique(ends[reached[ends] < 0])
        if not len(frontier):
            break
    return reached


def _spread(
    graph: IamGraph, frontier: Edges, free: Mask, reached: NDArray[np.int32], *, backwards: bool
) -> NDArray[np.int64]:
    """The frontier and all that it reaches over free edges, marked as lying where the frontier lies."""
    distance = reached[frontier[0]] if len(frontier) else 0
    layers = [frontier]
    while len(layers[-1]):
        edges = _touching(graph, layers[-1], free, backwards=backwards)
        ends = (graph.source if backwards else graph.target)[edges]
        layers.append(np.unique(ends[reached[ends] < 0]).astype(np.int64))
        reached[layers[-1]] = distance
    return np.concatenate(layers)


def _touching(graph: IamGraph, nodes: NDArray[np.int64], allowed: Mask, *, backwards: bool) -> Edges:
    """The numbers of the allowed edges that leave (backwards: enter) the nodes."""
    edges = edges_at(graph, nodes, backwards=backwards)
    return edges[allowed[edges]]


def edges_at(graph: IamGraph, nodes: NDArray[np.int64], *, backwards: bool = False) -> Edges:
    """The numbers of all edges that leave (backwards: enter) the nodes."""
    offsets, edges = graph.edges_in if backwards else graph.edges_out
    counts = offsets[nodes + 1] - offsets[nodes]
    firsts = np.repeat(offsets[nodes] - np.cumsum(counts) + counts, counts)
    return edges[firsts + np.arange(len(firsts))]


def patterns_around(graph: IamGraph, node: int, *, backwards: bool = False) -> tuple[int, ...]:
    """The pattern nodes that the node meets: its own, and those that these lead to in turn."""
    found: dict[int, None] = {}
    waiting = [node]
    while waiting:
        at = waiting.pop()
        edges, ends = (graph.in_edges(at), graph.source) if backwards else (graph.out_edges(at), graph.target)
        others = ends[edges]
        for each in map(int, np.unique(others[graph.is_pattern[others]])):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return tuple(found)
