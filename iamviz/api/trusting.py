"""Whom a role trusts: each principal of each statement, with the identities that it lets in today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from iamviz.api.rendering import certainty_of_expression, certainty_word
from iamviz.graph.model import IamGraph, Proof, Trust
from iamviz.graph.reach import Relation, inbound
from iamviz.policy.expression import ALWAYS, Certainty, Expression, Test, all_of, any_of, tests
from iamviz.policy.principal import CALLER_SESSION

Entry = tuple[int, str]
"""Statement and principal."""
Pair = tuple[int, int]


def trusts_of(graph: IamGraph, role: str) -> list[Trust]:
    return [trust for trust in graph.trusts if trust.role == role]


def count_identities(graph: IamGraph, role: int, trusts: Sequence[Trust]) -> Counter[Entry]:
    """How many users and roles each trust of the role lets in today."""
    counts: Counter[Entry] = Counter()
    for relation in inbound(graph, role):
        # Who escalates to the role gets there by its own permissions: no trust lets it in.
        if relation.kind == "can-assume" and graph.kind(relation.source) in {"user", "role"}:
            counts.update(_entries(graph, relation, trusts))
    return counts


def _entries(graph: IamGraph, relation: Relation, trusts: Sequence[Trust]) -> set[Entry]:
    matching = [trust for trust in trusts if admits(graph, trust, relation.source)]
    if len({trust.statement for trust in matching}) > 1:
        # Only then does it matter which statements the relation rests on; finding out is dear.
        proven = {
            evidence.statement
            for proof in relation.proofs(graph)
            for evidence in proof.evidence
            if evidence.side == "trust" and evidence.effect == "Allow"
        }
        matching = [trust for trust in matching if trust.statement in proven]
    return {(trust.statement, trust.principal) for trust in matching}


def admits(graph: IamGraph, trust: Trust, source: int) -> bool:
    match trust.level:
        case "named":
            return graph.ids[source] == trust.principal
        case "account":
            note = graph.account(source)
            return note is not None and trust.principal == f"account:{note.id}"
        case "anyone":
            return True
        case _:
            return False


def certainty_of_trust(graph: IamGraph, trust: Trust, blocked: Collection[Pair]) -> str | None:
    """How sure it is that the principal gets in; None where another statement or layer keeps it out.

    The principal's own edge says it where there is one, else (an account of the snapshot) the statement alone.
    `blocked` are sources and targets of what is blocked.
    """
    source, target = graph.index(trust.principal), graph.index(trust.role)
    if source is None or target is None:
        return certainty_of_expression(trust.expression)
    known = [int(graph.edge_certainty[edge]) for edge in graph.in_edges(target) if graph.source[edge] == source]
    if known:
        return certainty_word(Certainty(max(known)))
    return None if (source, target) in blocked else certainty_of_expression(trust.expression)


def conditions_of_trust(graph: IamGraph, trust: Trust) -> Expression:
    """The conditions of the statement, and the session where it lets in only one session of a role."""
    source, target = graph.index(trust.principal), graph.index(trust.role)
    if trust.level != "named" or source is None or target is None:
        return trust.expression
    edges = [int(edge) for edge in graph.in_edges(target) if graph.source[edge] == source]
    proofs = [proof for edge in edges for proof in graph.proofs[edge] if _rests_on(proof, trust)]
    sessions = {
        condition for proof in proofs for condition, _ in tests(proof.expression) if condition.key == CALLER_SESSION
    }
    return all_of((trust.expression, any_of(Test(condition) for condition in sessions) if sessions else ALWAYS))


def _rests_on(proof: Proof, trust: Trust) -> bool:
    return any(each.side == "trust" and each.statement == trust.statement for each in proof.evidence)


def blocked_pairs(graph: IamGraph) -> frozenset[Pair]:
    return frozenset((link.source, link.target) for link in graph.blocked)
