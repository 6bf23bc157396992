"""Paths between two nodes, or two sets of them: the shortest first, then the ones with fewer conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, EdgeKind, IamGraph
from iamviz.graph.reach import Relation, edges_between
from iamviz.graph.stretch import Stretch, stretch_between
from iamviz.graph.walking import WALKED, Mask, distances, entering, hop_lengths, leaving, touching, walkable
from iamviz.policy.expression import Certainty

SPARE = 3
"""How many times the asked number of paths is looked at before ranking: parallel patterns fold into one."""

MOST_WALKS = 2_000
"""Walks that are looked at where paths have to pass a node of `via`."""

_START, _END = -1, -2
"""Stand for all sources and all targets: nodes have no negative numbers."""


@dataclass(frozen=True, slots=True)
class Path:
    """`hops` counts the identities taken over, the administration of an account among them."""

    relations: tuple[Relation, ...]
    hops: int

    @property
    def certainty(self) -> Certainty:
        return min((relation.certainty for relation in self.relations), default=Certainty.CERTAIN)

    @property
    def conditional_steps(self) -> int:
        return sum(relation.certainty != Certainty.CERTAIN for relation in self.relations)


@dataclass(frozen=True, slots=True)
class PathSet:
    """`searched_nodes` and `searched_edges` count what lies within reach of the sources.

    `truncated`: the part between sources and targets was too large to list every path in it.
    """

    paths: tuple[Path, ...]
    more: bool
    searched_nodes: int
    searched_edges: int
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """From where to where, by which edges. `max_hops` counts identities taken over; `via` must all be passed."""

    sources: Collection[int]
    targets: Collection[int]
    limit: int = 10
    max_hops: int = 6
    kinds: Collection[EdgeKind] = WALKED
    conditional: bool = True
    unknown: bool = False
    via: Sequence[int] = ()
    avoid: Sequence[int] = ()

    @property
    def certainties(self) -> list[Certainty]:
        conditional, unknown = [Certainty.CONDITIONAL] * self.conditional, [Certainty.UNKNOWN] * self.unknown
        return [Certainty.CERTAIN, *conditional, *unknown]


def allowed_edges(graph: IamGraph, question: Question) -> Mask:
    """Which edges the question lets a walk use."""
    allowed = walkable(graph, certainties=question.certainties, kinds=question.kinds)
    return allowed & ~touching(graph, question.avoid)


def find_paths(graph: IamGraph, question: Question) -> PathSet:
    """At most `limit` simple paths, by ease: fewest hops, then the surest, then fewest conditions.

    A path holds one source and one target, at its ends; who is both is a source.
    """
    targets = set(question.targets) - set(question.sources)
    allowed = allowed_edges(graph, question)
    allowed &= ~entering(graph, question.sources) & ~leaving(graph, targets)
    ahead = distances(graph, question.sources, allowed, budget=question.max_hops)
    nodes, edges = int(np.count_nonzero(ahead >= 0)), int(np.count_nonzero(allowed & (ahead[graph.source] >= 0)))
    ends = [target for target in targets if ahead[target] >= 0]
    if not ends:
        return PathSet((), more=False, searched_nodes=nodes, searched_edges=edges)
    behind = distances(graph, ends, allowed, budget=question.max_hops, backwards=True)
    stretch = stretch_between(graph, allowed, ahead, behind, question.max_hops)
    stops, more = _stops(graph, _view(stretch, question.sources, ends), question)
    lengths = hop_lengths(graph)
    paths = (_path(graph, stretch.edges, lengths, each) for each in stops)
    return PathSet(tuple(sorted(paths, key=_ease)), more, nodes, edges, stretch.truncated)


def _stops(graph: IamGraph, view: nx.DiGraph[int], question: Question) -> tuple[list[tuple[int, ...]], bool]:
    """The distinct runs of nodes, patterns left out, and whether there is one more than asked for."""
    found: dict[tuple[int, ...], None] = {}
    for walk in _walks(view, question):
        stops = tuple(node for node in walk[1:-1] if not graph.is_pattern[node])
        if set(question.via) <= set(stops):
            found[stops] = None
        if len(found) > question.limit:
            break
    return list(found)[: question.limit], len(found) > question.limit


def _ease(path: Path) -> tuple[int, int, int, tuple[int, ...]]:
    return path.hops, -int(path.certainty), path.conditional_steps, tuple(each.target for each in path.relations)


def _view(stretch: Stretch, sources: Iterable[int], targets: Iterable[int]) -> nx.DiGraph[int]:
    """What lies between the ends, with one node before all sources and one behind all targets."""
    view: nx.DiGraph[int] = nx.DiGraph()
    view.add_weighted_edges_from(_lightest(stretch.steps))
    view.add_weighted_edges_from((_START, node, 0) for node in sources if node in view)
    view.add_weighted_edges_from((node, _END, 0) for node in targets if node in view)
    return view


def _lightest(steps: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """One step for each pair of nodes."""
    lightest: dict[tuple[int, int], int] = {}
    for source, target, weight in steps:
        lightest[source, target] = min(weight, lightest.get((source, target), weight))
    yield from ((source, target, weight) for (source, target), weight in lightest.items())


def _walks(view: nx.DiGraph[int], question: Question) -> Iterator[list[int]]:
    if _START not in view or _END not in view:
        return
    walks = nx.shortest_simple_paths(view, _START, _END, weight="weight")
    for walk in islice(walks, MOST_WALKS if question.via else question.limit * SPARE):
        if nx.path_weight(view, walk, weight="weight") > question.max_hops:
            return
        yield walk


def _path(graph: IamGraph, within: Mask, lengths: NDArray[np.int8], stops: Sequence[int]) -> Path:
    steps = [_easiest(graph, within, lengths, source, target) for source, target in pairwise(stops)]
    return Path(tuple(relation for _, relation in steps), sum(length for length, _ in steps))


def _easiest(
    graph: IamGraph, within: Mask, lengths: NDArray[np.int8], source: int, target: int
) -> tuple[int, Relation]:
    """Of the relations between two nodes the shortest, then the surest, with its length."""
    relations = edges_between(graph, source, target, within)
    measured = [(int(lengths[relation.edges[0][-1]]), relation) for relation in relations]
    return min(measured, key=lambda item: (item[0], -int(item[1].certainty), EDGE_KINDS.index(item[1].kind)))
