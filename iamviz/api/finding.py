"""Finding the node that somebody means: by id, by key, or by whatever was pasted."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.api.problems import NotFound
from iamviz.api.rendering import KEY_LENGTH, key_of
from iamviz.api.shapes import IDENTITY_KINDS
from iamviz.graph.model import NODE_KINDS, IamGraph
from iamviz.policy.arn import is_account, parse_arn
from iamviz.snapshots.models import IdentityRow, Revision

MOST_WORDS = 10
CALLERS = ("user", "role")


def find_node(graph: IamGraph, revision: Revision, text: str) -> int:
    """The node with this id or key. Raises NotFound naming it."""
    node = graph.index(text)
    if node is None and len(text) == KEY_LENGTH:
        node = _by_key(graph, revision, text)
    if node is None:
        raise NotFound(f"Revision {revision.number} holds no node with the id or key {text[:100]!r}.")
    return node


def _by_key(graph: IamGraph, revision: Revision, key: str) -> int | None:
    arn = revision.identities.filter(key=key).values_list("arn", flat=True).first()
    if arn is not None:
        return graph.index(arn)
    return next((node for node in _others(graph) if key_of(graph.ids[node]) == key), None)


def _others(graph: IamGraph) -> list[int]:
    """Nodes that have no row: accounts, services, providers, outsiders. There are few of them."""
    user, role, group = (graph.kind_of == NODE_KINDS.index(kind) for kind in IDENTITY_KINDS)
    return [int(node) for node in (~(user | role | group)).nonzero()[0]]


def find_identity(revision: Revision, key: str) -> IdentityRow:
    """The row of an identity by its key. Raises NotFound."""
    row = revision.identities.filter(key=key).first() if len(key) == KEY_LENGTH else None
    if row is None:
        raise NotFound
    return row


def find_caller(graph: IamGraph, revision: Revision, arn: str) -> int | None:
    """The user or role that calls under this ARN, be it the ARN of a session."""
    return next((node for node in _of_arn(graph, revision, arn) if graph.kind(node) in CALLERS), None)


def search_nodes(graph: IamGraph, revision: Revision, text: str, limit: int) -> list[int]:
    """What was pasted, the exact finds first: an id, an ARN of any kind, an account, a unique id, part of a name."""
    text = text.strip().strip("\"'")
    found: dict[int, None] = {}
    for node in _candidates(graph, revision, text, limit):
        found[node] = None
        if len(found) >= limit:
            break
    return list(found)


def _candidates(graph: IamGraph, revision: Revision, text: str, limit: int) -> Iterator[int]:
    yield from _known(graph, _exact(text))
    yield from _of_arn(graph, revision, text)
    yield from _of_unique_id(graph, revision, text)
    if parse_arn(text) is None:
        yield from _of_words(graph, revision, text, limit)


def _known(graph: IamGraph, ids: Iterator[str] | list[str]) -> Iterator[int]:
    for node_id in ids:
        node = graph.index(node_id)
        if node is not None:
            yield node


def _exact(text: str) -> list[str]:
    ids = [text, f"service:{text}", f"web:{text}", f"dangling:{text}"]
    return [*ids, f"account:{text}"] if is_account(text) else ids


def _of_arn(graph: IamGraph, revision: Revision, text: str) -> Iterator[int]:
    """Sessions and instance profiles lead to their role, `:root` and everything else to its account."""
    arn = parse_arn(text)
    if arn is None:
        return
    name = arn.resource.split("/")
    rows = revision.identities.filter(account=arn.account, kind="role")
    if arn.service == "sts" and arn.kind == "assumed-role" and len(name) > 1:
        yield from _known(graph, list(rows.filter(name__iexact=name[1]).values_list("arn", flat=True)))
    elif arn.kind == "instance-profile":
        yield from _roles_in(graph, text)
    elif arn.service == "iam" and arn.resource != "root":
        same = revision.identities.filter(account=arn.account, name__iexact=arn.name, kind=arn.kind)
        yield from _known(graph, list(same.values_list("arn", flat=True)))
    yield from _known(graph, [f"account:{arn.account}"])


def _roles_in(graph: IamGraph, instance_profile: str) -> Iterator[int]:
    """The roles of an instance profile, also those that do not let EC2 in."""
    node = graph.index(instance_profile)
    if node is not None:
        yield from (int(graph.target[edge]) for edge in graph.out_edges(node))
        yield from (link.target for link in graph.blocked if link.source == node)


def _of_unique_id(graph: IamGraph, revision: Revision, text: str) -> Iterator[int]:
    """`AROA…`, `AIDA…`, `AGPA…`, also with `:session` behind it as CloudTrail writes it."""
    unique_id = text.partition(":")[0]
    if unique_id.isalnum() and unique_id.isupper():
        rows = revision.identities.filter(unique_id=unique_id)
        yield from _known(graph, list(rows.values_list("arn", flat=True)))
        yield from _known(graph, [f"dangling:{unique_id}"])


def _of_words(graph: IamGraph, revision: Revision, text: str, limit: int) -> Iterator[int]:
    """Names that begin with the text, accounts with it, identities with all of its words, then everything else."""
    rows = revision.identities.order_by("name", "arn")
    yield from _known(graph, list(rows.filter(name__istartswith=text).values_list("arn", flat=True)[:limit]))
    others = [node for node in _others(graph) if _mentions(graph, node, text.lower())]
    yield from (node for node in others if graph.kind(node) in {"account", "external-account"})
    for word in text.lower().split()[:MOST_WORDS]:
        rows = rows.filter(search__contains=word)
    yield from _known(graph, list(rows.values_list("arn", flat=True)[:limit]))
    yield from others


def _mentions(graph: IamGraph, node: int, text: str) -> bool:
    return graph.kind(node) != "pattern" and text in f"{graph.names[node]}\n{graph.ids[node]}".lower()
