"""Identities that can become each other in a circle: who holds one holds all, and can renew the session for ever."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from iamviz.graph.model import EdgeKind, IamGraph
from iamviz.graph.walking import walkable
from iamviz.policy.expression import Certainty

SESSIONS: frozenset[EdgeKind] = frozenset({"can-assume"})
"""A role's session ends after an hour when it was asked for by a session, unless another role asks for it anew."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A strong component: `nodes` in the order of the graph; certain where its certain edges alone hold it together."""

    nodes: tuple[int, ...]
    certainty: Certainty


def find_cycles(graph: IamGraph, *, kinds: Collection[EdgeKind] = SESSIONS) -> list[Cycle]:
    """Every set of two or more identities that can become each other, the largest first."""
    weaker = _components(graph, [Certainty.CERTAIN, Certainty.CONDITIONAL], kinds)
    certain = set(_components(graph, [Certainty.CERTAIN], kinds))
    found = (Cycle(nodes, Certainty.CERTAIN if nodes in certain else Certainty.CONDITIONAL) for nodes in weaker)
    return sorted(found, key=lambda cycle: (-len(cycle.nodes), cycle.nodes))


def _components(
    graph: IamGraph, certainties: Collection[Certainty], kinds: Collection[EdgeKind]
) -> list[tuple[int, ...]]:
    kept = np.flatnonzero(walkable(graph, certainties=certainties, kinds=kinds))
    ones, size = np.ones(len(kept), dtype=np.int8), len(graph.ids)
    matrix = csr_array((ones, (graph.source[kept], graph.target[kept])), shape=(size, size))
    _, labels = connected_components(matrix, directed=True, connection="strong")
    identities = np.flatnonzero(~graph.is_pattern)
    identities = identities[np.argsort(labels[identities], kind="stable")]
    starts = np.flatnonzero(np.diff(labels[identities])) + 1
    return [tuple(nodes.tolist()) for nodes in np.split(identities, starts) if len(nodes) > 1]
