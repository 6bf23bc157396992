"""The graph as the stable formats iamviz-graph/1 and the list of all assume-role pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from iamviz.graph.model import ADMIN, EDGE_KINDS, NODE_KINDS, Evidence, IamGraph, Link, holds
from iamviz.graph.reach import method_of
from iamviz.inventory.model import Notice
from iamviz.policy.expression import Certainty, tests
from iamviz.policy.principal import reported_key

FORMAT = "iamviz-graph/1"


def graph_document(graph: IamGraph, notices: Iterable[Notice]) -> dict[str, object]:
    """The whole graph as one JSON object; pattern nodes are kept as they are stored."""
    return {
        "format": FORMAT,
        "nodes": [_node(graph, number) for number in range(len(graph.ids))],
        "edges": [_edge(graph, number) for number in range(len(graph.source))],
        "blocked": [_blocked(graph, link) for link in graph.blocked],
        "coverage": [notice_document(notice) for notice in notices],
    }


def notice_document(notice: Notice) -> dict[str, object]:
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


def _edge(graph: IamGraph, number: int) -> dict[str, object]:
    proofs = graph.proofs[number]
    conditions = dict.fromkeys(tests(holds(proofs)))
    return {
        "source": graph.ids[graph.source[number]],
        "target": graph.ids[graph.target[number]],
        "kind": EDGE_KINDS[graph.edge_kind[number]],
        "certainty": Certainty(int(graph.edge_certainty[number])).name.lower(),
        "conditions": sorted(
            (
                {
                    "operator": each.operator,
                    "key": reported_key(each.key),
                    "values": list(each.values),
                    "negated": negated,
                }
                for each, negated in conditions
            ),
            key=repr,
        ),
        "method": method_of(graph, (number,)),
        "evidence": [_evidence(each) for each in dict.fromkeys(each for proof in proofs for each in proof.evidence)],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "policy": evidence.policy,
        "owner": evidence.owner,
        "statement": evidence.statement,
        "sid": evidence.sid,
        "side": evidence.side,
        "effect": evidence.effect,
    }


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
        "evidence": [_evidence(each) for each in link.evidence],
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
