"""How far everything lies from a set of nodes, and how sure that is: the blast radius, and its reverse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import ADMIN, NODE_KINDS, EdgeKind, IamGraph, NodeKind
from iamviz.graph.walking import WALKED, distances, touching, walkable
from iamviz.policy.expression import Certainty


@dataclass(frozen=True, eq=False, slots=True)
class Radius:
    """For each node the fewest hops, -1 where there is no way, and how sure it is, 0 where there is none.

    The hops are those of the surest ways: a certain way counts before a shorter one with conditions.
    """

    hops: NDArray[np.int32]
    certainty: NDArray[np.int8]


@dataclass(frozen=True, eq=False, slots=True)
class Reached:
    """The nodes of a radius, counted: `first` are the surest and nearest, by kind and by account are all of them.

    The administration of an account is not counted in it: `admins` tell how sure it is reached, by account number.
    """

    first: Sequence[int]
    total: int
    kinds: Mapping[NodeKind, int]
    accounts: Mapping[int, int]
    admins: Mapping[int, Certainty]


def count_reached(graph: IamGraph, found: Radius, starts: Collection[int], limit: int) -> Reached:
    """Without the starts and patterns, and without who is admin of what is asked for: he need not become it."""
    counted = ~graph.is_pattern & (found.certainty > 0) & ~((found.hops == 0) & (graph.admin != ADMIN.index("no")))
    counted[list(starts)] = False
    nodes = np.flatnonzero(counted)
    order = np.lexsort((nodes, found.hops[nodes], -found.certainty[nodes]))
    is_admin = graph.kind_of[nodes] == NODE_KINDS.index("admin")
    placed = nodes[~is_admin & (graph.account_of[nodes] >= 0)]
    return Reached(
        nodes[order[:limit]].tolist(),
        len(nodes),
        {NODE_KINDS[kind]: n for kind, n in _counts(graph.kind_of[nodes])},
        dict(_counts(graph.account_of[placed])),
        {int(graph.account_of[node]): Certainty(int(found.certainty[node])) for node in nodes[is_admin]},
    )


def _counts(column: NDArray[np.int8] | NDArray[np.int32]) -> list[tuple[int, int]]:
    values, counts = np.unique(column, return_counts=True)
    return list(zip(values.tolist(), counts.tolist(), strict=True))


def radius(
    graph: IamGraph,
    starts: Collection[int],
    *,
    least: Certainty = Certainty.CONDITIONAL,
    kinds: Collection[EdgeKind] = WALKED,
    avoid: Collection[int] = (),
    backwards: bool = False,
) -> Radius:
    """How far everything lies from the nearest start (backwards: from everything to it).

    No edge is walked that is less sure than `least`, and none at a node to avoid.
    """
    hops = np.full(len(graph.ids), -1, dtype=np.int32)
    certainty = np.zeros(len(graph.ids), dtype=np.int8)
    for weakest in sorted(Certainty, reverse=True):
        if weakest >= least:
            allowed = walkable(graph, certainties=[each for each in Certainty if each >= weakest], kinds=kinds)
            allowed &= ~touching(graph, avoid)
            found = distances(graph, starts, allowed, backwards=backwards)
            new = (certainty == 0) & (found >= 0)
            hops[new], certainty[new] = found[new], int(weakest)
    return Radius(hops, certainty)
