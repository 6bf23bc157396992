"""Who can become admin though he is none: that is seen from the edges, once all are there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, NODE_KINDS, POWERS, IamGraph
from iamviz.policy.expression import Certainty

WALKED = ("can-assume", "federates-into", "runs-as", "can-escalate", "is-admin")
"""Kinds of edges by which somebody gets what the target has. Whoever is in a group has the group's ways already."""


def with_powers(graph: IamGraph) -> IamGraph:
    """The graph, with the power of everybody who reaches an admin node; unknown edges are not walked."""
    reached = _reaching(graph, np.equal(graph.kind_of, NODE_KINDS.index("admin")))
    admin = POWERS.index("admin")
    becoming = reached & (graph.power >= 0) & (graph.power != admin)
    power = np.where(becoming, POWERS.index("can-become-admin"), graph.power).astype(np.int8)
    return replace(graph, power=power)


def _reaching(graph: IamGraph, ends: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The nodes from which some walk leads to one of the ends."""
    kinds = [EDGE_KINDS.index(kind) for kind in WALKED]
    walked = np.isin(graph.edge_kind, kinds) & (graph.edge_certainty > int(Certainty.UNKNOWN))
    sources, targets = graph.source[walked], graph.target[walked]
    reached = ends.copy()
    while True:
        found = np.unique(sources[reached[targets]])
        if reached[found].all():
            return reached
        reached[found] = True
