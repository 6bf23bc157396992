"""Who reaches the administration of an account: of one, or of any. Answered for the whole organization at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from iamviz.graph.model import ADMIN, NODE_KINDS, IamGraph
from iamviz.graph.radius import radius
from iamviz.graph.walking import Mask
from iamviz.policy.expression import Certainty


@dataclass(frozen=True, slots=True)
class Reaching:
    """An identity that is not admin, how many identities it takes over to become one, and how sure that is."""

    node: int
    hops: int
    certainty: Certainty


def admin_nodes(graph: IamGraph, account: str | None = None) -> list[int]:
    """The nodes that stand for the administration of accounts: of one, or of all."""
    found = np.flatnonzero(graph.kind_of == NODE_KINDS.index("admin")).tolist()
    return [node for node in found if account is None or graph.ids[node] == f"admin:{account}"]


def reaching_admin(graph: IamGraph) -> list[Reaching]:
    """Users and roles that are no admin, not even under conditions, and can become one, in the order of nodes.

    A certain way is told before a shorter one that hangs on conditions. Edges of which a side is missing never count.
    """
    found = radius(graph, admin_nodes(graph), backwards=True)
    nodes = np.flatnonzero(_powerless(graph) & (found.certainty > 0))
    hops, certainties = np.maximum(found.hops[nodes], 1).tolist(), found.certainty[nodes].tolist()
    words = {int(each): each for each in Certainty}
    return [Reaching(node, far, words[sure]) for node, far, sure in zip(nodes.tolist(), hops, certainties, strict=True)]


def _powerless(graph: IamGraph) -> Mask:
    identities = np.isin(graph.kind_of, [NODE_KINDS.index("user"), NODE_KINDS.index("role")])
    return identities & np.equal(graph.admin, ADMIN.index("no"))


def reach_admin(graph: IamGraph) -> Iterator[tuple[str, int, str]]:
    """The lines of `--reach-admin`: ARN, hops, certainty, sorted by ARN."""
    for each in sorted(reaching_admin(graph), key=lambda reaching: graph.ids[reaching.node]):
        yield graph.ids[each.node], each.hops, each.certainty.name.lower()
