"""Edges from those who sign in, by the names that a person knows."""

from __future__ import annotations

from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.policy.expression import Certainty


def entry_edges(built: IamGraph) -> list[tuple[str, str, str]]:
    """Name of the source, name of the role and certainty, from each federated subject and permission set."""
    found = []
    for edge, (source, target) in enumerate(zip(built.source, built.target, strict=True)):
        if built.kind(int(source)) in {"federated-subject", "permission-set"}:
            certainty = Certainty(int(built.edge_certainty[edge])).name.lower()
            found.append((built.names[source], built.names[target], certainty))
    return sorted(found)


def entry_blocks(built: IamGraph) -> list[tuple[str, str, str]]:
    """Name of the source, kind of the edge, and why nobody gets in."""
    kept = [link for link in built.blocked if built.kind(link.source) in {"federated-subject", "permission-set"}]
    return sorted((built.names[link.source], link.kind, link.reason) for link in kept)


def kinds(built: IamGraph) -> set[str]:
    return {EDGE_KINDS[int(each)] for each in built.edge_kind}
