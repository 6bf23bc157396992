"""What lies between where walks start and where they end, cut down to what can be listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import IamGraph
from iamviz.graph.walking import Mask, hop_lengths

MOST_EDGES = 20_000
"""Edges between the ends up to which paths are listed. Beyond, only those of fewer hops are looked at."""

MOST_PAIRS = 50_000
"""Pairs up to which pattern nodes are expanded before paths are listed."""

Step = tuple[int, int, int]
"""Source, target and hops."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`edges` are those that lie on some walk; `steps` the same with pairs in place of pattern nodes.

    Where the pairs are too many, `steps` keeps the patterns: then no walk passes one twice.
    `truncated`: there are walks that do not lie in it.
    """

    edges: Mask
    steps: Sequence[Step]
    truncated: bool


def stretch_between(
    graph: IamGraph, allowed: Mask, ahead: NDArray[np.int32], behind: NDArray[np.int32], budget: int
) -> Stretch:
    """What lies on a walk of at most `budget` hops; `ahead` and `behind` are the distances from and to the ends."""
    lengths = hop_lengths(graph)
    before, after = ahead[graph.source], behind[graph.target]
    total = np.where(allowed & (before >= 0) & (after >= 0), before + lengths + after, budget + 1)
    shortest = int(total.min())
    fitting = next((hops for hops in range(budget, shortest, -1) if _fits(total, hops)), shortest)
    near = total <= fitting
    cut_short = fitting < budget and int(np.count_nonzero(total <= budget)) > int(np.count_nonzero(near))
    if not _fits(total, fitting):
        near = _one_walk(graph, near, ahead)
        cut_short = True
    steps = _expanded(graph, near, lengths)
    return Stretch(near, steps or _stored(graph, near, lengths), cut_short or steps is None)


def _fits(total: NDArray[np.int32], hops: int) -> bool:
    return int(np.count_nonzero(total <= hops)) <= MOST_EDGES


def _one_walk(graph: IamGraph, near: Mask, ahead: NDArray[np.int32]) -> Mask:
    """Of edges that all lie on shortest walks those of a single one."""
    kept = np.zeros(len(near), dtype=np.bool_)
    leaving: dict[int, list[int]] = defaultdict(list)
    for edge in map(int, np.flatnonzero(near)):
        leaving[int(graph.source[edge])].append(edge)
    at = next(int(graph.source[edge]) for edge in np.flatnonzero(near) if ahead[graph.source[edge]] == 0)
    seen = {at}
    while at in leaving:
        onward = [edge for edge in leaving[at] if int(graph.target[edge]) not in seen]
        if not onward:
            break
        kept[onward[0]] = True
        at = int(graph.target[onward[0]])
        seen.add(at)
    return kept


def _stored(graph: IamGraph, near: Mask, lengths: NDArray[np.int8]) -> list[Step]:
    return [(int(graph.source[edge]), int(graph.target[edge]), int(lengths[edge])) for edge in np.flatnonzero(near)]


def _expanded(graph: IamGraph, near: Mask, lengths: NDArray[np.int8]) -> list[Step] | None:
    """Pairs in place of pattern nodes, so that one walk may pass a pattern twice; None where pairs are too many."""
    leaving: dict[int, list[Step]] = defaultdict(list)
    for step in _stored(graph, near, lengths):
        leaving[step[0]].append(step)
    pairs: list[Step] = []
    for source in leaving:
        if not graph.is_pattern[source]:
            pairs += _pairs(graph, leaving, source)
        if len(pairs) > MOST_PAIRS:
            return None
    return pairs


def _pairs(graph: IamGraph, leaving: Mapping[int, Sequence[Step]], source: int) -> Iterator[Step]:
    """The source and all that it reaches through patterns, each pattern entered once."""
    waiting, seen = [source], {source}
    while waiting:
        for _, target, hops in leaving.get(waiting.pop(), ()):
            if not graph.is_pattern[target]:
                if target != source:
                    yield source, target, hops
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
