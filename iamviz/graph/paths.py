"""Paths between two nodes: the shortest first, then the ones with fewer conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, EdgeKind, IamGraph
from iamviz.graph.reach import TAKEOVER, Relation, distances, half_hops, run_certainty, walkable
from iamviz.policy.expression import Certainty

SPARE = 3
"""How many times the asked number of paths is looked at before ranking: parallel patterns fold into one."""


MOST_PAIRS = 50_000
"""Pairs up to which the part of the graph between source and target is expanded before paths are listed."""

Step = tuple[int, int, int, tuple[int, ...]]
"""Source, target, weight and the run of stored edges."""


@dataclass(frozen=True, slots=True)
class Path:
    relations: tuple[Relation, ...]

    @property
    def hops(self) -> int:
        return sum(relation.kind != "member-of" for relation in self.relations)

    @property
    def certainty(self) -> Certainty:
        return min((relation.certainty for relation in self.relations), default=Certainty.CERTAIN)

    @property
    def conditional_steps(self) -> int:
        return sum(relation.certainty != Certainty.CERTAIN for relation in self.relations)


@dataclass(frozen=True, slots=True)
class PathSet:
    """`searched_nodes` and `searched_edges` count what lies within reach of the source."""

    paths: tuple[Path, ...]
    more: bool
    searched_nodes: int
    searched_edges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """From where to where, by which edges. `max_hops` counts identities taken over; `via` must all be passed."""

    source: int
    target: int
    limit: int = 10
    max_hops: int = 6
    kinds: Collection[EdgeKind] = TAKEOVER
    conditional: bool = True
    unknown: bool = False
    via: Sequence[int] = ()
    avoid: Sequence[int] = ()

    @property
    def certainties(self) -> list[Certainty]:
        conditional, unknown = [Certainty.CONDITIONAL] * self.conditional, [Certainty.UNKNOWN] * self.unknown
        return [Certainty.CERTAIN, *conditional, *unknown]


def find_paths(graph: IamGraph, question: Question) -> PathSet:
    """At most `limit` simple paths, by ease: fewest hops, then the surest, then fewest conditions."""
    allowed = walkable(graph, certainties=question.certainties, kinds=question.kinds)
    allowed &= ~np.isin(graph.source, question.avoid) & ~np.isin(graph.target, question.avoid)
    budget = 2 * question.max_hops
    ahead = distances(graph, question.source, allowed, budget=budget)
    nodes, edges = int(np.count_nonzero(ahead >= 0)), int(np.count_nonzero(allowed & (ahead[graph.source] >= 0)))
    if ahead[question.target] < 0 or question.source == question.target:
        return PathSet((), more=False, searched_nodes=nodes, searched_edges=edges)
    behind = distances(graph, question.target, allowed, budget=budget, backwards=True)
    view = _view(graph, allowed, ahead, behind, budget)
    stops, more = _stops(graph, view, question)
    paths = (Path(tuple(_relations(graph, view, each))) for each in stops)
    return PathSet(tuple(sorted(paths, key=_ease)), more, nodes, edges)


def _stops(graph: IamGraph, view: nx.DiGraph[int], question: Question) -> tuple[list[tuple[int, ...]], bool]:
    """The distinct runs of nodes, patterns left out, and whether there is one more than asked for."""
    found: dict[tuple[int, ...], None] = {}
    for walk in _walks(view, question):
        stops = tuple(node for node in walk if not graph.is_pattern[node])
        if set(question.via) <= set(stops):
            found[stops] = None
        if len(found) > question.limit:
            break
    return list(found)[: question.limit], len(found) > question.limit


def _ease(path: Path) -> tuple[int, int, int, tuple[int, ...]]:
    return path.hops, -int(path.certainty), path.conditional_steps, tuple(each.target for each in path.relations)


def _view(
    graph: IamGraph, allowed: NDArray[np.bool_], ahead: NDArray[np.int32], behind: NDArray[np.int32], budget: int
) -> nx.DiGraph[int]:
    """The part of the graph that lies on some walk within the budget; each edge knows the `runs` it stands for."""
    weights, before, after = half_hops(graph), ahead[graph.source], behind[graph.target]
    near = np.flatnonzero(allowed & (before >= 0) & (after >= 0) & (before + weights + after <= budget))
    kept = [(int(graph.source[edge]), int(graph.target[edge]), int(weights[edge]), (int(edge),)) for edge in near]
    view: nx.DiGraph[int] = nx.DiGraph()
    for source, target, weight, run in _expanded(graph, kept):
        known = view.get_edge_data(source, target, default={"runs": ()})
        view.add_edge(source, target, weight=weight, runs=(*known["runs"], run))
    return view


def _expanded(graph: IamGraph, steps: Sequence[Step]) -> Iterable[Step]:
    """Pairs in place of pattern nodes, so that one walk may pass a pattern twice; patterns where pairs are too many."""
    into: defaultdict[int, list[Step]] = defaultdict(list)
    out_of: defaultdict[int, list[Step]] = defaultdict(list)
    direct: list[Step] = []
    for step in steps:
        if graph.is_pattern[step[1]]:
            into[step[1]].append(step)
        elif graph.is_pattern[step[0]]:
            out_of[step[0]].append(step)
        else:
            direct.append(step)
    if sum(len(into[pattern]) * len(out_of[pattern]) for pattern in into) > MOST_PAIRS:
        return steps
    pairs = (pair for pattern in into for pair in product(into[pattern], out_of[pattern]))
    joined = ((first[0], last[1], first[2] + last[2], (*first[3], *last[3])) for first, last in pairs)
    return [*direct, *(step for step in joined if step[0] != step[1])]


def _walks(view: nx.DiGraph[int], question: Question) -> Iterator[list[int]]:
    if question.source not in view or question.target not in view:
        return
    walks = nx.shortest_simple_paths(view, question.source, question.target, weight="weight")
    for walk in islice(walks, question.limit * SPARE * (4 if question.via else 1)):
        if nx.path_weight(view, walk, weight="weight") > 2 * question.max_hops:
            return
        yield walk


def _relations(graph: IamGraph, view: nx.DiGraph[int], stops: Sequence[int]) -> Iterator[Relation]:
    for source, target in pairwise(stops):
        runs = list(_runs(graph, view, source, target))
        kind = EDGE_KINDS[graph.edge_kind[runs[0][-1]]]
        alike = tuple(run for run in runs if EDGE_KINDS[graph.edge_kind[run[-1]]] == kind)
        yield Relation(source, target, kind, run_certainty(graph, alike), alike)


def _runs(graph: IamGraph, view: nx.DiGraph[int], source: int, target: int) -> Iterator[tuple[int, ...]]:
    for middle in view.successors(source):
        if middle == target:
            yield from view.edges[source, target]["runs"]
        elif graph.is_pattern[middle] and view.has_edge(middle, target):
            for first, last in product(view.edges[source, middle]["runs"], view.edges[middle, target]["runs"]):
                yield (*first, *last)
