"""How far everything lies from a set of nodes, and how sure that is: the blast radius, and its reverse."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EdgeKind, IamGraph
from iamviz.graph.walking import WALKED, Mask, distances, touching, walkable
from iamviz.policy.expression import Certainty


@dataclass(frozen=True, eq=False, slots=True)
class Radius:
    """For each node the fewest hops, -1 where there is no way, and how sure it is, 0 where there is none.

    The hops are those of the surest ways: a certain way counts before a shorter one with conditions.
    """

    hops: NDArray[np.int32]
    certainty: NDArray[np.int8]

    def nodes(self, among: Mask) -> list[int]:
        """Those of `among` that there is a way to, the surest first, then the nearest."""
        found = np.flatnonzero(among & (self.certainty > 0))
        order = np.lexsort((found, self.hops[found], -self.certainty[found]))
        return list(map(int, found[order]))


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
