"""What the overview, the lists and the map's legend say of a revision, worked out once when it is published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from iamviz.analysis import Analysis
from iamviz.graph.levels import account_level
from iamviz.graph.model import IamGraph
from iamviz.graph.reach import degrees, reached_from
from iamviz.inventory.model import Inventory
from iamviz.policy.arn import account_of
from iamviz.snapshots.rows import Verdict, identities_of

TOP = 10


def verdicts(graph: IamGraph, inventories: Sequence[Inventory]) -> dict[str, Verdict]:
    """By ARN, for every identity of the inventories."""
    inward, outward = degrees(graph, inwards=True).tolist(), degrees(graph, inwards=False).tolist()
    external = reached_from(graph, {node for node in range(len(graph.ids)) if graph.is_outside(node)})
    found: dict[str, Verdict] = {}
    for inventory in inventories:
        for identity in identities_of(inventory):
            node = graph.index(identity.arn)
            if node is None:
                found[identity.arn] = Verdict()
            else:
                admin = graph.node(node).admin
                found[identity.arn] = Verdict(admin, node in external, inward[node], outward[node])
    return found


def summarize(
    analysis: Analysis, inventories: Sequence[Inventory], verdict_of: Mapping[str, Verdict]
) -> dict[str, Any]:
    """The revision's numbers, as the API shows them."""
    counts = {
        "users": sum(len(inventory.users) for inventory in inventories),
        "roles": sum(len(inventory.roles) for inventory in inventories),
        "groups": sum(len(inventory.groups) for inventory in inventories),
        "policies": sum(len(inventory.policies) for inventory in inventories),
    }
    admins = Counter(verdict.admin for verdict in verdict_of.values())
    return {
        "accounts": len(inventories),
        "identities": counts["users"] + counts["roles"] + counts["groups"],
        "counts": counts,
        "nodes": analysis.summary["nodes"],
        "edges": analysis.summary["edges"],
        "admins": admins["certain"],
        "conditional_admins": admins["conditional"],
        "external": _external(analysis.graph, inventories, verdict_of),
        "warnings": len(analysis.notices),
        "top_trusted_accounts": top_trusted_accounts(analysis.graph),
    }


def _external(graph: IamGraph, inventories: Sequence[Inventory], verdict_of: Mapping[str, Verdict]) -> dict[str, int]:
    roles = {role.arn for inventory in inventories for role in inventory.roles}
    anyone = graph.index("anyone")
    by_anyone = reached_from(graph, {anyone}) if anyone is not None else set()
    parties = {source for source in graph.source.tolist() if graph.is_outside(source)}
    return {
        "roles_trusted_from_outside": sum(verdict_of[arn].external for arn in roles),
        "roles_trusted_by_anyone": sum(graph.ids[node] in roles for node in by_anyone),
        "outside_parties": len(parties),
    }


def top_trusted_accounts(graph: IamGraph) -> list[dict[str, Any]]:
    """Accounts that most roles of other accounts let in, the most trusted first."""
    roles: dict[str, set[str]] = defaultdict(set)
    for trust in graph.trusts:
        principal = _account(trust.principal)
        if principal is not None and principal != account_of(trust.role):
            roles[principal].add(trust.role)
    names = {note.id: note.name for note in graph.accounts}
    ranked = sorted(roles.items(), key=lambda item: (-len(item[1]), item[0]))[:TOP]
    return [{"account": account, "name": names.get(account), "roles": len(those)} for account, those in ranked]


def _account(principal: str) -> str | None:
    return principal.removeprefix("account:") if principal.startswith("account:") else account_of(principal)


def relations_between_accounts(graph: IamGraph) -> dict[str, tuple[int, int]]:
    """By account: relations from other accounts into it, and from it into others."""
    level = account_level(graph, most=None)
    inward: Counter[str] = Counter()
    outward: Counter[str] = Counter()
    for source, target, n in zip(level.source, level.target, level.edge_n, strict=True):
        ends = level.id[source], level.id[target]
        if all(end.startswith("account:") for end in ends):
            outward[ends[0].removeprefix("account:")] += n
            inward[ends[1].removeprefix("account:")] += n
    return {account: (inward[account], outward[account]) for account in inward.keys() | outward.keys()}
