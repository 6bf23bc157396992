"""What the map draws at each level, columnar: accounts in their OUs, or one account opened to its identities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from iamviz.graph import layout
from iamviz.graph.drawing import Group, Level, Mark
from iamviz.graph.model import EDGE_KINDS, NODE_KINDS, OUTSIDE, AccountNote, IamGraph, NodeKind
from iamviz.graph.reach import TAKEOVER

IDENTITIES = [NODE_KINDS.index(kind) for kind in ("user", "role", "group")]

FOLDED: Mapping[NodeKind, str] = {"service": "AWS services", "dangling": "Deleted principals"}
"""Kinds of which the account level draws one node for all."""

NO_UNIT = ("", "No organizational unit")

SPACING = 2.4
"""Distance between neighbouring accounts, in radii of the smallest account."""


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


def account_level(graph: IamGraph) -> Level:
    """Every account as a disc in its OU, outsiders on a ring around them, and who reaches whom across accounts."""
    level = Level()
    slots = graph.slots or map_slots(graph, {})
    discs = _unit_discs(graph, slots)
    level.groups = [Group(unit or "none", label, disc.x, disc.y, disc.r) for (unit, label), disc in discs.items()]
    sizes = _sizes(graph)
    for note in _insiders(graph):
        unit = unit_of(note)
        dx, dy = layout.spiral(slots[f"account:{unit[0]}:{note.id}"], SPACING)
        n = sizes.get(note.id, 0)
        place = discs[unit].x + dx, discs[unit].y + dy
        level.add(Mark(f"account:{note.id}", place, _radius(n, sizes), "account", note.name, n, unit[0] or "none"))
    outsiders = _outsiders(graph)
    radius = layout.enclosing_radius(discs.values()) + 2.5
    for (node, kind, label, n), place in zip(outsiders, layout.ring(len(outsiders), radius), strict=True):
        level.add(Mark(node, place, 0.5, kind, label, n, "outside"))
    _connect_accounts(graph, level)
    level.shown = level.total = len(level.id)
    return level


def _insiders(graph: IamGraph) -> list[AccountNote]:
    return [note for note in graph.accounts if note.in_snapshot or note.in_organization]


def _sizes(graph: IamGraph) -> Mapping[str, int]:
    identities = np.isin(graph.kind_of, IDENTITIES)
    counted = np.bincount(graph.account_of[identities], minlength=len(graph.accounts))
    return {note.id: int(counted[number]) for number, note in enumerate(graph.accounts)}


def _radius(n: int, sizes: Mapping[str, int]) -> float:
    """Between 0.35 and 1, the area growing with the identities."""
    return 0.35 + 0.65 * float(np.sqrt(n / max(max(sizes.values(), default=1), 1)))


def _unit_discs(graph: IamGraph, slots: Mapping[str, int]) -> dict[tuple[str, str], layout.Disc]:
    insiders = _insiders(graph)
    units = sorted({unit_of(note) for note in insiders}, key=lambda unit: slots[f"unit:{unit[0]}"])
    needed = [
        1 + max(slots[f"account:{unit[0]}:{note.id}"] for note in insiders if unit_of(note) == unit) for unit in units
    ]
    return dict(zip(units, layout.pack([layout.spiral_radius(count, SPACING) for count in needed]), strict=True))


def _outsiders(graph: IamGraph) -> list[tuple[str, NodeKind, str, int]]:
    """Id, kind, label and count of what the account level draws outside the accounts."""
    drawn: dict[str, tuple[NodeKind, str, int]] = {}
    for node in range(len(graph.ids)):
        drawn_id = drawn_at_account_level(graph, node)
        if drawn_id is None or (drawn_id.startswith("account:") and graph.kind(node) not in OUTSIDE):
            continue
        kind = graph.kind(node)
        label = FOLDED.get(kind, graph.names[node])
        _, _, n = drawn.get(drawn_id, (kind, label, 0))
        shown: NodeKind = "external-account" if drawn_id.startswith("account:") else kind
        label = drawn_id.removeprefix("account:") if shown == "external-account" else label
        drawn[drawn_id] = (shown, label, n + 1)
    order = sorted(drawn.items(), key=lambda item: (item[1][0], item[1][1], item[0]))
    return [(node, kind, label, n) for node, (kind, label, n) in order]


def drawn_at_account_level(graph: IamGraph, node: int) -> str | None:
    """The id of what stands for a node when only accounts are drawn; None for what is not drawn."""
    kind = graph.kind(node)
    if kind in FOLDED:
        return f"folded:{kind}"
    if kind in {"oidc-provider", "saml-provider"}:
        return f"folded:{kind}:{graph.names[node]}"
    if kind in {"anyone", "web-identity"}:
        return graph.ids[node]
    note = graph.account(node)
    return f"account:{note.id}" if note else None


def _connect_accounts(graph: IamGraph, level: Level) -> None:
    position = {node: number for number, node in enumerate(level.id)}
    drawn = np.array(
        [position.get(drawn_at_account_level(graph, node) or "", -1) for node in range(len(graph.ids))], dtype=np.int64
    )
    takeover = np.isin(graph.edge_kind, [EDGE_KINDS.index(kind) for kind in TAKEOVER]) & ~graph.is_pattern[graph.target]
    ends = drawn[graph.source], drawn[graph.target]
    edges = np.flatnonzero(takeover & (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1]))
    bundles: dict[tuple[int, int, int], tuple[int, set[int]]] = {}
    for edge in map(int, edges):
        key = int(ends[0][edge]), int(ends[1][edge]), int(graph.edge_kind[edge])
        certainty, targets = bundles.get(key, (0, set()))
        bundles[key] = max(certainty, int(graph.edge_certainty[edge])), targets | {int(graph.target[edge])}
    for (source, target, kind), (certainty, targets) in sorted(bundles.items()):
        level.connect(source, target, EDGE_KINDS[kind], certainty, len(targets), cross=True)
