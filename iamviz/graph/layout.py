"""Where things lie on the map: discs packed around a centre, and members on a hexagonal spiral inside each disc.

Everything follows from the slots alone, and slots are kept from revision to revision, so the picture stays
recognisable: an account that stays in its OU keeps its place, a new one takes the next free one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GAP = 1.8
"""Least distance between two discs: room for the label under one."""


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    r: float


def assign_slots(keys: Sequence[str], kept: Mapping[str, int]) -> dict[str, int]:
    """A slot for each key: the kept ones stay, the others take the lowest free ones in the order given."""
    slots = {key: kept[key] for key in keys if key in kept}
    taken = set(slots.values())
    free = iter(number for number in range(len(keys) + len(taken)) if number not in taken)
    return slots | {key: next(free) for key in keys if key not in slots}


def spiral(slot: int, spacing: float = 1.0) -> tuple[float, float]:
    """The place of a slot on a hexagonal spiral around 0, 0: no two are nearer than `spacing`, few lie closely."""
    if slot == 0:
        return 0.0, 0.0
    turn = math.ceil((math.sqrt(12 * slot + 9) - 3) / 6)
    side, along = divmod(slot - 3 * turn * (turn - 1) - 1, turn)
    (x, y), (nx, ny) = _corner(side), _corner(side + 1)
    return spacing * (turn * x + along * (nx - x)), spacing * (turn * y + along * (ny - y))


def _corner(side: int) -> tuple[float, float]:
    return math.cos(side * math.pi / 3), math.sin(side * math.pi / 3)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A disc with slots on a spiral inside; `centre` is where the spiral's middle lies, so that the slots fill it."""

    disc: Disc
    centre: tuple[float, float]
    spacing: float

    def place(self, slot: int) -> tuple[float, float]:
        dx, dy = spiral(slot, self.spacing)
        return self.disc.x + self.centre[0] + dx, self.disc.y + self.centre[1] + dy


def clusters(slots: Sequence[int], spacing: float, margin: float) -> list[Cluster]:
    """One cluster for each number of slots, packed; `margin` lies between a slot's point and the edge."""
    spots = [[spiral(slot, spacing) for slot in range(count)] for count in slots]
    centres = [(-_middle([x for x, _ in each]), -_middle([y for _, y in each])) for each in spots]
    radii = [
        max(math.hypot(x + cx, y + cy) for x, y in each) + margin for each, (cx, cy) in zip(spots, centres, strict=True)
    ]
    discs = pack(radii)
    return [Cluster(disc, centre, spacing) for disc, centre in zip(discs, centres, strict=True)]


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2


def pack(radii: Sequence[float]) -> list[Disc]:
    """Discs of these radii around 0, 0 without overlap, each as near to the centre as those before it allow."""
    placed: list[Disc] = []
    for radius in radii:
        spots = (spot for spot in _spots(placed, radius) if _is_free(spot, placed))
        placed.append(min(spots, key=lambda spot: (round(math.hypot(spot.x, spot.y), 6), spot.x, spot.y)))
    return placed


def _is_free(spot: Disc, placed: Iterable[Disc]) -> bool:
    return all(math.hypot(spot.x - other.x, spot.y - other.y) >= spot.r + other.r + GAP - 1e-6 for other in placed)


def _spots(placed: Sequence[Disc], radius: float) -> Iterable[Disc]:
    """Where a disc can touch two others, or one other along an axis; the centre when there is none yet."""
    if not placed:
        yield Disc(0.0, 0.0, radius)
    for first in placed:
        reach = first.r + radius + GAP
        for angle in (0.0, math.pi / 2, math.pi, -math.pi / 2):
            yield Disc(first.x + reach * math.cos(angle), first.y + reach * math.sin(angle), radius)
    for position, first in enumerate(placed):
        for second in placed[:position]:
            yield from _touching_both(first, second, radius)


def _touching_both(first: Disc, second: Disc, radius: float) -> Iterable[Disc]:
    near, far = first.r + radius + GAP, second.r + radius + GAP
    apart = math.hypot(second.x - first.x, second.y - first.y)
    if apart > near + far or apart == 0:
        return
    along = (near * near - far * far + apart * apart) / (2 * apart)
    aside = math.sqrt(max(near * near - along * along, 0.0))
    ux, uy = (second.x - first.x) / apart, (second.y - first.y) / apart
    for side in (aside, -aside):
        yield Disc(first.x + along * ux - side * uy, first.y + along * uy + side * ux, radius)


def enclosing_radius(discs: Iterable[Disc]) -> float:
    """The radius around 0, 0 that holds all discs."""
    return max((math.hypot(disc.x, disc.y) + disc.r for disc in discs), default=1.0)


def ring(count: int, radius: float) -> list[tuple[float, float]]:
    """That many places on a circle, clockwise from the top."""
    angles = (math.pi / 2 - 2 * math.pi * position / max(count, 1) for position in range(count))
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
