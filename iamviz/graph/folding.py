"""A drawing one level up: each disc becomes one node that stands for what lies in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iamviz.graph.account_map import identity_level
from iamviz.graph.drawing import Group, Level, Mark
from iamviz.graph.levels import account_level
from iamviz.graph.model import IamGraph
from iamviz.policy.expression import Certainty


def organization_level(graph: IamGraph) -> Level:
    """OUs, each with the identities of its accounts, and how they reach each other; outsiders as they are."""
    return fold(account_level(graph, most=None), "organizational-unit")


def group_level(graph: IamGraph, account: str) -> Level:
    """The identities of an account by sort (users, roles of one path, permission sets), and what surrounds them."""
    return fold(identity_level(graph, account, cap=None), "identity-group")


def fold(level: Level, kind: str) -> Level:
    """The groups of a level as its nodes; what lies in none stays. Edges within a group are gone, others add up."""
    folded = Level()
    marks = {mark.id: mark for mark in (*_groups(level, kind), *_loose(level))}
    for mark in marks.values():
        folded.add(mark)
    position = {node: number for number, node in enumerate(marks)}
    place = [position.get(parent, position.get(node, -1)) for node, parent in zip(level.id, level.parent, strict=True)]
    _connect(level, folded, place)
    folded.shown = folded.total = len(folded.id)
    folded.edges_left_out = level.edges_left_out
    return folded


def _groups(level: Level, kind: str) -> Iterator[Mark]:
    sizes: Counter[str] = Counter()
    for parent, n in zip(level.parent, level.n, strict=True):
        sizes[parent] += n
    yield from (_mark(group, kind, sizes[group.id]) for group in level.groups)


def _mark(group: Group, kind: str, size: int) -> Mark:
    return Mark(group.id, (group.x, group.y), group.r, kind, group.label, size, group.parent)


def _loose(level: Level) -> Iterator[Mark]:
    grouped = {group.id for group in level.groups}
    for number, parent in enumerate(level.parent):
        if parent not in grouped:
            place = level.x[number], level.y[number]
            node, kind, label, n = level.id[number], level.kind[number], level.label[number], level.n[number]
            yield Mark(node, place, level.r[number], kind, label, n, parent, level.admin[number])


def _connect(level: Level, folded: Level, place: list[int]) -> None:
    bundles: dict[tuple[int, int, str, bool], tuple[Certainty, int]] = {}
    columns = zip(level.source, level.target, level.edge_kind, level.cross, level.certainty, level.edge_n, strict=True)
    for source, target, kind, cross, name, n in columns:
        key = place[source], place[target], kind, cross
        if key[0] != key[1]:
            certainty, count = bundles.get(key, (Certainty.UNKNOWN, 0))
            bundles[key] = max(certainty, Certainty[name.upper()]), count + n
    for (source, target, kind, cross), (certainty, n) in sorted(bundles.items()):
        folded.connect(source, target, kind, certainty, n, cross=cross)
