"""Who can become a node in one step, and what it can become: patterns are walked through, one or several in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import EDGE_KINDS, EdgeKind, IamGraph, Link, Proof, holds
from iamviz.graph.walking import TAKEOVER, Mask, patterns_around, walkable
from iamviz.policy.expression import Certainty, Expression, all_of

ASSUME_ROLE = "sts-001"
"""What the catalogue of escalation methods calls a can-assume edge."""

Run = tuple[int, ...]
"""Edges one after the other: all nodes between the first and the last are patterns, which lead in no circle."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One step from a node to another with every way in which it holds.

    `edges` are runs of stored edges: one edge, or several that meet at pattern nodes.
    """

    source: int
    target: int
    kind: EdgeKind
    certainty: Certainty
    edges: tuple[Run, ...]

    def proofs(self, graph: IamGraph) -> tuple[Proof, ...]:
        """The ways in, the hops of a pattern joined to one proof."""
        return tuple(dict.fromkeys(proof for run in self.edges for proof in _joined(graph, run)))

    def expression(self, graph: IamGraph) -> Expression:
        return holds(self.proofs(graph))

    def patterns(self, graph: IamGraph) -> tuple[int, ...]:
        """The first pattern of each run that meets one."""
        return tuple(int(graph.target[run[0]]) for run in self.edges if len(run) > 1)

    def methods(self, graph: IamGraph) -> tuple[str, ...]:
        """The escalation methods by which it is done, each once, sorted."""
        return tuple(sorted({method for run in self.edges if (method := method_of(graph, run)) is not None}))


def method_of(graph: IamGraph, run: Run) -> str | None:
    """The method of a run: that of the one edge that has one."""
    if EDGE_KINDS[graph.edge_kind[run[-1]]] == "can-assume":
        return ASSUME_ROLE
    return next((method for edge in run if (method := graph.method(edge)) is not None), None)


def inbound(graph: IamGraph, node: int) -> list[Relation]:
    """Every other node that reaches this one in one step, by number, patterns replaced by their members."""
    return _relations(graph, (run for edge in graph.in_edges(node) for run in _runs_back(graph, (int(edge),))))


def outbound(graph: IamGraph, node: int) -> list[Relation]:
    """Every other node that this one reaches in one step, by number."""
    return _relations(graph, (run for edge in graph.out_edges(node) for run in _runs_on(graph, (int(edge),))))


def edges_between(graph: IamGraph, source: int, target: int, allowed: Mask | None = None) -> list[Relation]:
    """The relations from source to target, at most one of each kind; `allowed` narrows the edges that count."""
    return _relations(graph, _runs_between(graph, source, target, allowed))


def blocked_between(graph: IamGraph, source: int, target: int) -> list[Link]:
    """What would lead from source to target but for one layer."""
    sources = {source, *patterns_around(graph, source)}
    targets = {target, *patterns_around(graph, target, backwards=True)}
    return [link for link in graph.blocked if link.target in targets and link.source in sources]


def reached_from(graph: IamGraph, sources: Iterable[int]) -> set[int]:
    """All that any of the sources can become in one step."""
    takeover = walkable(graph, certainties=tuple(Certainty), kinds=TAKEOVER)
    beyond = _Beyond(graph, takeover, inwards=False)
    return set(chain.from_iterable(beyond.others(node).tolist() for node in sources))


def degrees(graph: IamGraph, *, inwards: bool) -> NDArray[np.int32]:
    """For each node how many others take it over (or it takes over) in one step."""
    takeover = walkable(graph, certainties=tuple(Certainty), kinds=TAKEOVER)
    near, far = (graph.target, graph.source) if inwards else (graph.source, graph.target)
    found = _direct_degrees(graph, near, far, takeover)
    beyond = _Beyond(graph, takeover, inwards=inwards)
    for node in np.unique(near[takeover & graph.is_pattern[far]]).tolist():
        found[node] = beyond.count(node)
    return np.where(graph.is_pattern, 0, found).astype(np.int32)


def _direct_degrees(
    graph: IamGraph, near: NDArray[np.int32], far: NDArray[np.int32], allowed: Mask
) -> NDArray[np.int64]:
    """For each node how many others a single edge leads to; parallel edges count once."""
    kept, nodes = allowed & (near != far), len(graph.ids)
    pairs = np.unique(near[kept].astype(np.int64) * nodes + far[kept])
    return np.bincount(pairs // nodes, minlength=nodes)


class _Beyond:
    """What lies one step from a node; what lies beyond the same patterns is worked out once."""

    def __init__(self, graph: IamGraph, allowed: Mask, *, inwards: bool) -> None:
        self._graph = graph
        self._allowed = allowed
        self._inwards = inwards
        self._behind: dict[tuple[int, ...], NDArray[np.int32]] = {}

    def count(self, node: int) -> int:
        """How many other nodes; none for a pattern, which is nobody."""
        if self._graph.is_pattern[node]:
            return 0
        others = self.others(node)
        return len(others) - int(np.count_nonzero(others == node))

    def others(self, node: int) -> NDArray[np.int32]:
        """Their numbers, each once, sorted; the node itself may be among them."""
        direct, patterns = self._ends(node)
        behind = self._behind_all(patterns)
        return np.union1d(direct, behind) if len(direct) else behind

    def _ends(self, node: int) -> tuple[NDArray[np.int32], tuple[int, ...]]:
        graph = self._graph
        edges, ends = (graph.in_edges(node), graph.source) if self._inwards else (graph.out_edges(node), graph.target)
        others = np.unique(ends[edges[self._allowed[edges]]])
        is_pattern = graph.is_pattern[others]
        return others[~is_pattern], tuple(others[is_pattern].tolist())

    def _behind_all(self, patterns: tuple[int, ...]) -> NDArray[np.int32]:
        if patterns not in self._behind:
            found = [np.empty(0, dtype=np.int32)]
            waiting, seen = list(patterns), set(patterns)
            while waiting:
                direct, further = self._ends(waiting.pop())
                found.append(direct)
                waiting += [each for each in further if each not in seen]
                seen.update(further)
            self._behind[patterns] = np.unique(np.concatenate(found))
        return self._behind[patterns]


def _runs_on(graph: IamGraph, run: Run) -> Iterator[Run]:
    """The run to its ends, by every way on through patterns."""
    at = int(graph.target[run[-1]])
    if not graph.is_pattern[at]:
        yield run
    else:
        for edge in map(int, graph.out_edges(at)):
            yield from _runs_on(graph, (*run, edge))


def _runs_back(graph: IamGraph, run: Run) -> Iterator[Run]:
    at = int(graph.source[run[0]])
    if not graph.is_pattern[at]:
        yield run
    else:
        for edge in map(int, graph.in_edges(at)):
            yield from _runs_back(graph, (edge, *run))


def _runs_between(graph: IamGraph, source: int, target: int, allowed: Mask | None) -> Iterator[Run]:
    """Every run from source to target, walked only where it can end there."""
    towards = {target, *patterns_around(graph, target, backwards=True)}

    def walk(run: Run, at: int) -> Iterator[Run]:
        edges = graph.out_edges(at)
        edges = edges if allowed is None else edges[allowed[edges]]
        for edge in map(int, edges[np.isin(graph.target[edges], list(towards))]):
            end = int(graph.target[edge])
            if end == target:
                yield (*run, edge)
            else:
                yield from walk((*run, edge), end)

    return walk((), source)


def _relations(graph: IamGraph, runs: Iterable[Run]) -> list[Relation]:
    found: dict[tuple[int, int, int], list[Run]] = {}
    for run in runs:
        key = (int(graph.source[run[0]]), int(graph.target[run[-1]]), int(graph.edge_kind[run[-1]]))
        found.setdefault(key, []).append(run)
    return [
        Relation(source, target, EDGE_KINDS[kind], run_certainty(graph, together), tuple(together))
        for (source, target, kind), together in sorted(found.items())
        if source != target
    ]


def run_certainty(graph: IamGraph, runs: Iterable[Run]) -> Certainty:
    """The strongest of the runs, each as weak as its weakest edge."""
    return Certainty(max(min(int(graph.edge_certainty[edge]) for edge in run) for run in runs))


def _joined(graph: IamGraph, run: Run) -> tuple[Proof, ...]:
    if len(run) == 1:
        return graph.proofs[run[0]]
    ways = product(*(graph.proofs[edge] for edge in run))
    return tuple(
        Proof(
            all_of(proof.expression for proof in way),
            tuple(chain.from_iterable(proof.evidence for proof in way)),
        )
        for way in ways
    )
