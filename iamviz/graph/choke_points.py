"""Choke points: identities that every way from a source to the targets passes."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from iamviz.graph.between import Between
from iamviz.graph.model import IamGraph

MOST_EDGES = 50_000
"""Edges between the sets beyond which choke points are not looked for: NetworkX takes more than a second there."""

_END = -1
"""Stands for all targets."""


@dataclass(frozen=True, slots=True)
class ChokePoint:
    """Without the node, `sources` of the sources no longer reach any target."""

    node: int
    sources: int


def choke_points(graph: IamGraph, part: Between) -> list[ChokePoint] | None:
    """The ones that keep most other sources away first; targets are none themselves, nor are patterns.

    Every way of a source passes a node where the node dominates the source in the reversed graph, seen from the
    targets. None where too much lies between the sets.
    """
    if len(part.edges) > MOST_EDGES:
        return None
    above = _dominators(graph, part)
    kept_away = dict.fromkeys(above, 0)
    for source in part.sources:
        at = above.get(source, _END)
        while at != _END:
            kept_away[at] += 1
            at = above[at]
    targets = set(part.targets)
    found = [
        ChokePoint(node, sources)
        for node, sources in kept_away.items()
        if sources and node not in targets and not graph.is_pattern[node]
    ]
    return sorted(found, key=lambda point: (-point.sources, point.node))


def _dominators(graph: IamGraph, part: Between) -> dict[int, int]:
    """For each node between the sets the last node that all its ways to a target pass first; _END for none."""
    view: nx.DiGraph[int] = nx.DiGraph()
    view.add_edges_from((int(graph.target[edge]), int(graph.source[edge])) for edge in part.edges)
    view.add_edges_from((_END, target) for target in part.targets)
    if _END not in view:
        return {}
    return {node: above for node, above in nx.immediate_dominators(view, _END).items() if node != _END}
