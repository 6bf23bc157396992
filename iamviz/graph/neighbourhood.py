"""One step around a node: who can become it and what it can become, with parallel ones folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from iamviz.graph.model import IamGraph
from iamviz.graph.reach import Relation, inbound, outbound

Role = Literal["center", "in", "out"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Neighbours that are not shown one by one."""

    count: int
    label: str
    side: Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """`view` has node numbers with `role`, and edges with `relation`, one for each kind between two nodes."""

    view: nx.MultiDiGraph[int]
    folds: tuple[Fold, ...]
    shown: int
    total: int


def around(graph: IamGraph, node: int, *, cap: int = 80) -> Neighbourhood:
    """At most `cap` neighbours, half of them on either side; the certain ones first."""
    sides: dict[Literal["in", "out"], list[Relation]] = {"in": inbound(graph, node), "out": outbound(graph, node)}
    view: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    view.add_node(node, role="center")
    folds: list[Fold] = []
    for side, relations in sides.items():
        ranked = sorted(relations, key=lambda relation: -relation.certainty)
        shown, folded = ranked[: cap // 2], ranked[cap // 2 :]
        _draw(view, shown, side)
        folds += _folds(graph, folded, side)
    total = sum(map(len, sides.values()))
    return Neighbourhood(view, tuple(folds), total - sum(fold.count for fold in folds), total)


def _draw(view: nx.MultiDiGraph[int], relations: Iterable[Relation], side: Literal["in", "out"]) -> None:
    for relation in relations:
        other = relation.source if side == "in" else relation.target
        if other not in view:
            view.add_node(other, role=side)
        view.add_edge(relation.source, relation.target, key=relation.kind, relation=relation)


def _folds(graph: IamGraph, relations: Iterable[Relation], side: Literal["in", "out"]) -> list[Fold]:
    counts: dict[str, int] = {}
    for relation in relations:
        note = graph.account(relation.source if side == "in" else relation.target)
        counts[note.name if note else ""] = counts.get(note.name if note else "", 0) + 1
    return [Fold(count, label, side) for label, count in sorted(counts.items())]
