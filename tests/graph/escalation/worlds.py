"""What a graph says of escalation, by short names: patterns are walked through."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.inventory.model import Inventory, Organization
from iamviz.policy.expression import Certainty
from tests.builders import A, graph

ADMIN = f"admin:{A}"


def escalations(*inventories: Inventory, organization: Organization | None = None) -> set[tuple[str, str, str, str]]:
    """Source, method, target and certainty of every can-escalate edge, expanded."""
    return set(_expanded(graph(*inventories, organization=organization)))


def found(method: str, *inventories: Inventory, organization: Organization | None = None) -> list[tuple[str, str, str]]:
    """Source, target and certainty of the edges of one method, sorted."""
    everything = escalations(*inventories, organization=organization)
    return sorted((source, target, sure) for source, own, target, sure in everything if own == method)


def refused(method: str, *inventories: Inventory, organization: Organization | None = None) -> list[tuple[str, str]]:
    """Target and layer of what one layer keeps from the method, sorted."""
    built = graph(*inventories, organization=organization)
    return sorted((_short(built.ids[link.target]), link.layer) for link in built.blocked if link.method == method)


def _expanded(built: IamGraph) -> Iterator[tuple[str, str, str, str]]:
    for node in range(len(built.ids)):
        if not built.is_pattern[node]:
            best: dict[tuple[str, int], int] = {}
            for method, target, sure in _walk(built, node, None, int(Certainty.CERTAIN)):
                if target != node:
                    best[method, target] = max(best.get((method, target), 0), sure)
            for (method, target), sure in best.items():
                yield _short(built.ids[node]), method, _short(built.ids[target]), Certainty(sure).name.lower()


def _walk(built: IamGraph, node: int, method: str | None, sure: int) -> Iterator[tuple[str, int, int]]:
    for edge in built.out_edges(node):
        if EDGE_KINDS[built.edge_kind[edge]] != "can-escalate":
            continue
        target = int(built.target[edge])
        known = method or built.method(int(edge))
        weakest = min(sure, int(built.edge_certainty[edge]))
        if built.is_pattern[target]:
            yield from _walk(built, target, known, weakest)
        else:
            assert known is not None
            yield known, target, weakest


def _short(identifier: str) -> str:
    return identifier.rsplit("/", 1)[-1]
