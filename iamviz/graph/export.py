"""The graph as the stable formats iamviz-graph/1 and the list of all assume-role pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

import numpy as np
from msgspec import Raw
from msgspec.json import encode
from numpy.typing import NDArray

from iamviz.graph.model import ADMIN, EDGE_KINDS, NODE_KINDS, Evidence, IamGraph, Link, Proof, holds
from iamviz.graph.reach import method_of
from iamviz.inventory.model import Notice
from iamviz.policy.expression import ALWAYS, Certainty, Expression, tests
from iamviz.policy.principal import reported_key

FORMAT = "iamviz-graph/1"

_AT_ONCE = 1_000
_CERTAINTIES = {int(each): each.name.lower() for each in Certainty}


def graph_text(graph: IamGraph, notices: Iterable[Notice]) -> Iterator[bytes]:
    """The whole graph as the text of one JSON object, piece by piece; pattern nodes are kept as they are stored."""
    lists: Mapping[str, Iterable[object]] = {
        "nodes": (_node(graph, number) for number in range(len(graph.ids))),
        "edges": _Edges(graph).all(),
        "blocked": (_blocked(graph, link) for link in graph.blocked),
        "coverage": map(_coverage, notices),
    }
    yield b'{"format":' + encode(FORMAT)
    for name, found in lists.items():
        yield b"," + encode(name) + b":["
        yield from _items(found)
        yield b"]"
    yield b"}"


def _items(found: Iterable[object]) -> Iterator[bytes]:
    start = b""
    for chunk in iter(partial(_chunk, iter(found)), ()):
        # A list in brackets, and these taken off.
        yield start + encode(chunk)[1:-1]
        start = b","


def _chunk(found: Iterator[object]) -> tuple[object, ...]:
    return tuple(islice(found, _AT_ONCE))


def _coverage(notice: Notice) -> dict[str, object]:
    return {
        "account": notice.account,
        "file": notice.file,
        "place": notice.place,
        "kind": notice.kind,
        "text": notice.text,
    }


def _node(graph: IamGraph, number: int) -> dict[str, object]:
    node = graph.node(number)
    return {"id": node.id, "kind": node.kind, "account": node.account, "admin": node.admin, "power": node.power}


class _Edges:
    """The edges of a graph as they are written; what an expression comes to is written once."""

    def __init__(self, graph: IamGraph) -> None:
        self._graph = graph
        self._conditions: dict[Expression, Raw] = {ALWAYS: Raw(b"[]")}

    def all(self) -> Iterator[dict[str, object]]:
        graph = self._graph
        ends = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
        kinds = zip(graph.edge_kind.tolist(), graph.edge_certainty.tolist(), strict=True)
        for number, ((source, target), (kind, certainty)) in enumerate(zip(ends, kinds, strict=True)):
            proofs = graph.proofs[number]
            term = proofs[0].expression if len(proofs) == 1 else holds(proofs)
            yield {
                "source": graph.ids[source],
                "target": graph.ids[target],
                "kind": EDGE_KINDS[kind],
                "certainty": _CERTAINTIES[certainty],
                "conditions": self._written(term),
                "method": method_of(graph, (number,)),
                "evidence": _evidence(proofs),
            }

    def _written(self, term: Expression) -> Raw:
        if term not in self._conditions:
            self._conditions[term] = Raw(encode(_conditions(term)))
        return self._conditions[term]


def _evidence(proofs: Sequence[Proof]) -> Iterable[Evidence]:
    if len(proofs) == 1:
        return proofs[0].evidence
    return list(dict.fromkeys(each for proof in proofs for each in proof.evidence))


def _conditions(term: Expression) -> list[dict[str, object]]:
    found = [
        {"operator": each.operator, "key": reported_key(each.key), "values": list(each.values), "negated": negated}
        for each, negated in dict.fromkeys(tests(term))
    ]
    return sorted(found, key=repr)


def _blocked(graph: IamGraph, link: Link) -> dict[str, object]:
    deciding = link.evidence[0] if link.evidence else None
    return {
        "source": graph.ids[link.source],
        "target": graph.ids[link.target],
        "kind": link.kind,
        "method": link.method,
        "layer": link.layer,
        "reason": link.reason,
        "policy": deciding.policy if deciding else None,
        "statement": deciding.statement if deciding else None,
        "evidence": link.evidence,
    }


def assume_edges(graph: IamGraph) -> Iterator[tuple[str, str, str]]:
    """Every pair of an identity and a role that it can assume, patterns expanded, sorted, nobody with itself."""
    users_and_roles = np.isin(graph.kind_of, [NODE_KINDS.index("user"), NODE_KINDS.index("role")])
    ends = _Ends(graph, users_and_roles)
    for source in sorted(np.flatnonzero(users_and_roles).tolist(), key=lambda node: graph.ids[node]):
        best = ends.beyond(source)
        for target in sorted(best, key=lambda node: graph.ids[node]):
            if target != source:
                yield graph.ids[source], graph.ids[target], Certainty(best[target]).name.lower()


class _Ends:
    """What can-assume leads to from a node, each with the certainty of the surest way; patterns are walked once."""

    def __init__(self, graph: IamGraph, wanted: NDArray[np.bool_]) -> None:
        self._graph = graph
        self._wanted = wanted
        self._assume = graph.edge_kind == EDGE_KINDS.index("can-assume")
        self._behind: dict[int, Mapping[int, int]] = {}

    def beyond(self, node: int) -> dict[int, int]:
        graph = self._graph
        best: dict[int, int] = {}
        edges = graph.out_edges(node)
        for edge in edges[self._assume[edges]].tolist():
            target, certainty = int(graph.target[edge]), int(graph.edge_certainty[edge])
            if graph.is_pattern[target]:
                for end, there in self._behind_pattern(target).items():
                    best[end] = max(best.get(end, 0), min(certainty, there))
            elif self._wanted[target]:
                best[target] = max(best.get(target, 0), certainty)
        return best

    def _behind_pattern(self, pattern: int) -> Mapping[int, int]:
        if pattern not in self._behind:
            self._behind[pattern] = self.beyond(pattern)
        return self._behind[pattern]


def counts(graph: IamGraph) -> dict[str, object]:
    """How many nodes of each kind, edges of each kind and certainty, admins and blocked edges."""
    kinds = np.bincount(graph.kind_of, minlength=len(NODE_KINDS))
    edges = {
        kind: {
            certainty.name.lower(): int(
                np.count_nonzero((graph.edge_kind == number) & (graph.edge_certainty == int(certainty)))
            )
            for certainty in Certainty
        }
        for number, kind in enumerate(EDGE_KINDS)
    }
    identities = np.isin(graph.kind_of, [NODE_KINDS.index("user"), NODE_KINDS.index("role")])
    admins = np.bincount(graph.admin[identities], minlength=len(ADMIN))
    return {
        "accounts": sum(note.in_snapshot for note in graph.accounts),
        "nodes": {kind: int(kinds[number]) for number, kind in enumerate(NODE_KINDS) if kinds[number]},
        "edges": {kind: found for kind, found in edges.items() if any(found.values())},
        "blocked": len(graph.blocked),
        "admins": {name: int(admins[number]) for number, name in enumerate(ADMIN) if name != "no"},
    }
