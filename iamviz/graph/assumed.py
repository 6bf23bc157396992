"""The graph under assumptions: without the edges that cannot hold there, the others as sure as they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import overload

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.assumptions import NOTHING_ASSUMED, Assumptions, asks_for_resource, decide
from iamviz.graph.model import EDGE_KINDS, IamGraph, Proof, holds
from iamviz.graph.wire import PackedProofs
from iamviz.policy.expression import NEVER, Certainty, Expression, certainty

Decide = Callable[[Expression, str | None], Expression]


class AssumedProofs(Sequence[tuple[Proof, ...]]):
    """The proofs of the edges that are left, each decided when it is asked for."""

    def __init__(self, graph: IamGraph, kept: NDArray[np.int64], decide_each: Decide) -> None:
        self._graph = graph
        self._kept = kept
        self._decide = decide_each

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, edge: int) -> tuple[Proof, ...]: ...
    @overload
    def __getitem__(self, edge: slice) -> Sequence[tuple[Proof, ...]]: ...
    def __getitem__(self, edge: int | slice) -> tuple[Proof, ...] | Sequence[tuple[Proof, ...]]:
        if isinstance(edge, slice):
            return [self[each] for each in range(*edge.indices(len(self)))]
        stored = int(self._kept[edge])
        resource = resource_of(self._graph, stored)
        decided = (
            Proof(self._decide(proof.expression, resource), proof.evidence) for proof in self._graph.proofs[stored]
        )
        return tuple(proof for proof in decided if proof.expression != NEVER)


def assume(graph: IamGraph, assumptions: Assumptions) -> IamGraph:
    """The graph where the assumptions are so. Each distinct expression is decided once."""
    if assumptions == NOTHING_ASSUMED:
        return graph
    decide_each = _decider(assumptions)
    certainties = _certainties(graph, decide_each)
    kept = np.flatnonzero(certainties)
    return replace(
        graph,
        source=graph.source[kept],
        target=graph.target[kept],
        edge_kind=graph.edge_kind[kept],
        edge_certainty=certainties[kept],
        edge_method=graph.edge_method[kept],
        proofs=AssumedProofs(graph, kept, decide_each),
    )


def _decider(assumptions: Assumptions) -> Decide:
    @cache
    def asks(expression: Expression) -> bool:
        return asks_for_resource(expression)

    @cache
    def decided(expression: Expression, resource: str | None) -> Expression:
        return decide(expression, assumptions, resource)

    return lambda expression, resource: decided(expression, resource if asks(expression) else None)


def resource_of(graph: IamGraph, edge: int) -> str | None:
    """The ARN that the call along the edge names, None where it is not the node that the edge leads to."""
    target = int(graph.target[edge])
    asks = EDGE_KINDS[graph.edge_kind[edge]] == "can-assume" and not graph.is_pattern[target]
    return graph.ids[target] if asks else None


def _certainties(graph: IamGraph, decide_each: Decide) -> NDArray[np.int8]:
    """Of each edge under the assumptions, 0 for one that cannot hold; what is certain stays so whatever is assumed."""
    found = graph.edge_certainty.copy()
    expression_of, certainty_of = _expressions(graph), cache(certainty)
    for edge in np.flatnonzero(graph.edge_certainty < int(Certainty.CERTAIN)).tolist():
        found[edge] = certainty_of(decide_each(expression_of(edge), resource_of(graph, edge))) or 0
    return found


def _expressions(graph: IamGraph) -> Callable[[int], Expression]:
    if isinstance(graph.proofs, PackedProofs):
        return graph.proofs.expression
    return partial(_expression, graph)


def _expression(graph: IamGraph, edge: int) -> Expression:
    return holds(graph.proofs[edge])
