"""What lies between two sets of nodes, as far as a question lets walks go: what cuts and choke points look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.graph.paths import Question, allowed_edges
from iamviz.graph.walking import Edges, Mask, distances, leaving

MOST_EDGES = 400_000
"""Edges between the sets beyond which neither a cut nor choke points are looked for."""


@dataclass(frozen=True, eq=False, slots=True)
class Between:
    """`edges` lie on some walk from a source to a target, `sources` and `targets` at its ends.

    `inseparable` are the sources that are admin of a target themselves: no edge can be cut there.
    `truncated`: there are too many edges, and `edges` has none.
    """

    edges: Edges
    sources: Sequence[int]
    targets: Sequence[int]
    inseparable: Sequence[int]
    truncated: bool


def between(graph: IamGraph, question: Question) -> Between:
    """What lies between the sets, whatever the number of hops; sources that nothing can cut off are left aside."""
    allowed = allowed_edges(graph, question) & ~leaving(graph, question.targets)
    held = distances(graph, question.targets, allowed & is_fixed(graph), backwards=True) >= 0
    ahead = distances(graph, [node for node in question.sources if not held[node]], allowed) >= 0
    behind = distances(graph, question.targets, allowed, backwards=True) >= 0
    edges = np.flatnonzero(allowed & ahead[graph.source] & behind[graph.target])
    truncated = len(edges) > MOST_EDGES
    return Between(
        edges[:0] if truncated else edges,
        [node for node in question.sources if behind[node] and not held[node]],
        [node for node in question.targets if ahead[node]],
        [node for node in question.sources if held[node]],
        truncated,
    )


def is_fixed(graph: IamGraph) -> Mask:
    """Edges that no statement can be taken from: an admin is one."""
    return np.equal(graph.edge_kind, EDGE_KINDS.index("is-admin"))
