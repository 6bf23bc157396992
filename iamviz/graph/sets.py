"""Sets of nodes that a question names in a word: whoever is outside, the admins, an account, an OU."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from iamviz.graph.admin_reach import admin_nodes
from iamviz.graph.model import NODE_KINDS, OUTSIDE, IamGraph, NodeKind
from iamviz.policy.arn import is_account

ENTRIES: frozenset[NodeKind] = OUTSIDE | {"federated-subject", "oidc-provider", "saml-provider"}
"""Where somebody gets in who is no identity of the snapshot. Services are none: they act for who set them up."""

MEMBERS: frozenset[NodeKind] = frozenset({"user", "role", "account", "external-account", "external-principal"})
"""What is meant by an account: its identities, or what stands for them."""

WORDS = ("any-external", "any-user", "admin")


def named_set(graph: IamGraph, text: str) -> list[int] | None:
    """The nodes of the set, None where the text names none. `admin:<account>` is a node, and names itself."""
    match text:
        case "any-external":
            return nodes_of_kinds(graph, ENTRIES)
        case "any-user":
            return nodes_of_kinds(graph, {"user"})
        case "admin":
            return admin_nodes(graph)
    if is_account(text):
        return _members(graph, {text})
    if text.startswith(("ou-", "r-")):
        inside = {note.id for note in graph.accounts if any(text == unit for unit, _ in note.units)}
        return _members(graph, inside)
    return None


def nodes_of_kinds(graph: IamGraph, kinds: Collection[NodeKind]) -> list[int]:
    return list(map(int, np.flatnonzero(np.isin(graph.kind_of, [NODE_KINDS.index(kind) for kind in kinds]))))


def _members(graph: IamGraph, accounts: Collection[str]) -> list[int]:
    positions = [graph.account_position[account] for account in accounts if account in graph.account_position]
    members = np.array(nodes_of_kinds(graph, MEMBERS), dtype=np.int64)
    return list(map(int, members[np.isin(graph.account_of[members], positions)]))
