"""What the map draws at each level, columnar: accounts in their OUs, or one account opened to its identities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from iamviz.graph import layout
from iamviz.graph.drawing import Group, Level, Mark
from iamviz.graph.model import EDGE_KINDS, NODE_KINDS, AccountNote, IamGraph
from iamviz.graph.stand_ins import StandIn, is_inside, stand_in
from iamviz.graph.walking import TAKEOVER, Mask, walkable
from iamviz.policy.expression import Certainty

IDENTITIES = [NODE_KINDS.index(kind) for kind in ("user", "role", "group")]

NO_UNIT = ("", "No organizational unit")

SPACING = 2.4
"""Distance between neighbouring accounts, in map units."""

LARGEST = 1.1
"""Radius of the account with the most identities."""

MOST_BUNDLES = 10_000
"""Pairs of accounts that one drawing connects."""

MARGIN = 0.6
"""Between the accounts of an OU and its edge."""


def unit_of(note: AccountNote) -> tuple[str, str]:
    """Id and name of the OU that the account lies in."""
    return note.units[-1] if note.units else NO_UNIT


def map_slots(graph: IamGraph, kept: Mapping[str, int]) -> dict[str, int]:
    """Slots of the OUs among each other and of the accounts in their OU; `kept` are those of the last revision."""
    insiders = _insiders(graph)
    sizes = Counter(unit_of(note)[0] for note in insiders)
    units = sorted(sizes, key=lambda unit: (-sizes[unit], unit))
    slots = layout.assign_slots([f"unit:{unit}" for unit in units], kept)
    weight = _sizes(graph)
    for unit in units:
        members = [note for note in insiders if unit_of(note)[0] == unit]
        members.sort(key=lambda note: (-weight.get(note.id, 0), note.id))
        slots |= layout.assign_slots([f"account:{unit}:{note.id}" for note in members], kept)
    return slots


def account_level(graph: IamGraph, *, most: int | None = MOST_BUNDLES) -> Level:
    """Every account as a disc in its OU, outsiders on a ring around them, and who reaches whom across accounts.

    At most `most` pairs are connected, those with the most relations first.
    """
    level = Level()
    slots = graph.slots or map_slots(graph, {})
    discs = _unit_discs(graph, slots)
    for (unit_id, label), cluster in discs.items():
        level.groups.append(Group(unit_id or "none", label, cluster.disc.x, cluster.disc.y, cluster.disc.r))
    sizes = _sizes(graph)
    for note in _insiders(graph):
        unit = unit_of(note)
        n = sizes.get(note.id, 0)
        place = discs[unit].place(slots[f"account:{unit[0]}:{note.id}"])
        level.add(Mark(f"account:{note.id}", place, _radius(n, sizes), "account", note.name, n, unit[0] or "none"))
    outsiders = _outsiders(graph)
    radius = layout.enclosing_radius(cluster.disc for cluster in discs.values()) + 2.5
    for (mark, n), place in zip(outsiders, layout.ring(len(outsiders), radius), strict=True):
        level.add(Mark(mark.id, place, 0.5, mark.kind, mark.label, n, "outside"))
    _connect_accounts(graph, level, most)
    level.shown = level.total = len(level.id)
    return level


def _insiders(graph: IamGraph) -> list[AccountNote]:
    return [note for note in graph.accounts if is_inside(note)]


def _sizes(graph: IamGraph) -> Mapping[str, int]:
    identities = np.isin(graph.kind_of, IDENTITIES)
    counted = np.bincount(graph.account_of[identities], minlength=len(graph.accounts))
    return {note.id: int(counted[number]) for number, note in enumerate(graph.accounts)}


def _radius(n: int, sizes: Mapping[str, int]) -> float:
    """Half of the largest and more, the area growing with the identities."""
    return LARGEST / 2 * (1 + float(np.sqrt(n / max(max(sizes.values(), default=1), 1))))


def _unit_discs(graph: IamGraph, slots: Mapping[str, int]) -> dict[tuple[str, str], layout.Cluster]:
    insiders = _insiders(graph)
    units = sorted({unit_of(note) for note in insiders}, key=lambda unit: slots[f"unit:{unit[0]}"])
    needed = [
        1 + max(slots[f"account:{unit[0]}:{note.id}"] for note in insiders if unit_of(note) == unit) for unit in units
    ]
    return dict(zip(units, layout.clusters(needed, SPACING, LARGEST + MARGIN), strict=True))


def _outsiders(graph: IamGraph) -> list[tuple[StandIn, int]]:
    """What is drawn outside the accounts, and for how many nodes it stands."""
    marks = (stand_in(graph, node) for node in range(len(graph.ids)))
    counted = Counter(mark for mark in marks if mark is not None and mark.kind != "account")
    return sorted(counted.items(), key=lambda item: (item[0].kind, item[0].label, item[0].id))


def _connect_accounts(graph: IamGraph, level: Level, most: int | None) -> None:
    position = {node: number for number, node in enumerate(level.id)}
    marks = [stand_in(graph, node) for node in range(len(graph.ids))]
    drawn = np.array([position[mark.id] if mark else -1 for mark in marks], dtype=np.int64)
    takeover = walkable(graph, certainties=tuple(Certainty), kinds=TAKEOVER)
    callers = _callers(graph, drawn, takeover)
    bundles: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for edge in np.flatnonzero(takeover & ~graph.is_pattern[graph.target] & (drawn[graph.target] >= 0)).tolist():
        source, target = int(graph.source[edge]), int(drawn[graph.target[edge]])
        for caller in callers[source] if graph.is_pattern[source] else (int(drawn[source]),):
            if caller not in {-1, target}:
                bundles[caller, target, int(graph.edge_kind[edge])].append(edge)
    largest = sorted(bundles.items(), key=lambda item: (-len(item[1]), item[0]))
    level.edges_left_out = len(largest) - len(largest[:most])
    for (source, target, kind), edges in sorted(largest[:most]):
        certainty = int(graph.edge_certainty[edges].max())
        level.connect(source, target, EDGE_KINDS[kind], certainty, len(np.unique(graph.target[edges])), cross=True)


def _callers(graph: IamGraph, drawn: NDArray[np.int64], takeover: Mask) -> Mapping[int, Collection[int]]:
    """For each pattern the marks of those who reach it, through other patterns or not."""
    own: defaultdict[int, set[int]] = defaultdict(set)
    into = takeover & graph.is_pattern[graph.target]
    pairs = np.stack([graph.target[into], drawn[graph.source[into]]], axis=1)
    for pattern, mark in np.unique(pairs[~graph.is_pattern[graph.source[into]]], axis=0).tolist():
        own[pattern].add(mark)
    chained = [
        (int(graph.source[edge]), int(graph.target[edge]))
        for edge in np.flatnonzero(into & graph.is_pattern[graph.source])
    ]
    grown = True
    while grown:
        before = sum(map(len, own.values()))
        for first, last in chained:
            own[last] |= own[first]
        grown = sum(map(len, own.values())) > before
    return own
