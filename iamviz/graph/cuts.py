"""The smallest cut: the fewest stored edges without which no source reaches a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from iamviz.graph.between import Between, is_fixed
from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.graph.reach import Relation
from iamviz.policy.expression import Certainty


@dataclass(frozen=True, slots=True)
class Cut:
    """Stored edges, as one-step relations that may start or end at a pattern: there a whole class is cut off."""

    relations: tuple[Relation, ...]


def smallest_cut(graph: IamGraph, part: Between) -> Cut:
    """The cut nearest to the sources. What is-admin says is never cut: it is no statement."""
    if not len(part.edges):
        return Cut(())
    cut = part.edges[_crossing(graph, part)]
    return Cut(tuple(_relation(graph, int(edge)) for edge in cut))


def _relation(graph: IamGraph, edge: int) -> Relation:
    return Relation(
        int(graph.source[edge]),
        int(graph.target[edge]),
        EDGE_KINDS[graph.edge_kind[edge]],
        Certainty(int(graph.edge_certainty[edge])),
        ((edge,),),
    )


def _crossing(graph: IamGraph, part: Between) -> NDArray[np.bool_]:
    """Which edges leave what a source still reaches when the flow is at its most."""
    nodes, ends = np.unique(np.concatenate([graph.source[part.edges], graph.target[part.edges]]), return_inverse=True)
    tails, heads = np.split(ends, 2)
    start, end, endless = len(nodes), len(nodes) + 1, len(part.edges) + 1
    width = np.where(is_fixed(graph)[part.edges], endless, 1)
    outer = [np.searchsorted(nodes, each) for each in (part.sources, part.targets)]
    rows = np.concatenate([tails, np.full(len(outer[0]), start), outer[1]])
    columns = np.concatenate([heads, outer[0], np.full(len(outer[1]), end)])
    widths = np.concatenate([width, np.full(len(rows) - len(width), endless)]).astype(np.int32)
    # Parallel edges add up in the matrix: a cut between two nodes takes all of them.
    capacity = csr_array((widths, (rows, columns)), shape=(end + 1, end + 1), dtype=np.int32)
    flow = maximum_flow(capacity, start, end).flow
    rest = csr_array(capacity - flow)
    rest.eliminate_zeros()
    held = np.zeros(end + 1, dtype=np.bool_)
    held[breadth_first_order(rest, start, return_predecessors=False)] = True
    return np.asarray(held[tails] & ~held[heads])
