"""Every escalation of an organization: what the oracle decides, and what the graph has once its patterns are walked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.inventory.model import Inventory, Organization
from iamviz.policy.expression import Certainty, certainty
from tests.oracle.comparing import Ends
from tests.oracle.escalation import lifting, running
from tests.oracle.escalation.accounts import Account
from tests.oracle.escalation.identities import Identities
from tests.oracle.escalation.launches import LAUNCHES
from tests.oracle.escalation.making import Making
from tests.oracle.escalation.running import Found
from tests.oracle.escalation.sure import Sure, best
from tests.oracle.escalation.takes import TAKES
from tests.oracle.layers import Identity, Shelf
from tests.oracle.pairs import Wanted

CLOSED = ("SUSPENDED", "CLOSED")

COVERED = frozenset(
    {
        *(f"iam-{number:03}" for number in range(1, 22)),
        *(each.method for each in LAUNCHES),
        *(each.method for each in TAKES),
        "iviz-ec2-associateprofile",
        "iviz-iam-createpassrole",
        "iviz-iam-createrole",
        "iviz-iam-createuser",
        "iviz-iam-delroleboundary",
        "iviz-iam-deluserboundary",
        "iviz-iam-detach-deny",
        "iviz-iam-mfa-reset",
        "iviz-iam-setdefault",
    }
)
UNCOVERED = frozenset(
    {
        "cloudformation-004",
        "ec2-004",
        "iviz-assumeroot",
        "iviz-eks-accessentry",
        "iviz-eks-accesspolicy",
        "iviz-eks-irsa",
        "iviz-eks-node",
        "iviz-eks-podassoc",
        "iviz-fed-createprovider",
        "iviz-fed-oidcthumbprint",
        "iviz-fed-updatesaml",
        "iviz-iam-selftag",
        "iviz-s3-bucketpolicy",
        "iviz-sso-assign",
    }
)
"""Methods that the graph knows and the oracle does not decide."""


def brute_escalations(
    inventories: Sequence[Inventory], organization: Organization | None, only: str = ""
) -> dict[Ends, str]:
    """Source, target and method to certainty, of all actors or of one."""
    shelf = Shelf()
    listed = organization.accounts if organization else ()
    closed = {each.id for each in listed if each.state in CLOSED}
    accounts = [Account(each, organization, shelf) for each in inventories if each.account not in closed]
    everywhere = [wanted for account in accounts for wanted in account.wanted.values()]
    found: dict[Ends, list[Sure]] = {}
    for account in accounts:
        methods = _Methods(account, shelf, everywhere)
        for actor in [each for each in account.actors if only in ("", each.arn)]:
            for method, target, sure in methods.open_to(actor):
                ends = actor.arn, target, method
                if sure and target != actor.arn:
                    found.setdefault(ends, []).append(sure)
    known = {ends: certainty(best(ways).term) for ends, ways in found.items()}
    return {ends: each.name.lower() for ends, each in known.items() if each is not None}


class _Methods:
    """All methods in one account."""

    def __init__(self, account: Account, shelf: Shelf, everywhere: Sequence[Wanted]) -> None:
        self._account = account
        self._identities = Identities(account)
        self._making = Making(self._identities, shelf)
        self._everywhere = everywhere

    def open_to(self, actor: Identity) -> Iterator[Found]:
        yield from self._identities.find(actor)
        yield from lifting.find(self._identities, actor)
        yield from self._making.find(actor)
        yield from running.find(self._account, actor, self._everywhere)


def graph_escalations(graph: IamGraph) -> dict[Ends, str]:
    """The same of the graph: a pattern node stands for its sources and targets, the weaker hop decides."""
    found: dict[Ends, int] = {}
    for node in range(len(graph.ids)):
        if graph.is_pattern[node]:
            continue
        for method, target, sure in _walk(graph, node, None, int(Certainty.CERTAIN)):
            ends = graph.ids[node], graph.ids[target], method
            if target != node and method in COVERED:
                found[ends] = max(found.get(ends, 0), sure)
    return {ends: Certainty(sure).name.lower() for ends, sure in found.items()}


def _walk(graph: IamGraph, node: int, method: str | None, sure: int) -> Iterator[tuple[str, int, int]]:
    for edge in graph.out_edges(node):
        if EDGE_KINDS[graph.edge_kind[edge]] != "can-escalate":
            continue
        target, known = int(graph.target[edge]), method or graph.method(int(edge))
        weakest = min(sure, int(graph.edge_certainty[edge]))
        if graph.is_pattern[target]:
            yield from _walk(graph, target, known, weakest)
        else:
            assert known is not None
            yield known, target, weakest
