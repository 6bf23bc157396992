"""What stands for a node where accounts are drawn and not identities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iamviz.graph.model import AccountNote, IamGraph, NodeKind


@dataclass(frozen=True, slots=True)
class StandIn:
    """One mark for many nodes; `id` is an account's, a node's own, or `folded:…` for what has no node of its own."""

    id: str
    kind: NodeKind
    label: str


SERVICES = StandIn("folded:service", "service", "AWS services")
DELETED = StandIn("folded:dangling", "dangling", "Deleted principals")
IDENTITY_CENTER = StandIn("folded:identity-center", "saml-provider", "IAM Identity Center")

FOLDED: Mapping[NodeKind, StandIn] = {"service": SERVICES, "dangling": DELETED, "permission-set": IDENTITY_CENTER}


def is_inside(note: AccountNote) -> bool:
    """Whether the account is the user's own."""
    return note.in_snapshot or note.in_organization


def stand_in(graph: IamGraph, node: int) -> StandIn | None:
    """The mark for a node; None for one that nothing stands for."""
    kind, name = graph.kind(node), graph.names[node]
    match kind:
        case "service" | "dangling" | "permission-set":
            return FOLDED[kind]
        case "saml-provider" | "oidc-provider":
            return _provider(kind, name)
        case "federated-subject":
            return _subject(graph, node)
        case "anyone" | "web-identity":
            return StandIn(graph.ids[node], kind, name)
    return _account(graph.account(node))


def _provider(kind: NodeKind, name: str) -> StandIn:
    if kind == "saml-provider" and name.startswith("AWSSSO_") and name.endswith("_DO_NOT_DELETE"):
        # https://docs.aws.amazon.com/singlesignon/latest/userguide/idp.html: one in each account, all alike.
        return IDENTITY_CENTER
    return StandIn(f"folded:{kind}:{name}", kind, name)


def _subject(graph: IamGraph, node: int) -> StandIn:
    """The provider that vouches for the subject: its id goes before the `#`."""
    provider = graph.index(graph.ids[node].partition("#")[0])
    if provider is None:
        return StandIn(graph.ids[node], graph.kind(node), graph.names[node])
    return _provider(graph.kind(provider), graph.names[provider])


def _account(note: AccountNote | None) -> StandIn | None:
    if note is None:
        return None
    return StandIn(f"account:{note.id}", "account" if is_inside(note) else "external-account", note.name)
