"""One account opened: its identities in discs of one sort each, and what they are connected with around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from iamviz.graph import layout
from iamviz.graph.drawing import Group, Level, Mark
from iamviz.graph.model import ADMIN, NODE_KINDS, EdgeKind, IamGraph, NodeKind
from iamviz.graph.reach import Relation, inbound, outbound
from iamviz.graph.stand_ins import StandIn, stand_in

SPACING = 2.6
MARK = 0.8
MARGIN = 0.8

MOST_EDGES = 6000
"""Lines that one drawing of identities has, if it is capped at all."""

INSIDE = [NODE_KINDS.index(kind) for kind in ("user", "role", "group", "root", "admin", "resource")]


SORTS: Mapping[NodeKind, str] = {
    "user": "Users",
    "role": "Roles",
    "group": "Groups",
    "root": "Root user",
    "admin": "Administration",
}


def identity_level(graph: IamGraph, account: str, *, cap: int | None = 2000) -> Level:
    """The identities of an account, at most `cap`, and their relations; other accounts stand around, one node each."""
    number = graph.account_position[account]
    members = [int(node) for node in np.flatnonzero((graph.account_of == number) & np.isin(graph.kind_of, INSIDE))]
    drawn = sorted(members, key=lambda node: (sort_of(graph, node), graph.names[node].casefold(), graph.ids[node]))[
        :cap
    ]
    level = Level()
    _place(graph, level, drawn)
    position = {node: place for place, node in enumerate(drawn)}
    relations = list(_relations(graph, drawn))
    outside = _outside(graph, relations, position)
    radius = layout.enclosing_radius(layout.Disc(each.x, each.y, each.r) for each in level.groups) + 3
    for (mark, stands_for), place in zip(outside.items(), layout.ring(len(outside), radius), strict=True):
        level.add(Mark(mark.id, place, 0.8, mark.kind, mark.label, len(stands_for), "outside"))
        position |= dict.fromkeys(stands_for, len(level.id) - 1)
    _connect(level, relations, position, graph, most=None if cap is None else MOST_EDGES)
    level.shown, level.total = len(drawn), len(members)
    return level


def sort_of(graph: IamGraph, node: int) -> str:
    """The disc that an identity lies in, by its kind and path."""
    kind, arn = graph.kind(node), graph.ids[node]
    path = _path(arn)
    if kind == "role" and path.startswith("/aws-service-role/"):
        return "Service-linked roles"
    if kind == "role" and path.startswith("/aws-reserved/sso.amazonaws.com/"):
        return "Permission sets"
    label = SORTS.get(kind) or ("Instance profiles" if ":instance-profile/" in arn else "Resources")
    return f"{label} {path}" if path not in {"/", ""} and kind in {"user", "role", "group"} else label


def _path(arn: str) -> str:
    _, *folders, _ = f"{arn.split(':', 5)[-1]}/".split("/")
    return "/" + "".join(f"{folder}/" for folder in folders[:-1])


def _place(graph: IamGraph, level: Level, drawn: Sequence[int]) -> None:
    sorts: dict[str, list[int]] = {}
    for node in drawn:
        sorts.setdefault(sort_of(graph, node), []).append(node)
    order = sorted(sorts, key=lambda sort: (-len(sorts[sort]), sort))
    packed = layout.clusters([len(sorts[sort]) for sort in order], SPACING, MARK + MARGIN)
    where = dict(zip(order, packed, strict=True))
    level.groups = [Group(sort, sort, each.disc.x, each.disc.y, each.disc.r) for sort, each in where.items()]
    for sort, nodes in sorts.items():
        for slot, node in enumerate(nodes):
            place, admin = where[sort].place(slot), ADMIN[graph.admin[node]]
            level.add(Mark(graph.ids[node], place, MARK, graph.kind(node), graph.names[node], 1, sort, admin))


def _relations(graph: IamGraph, drawn: Sequence[int]) -> Iterator[Relation]:
    inside = set(drawn)
    for node in drawn:
        yield from outbound(graph, node)
        yield from (relation for relation in inbound(graph, node) if relation.source not in inside)


def _outside(
    graph: IamGraph, relations: Sequence[Relation], position: Mapping[int, int]
) -> dict[StandIn, dict[int, None]]:
    """What stands around the account, and the graph's nodes that each stands for."""
    found: dict[StandIn, dict[int, None]] = {}
    ends = (node for relation in relations for node in (relation.source, relation.target) if node not in position)
    for node in ends:
        mark = stand_in(graph, node) or StandIn(graph.ids[node], graph.kind(node), graph.names[node])
        found.setdefault(mark, {})[node] = None
    return dict(sorted(found.items(), key=lambda item: item[0].id))


def _connect(
    level: Level, relations: Sequence[Relation], position: Mapping[int, int], graph: IamGraph, *, most: int | None
) -> None:
    bundles: dict[tuple[int, int, EdgeKind, bool], tuple[int, int]] = {}
    for relation in relations:
        cross = graph.account_of[relation.source] != graph.account_of[relation.target]
        key = position[relation.source], position[relation.target], relation.kind, bool(cross)
        certainty, n = bundles.get(key, (0, 0))
        bundles[key] = max(certainty, int(relation.certainty)), n + 1
    for (source, target, kind, cross), (certainty, n) in list(bundles.items())[:most]:
        level.connect(source, target, kind, certainty, n, cross=cross)
    level.edges_left_out = len(bundles) - len(level.source)
