"""What a role's trust policy says, statement by statement, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from iamviz.api.documents import lines_of
from iamviz.api.rendering import condition_of, node_ref_of_id
from iamviz.api.trusting import Entry, blocked_pairs, certainty_of_trust, count_identities, trusts_of
from iamviz.api.words import conditions_words, trust_words
from iamviz.graph.model import IamGraph, Trust
from iamviz.inventory.model import Inventory, Role
from iamviz.policy.arn import account_of, parse_arn
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.text import pretty

_STRONGEST_FIRST = ("certain", "conditional", "unknown")


def summarise_trust(graph: IamGraph, inventory: Inventory | None, arn: str) -> list[dict[str, Any]]:
    """One entry for each statement of the trust policy; nothing for a user, a group, or an unreadable document."""
    roles: tuple[Role, ...] = inventory.roles if inventory else ()
    role = next((role for role in roles if role.arn == arn), None)
    node = graph.index(arn)
    if role is None or role.trust.document is None or node is None:
        return []
    lines = lines_of(pretty(role.trust.text))
    trusts = trusts_of(graph, arn)
    counts = count_identities(graph, node, trusts)
    summary = []
    for statement in role.trust.document.statements:
        own = [trust for trust in trusts if trust.statement == statement.index]
        where = lines.get(statement.index)
        summary.append(
            {
                **_statement(graph, statement, own, account_of(arn) or ""),
                "identities": _identities(counts, own),
                "first_line": where.first_line if where else None,
                "last_line": where.last_line if where else None,
            }
        )
    return summary


def _statement(graph: IamGraph, statement: Statement, trusts: Sequence[Trust], account: str) -> dict[str, Any]:
    allows = statement.effect == "Allow"
    ids = [each.principal for each in trusts] if allows else [principal_id(e) for e in statement.principals or ()]
    principals = [node_ref_of_id(graph, node_id) for node_id in dict.fromkeys(ids)]
    levels = {trust.principal: trust.level for trust in trusts}
    return {
        "statement": statement.index,
        "sid": statement.sid,
        "effect": statement.effect,
        "principals": principals,
        "words": trust_words(statement, principals, levels, account),
        "only_where": conditions_words(statement.conditions) or None,
        "conditions": [condition_of(each, negated=not allows) for each in statement.conditions],
        "certainty": _strongest(graph, trusts),
    }


def _strongest(graph: IamGraph, trusts: Sequence[Trust]) -> str | None:
    blocked = blocked_pairs(graph)
    found = {certainty_of_trust(graph, trust, blocked) for trust in trusts}
    return next((word for word in _STRONGEST_FIRST if word in found), None)


def _identities(counts: Counter[Entry], trusts: Sequence[Trust]) -> int:
    return sum(counts[statement, principal] for statement, principal in {(t.statement, t.principal) for t in trusts})


def principal_id(entry: PrincipalEntry) -> str:
    """The node of a principal as it is written; used where no edge can come of it."""
    if entry.kind == "Service":
        return f"service:{entry.value}"
    if entry.value == "*":
        return "anyone"
    arn = parse_arn(entry.value)
    if entry.kind == "Federated":
        return entry.value if arn else f"web:{entry.value}"
    account = account_of(entry.value)
    return f"account:{account}" if account and (arn is None or arn.resource == "root") else entry.value
