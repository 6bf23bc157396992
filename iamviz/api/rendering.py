"""What the graph says, as JSON: nodes, conditions, evidence, relations."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from iamviz.graph.model import AccountNote, Evidence, IamGraph, Link, Proof
from iamviz.graph.reach import Relation
from iamviz.policy.arn import parse_arn
from iamviz.policy.expression import Certainty, Condition, Expression, certainty, reasons, tests
from iamviz.policy.principal import reported_key

KEY_LENGTH = 22

_PREFIXES = {"service": "service", "web": "web-identity", "dangling": "dangling", "account": "external-account"}


def key_of(node_id: str) -> str:
    """The url-safe name of a node: the same in every revision."""
    return urlsafe_b64encode(sha256(node_id.encode()).digest())[:KEY_LENGTH].decode()


def node_ref(graph: IamGraph, node: int) -> dict[str, Any]:
    found = graph.node(node)
    note = graph.account(node)
    return {
        "id": found.id,
        "key": key_of(found.id),
        "kind": found.kind,
        "name": found.name,
        "account": found.account,
        "account_name": account_name(note),
        "admin": found.admin,
    }


def account_name(note: AccountNote | None) -> str | None:
    """The name of an account, None where only its id is known."""
    return note.name if note and note.name and note.name != note.id else None


def node_ref_of_id(graph: IamGraph, node_id: str) -> dict[str, Any]:
    """A node by its id, also one that no edge touches and that the graph therefore does not hold."""
    node = graph.index(node_id)
    if node is not None:
        return node_ref(graph, node)
    kind, name, account = _outsider(node_id)
    position = graph.account_position.get(account or "")
    note = None if position is None else graph.accounts[position]
    return {
        "id": node_id,
        "key": key_of(node_id),
        "kind": "account" if kind == "external-account" and note and note.in_snapshot else kind,
        "name": (account_name(note) or name) if kind == "external-account" else name,
        "account": account,
        "account_name": account_name(note),
        "admin": "no",
    }


def _outsider(node_id: str) -> tuple[str, str, str | None]:
    """Kind, name and account of a principal, read from its id."""
    if node_id == "anyone":
        return "anyone", "Anyone", None
    arn = parse_arn(node_id)
    if arn is not None:
        provider = arn.kind if arn.kind in {"oidc-provider", "saml-provider"} else "external-principal"
        return provider, arn.resource.partition("/")[2] or arn.resource, arn.account or None
    prefix, _, rest = node_id.partition(":")
    kind = _PREFIXES.get(prefix, "external-principal")
    return kind, rest or node_id, rest if kind == "external-account" else None


def condition_of(condition: Condition, *, negated: bool) -> dict[str, Any]:
    return {
        "operator": condition.operator,
        "key": reported_key(condition.key),
        "values": list(condition.values),
        "negated": negated,
    }


def conditions_of(expression: Expression) -> list[dict[str, Any]]:
    """Every condition that can change the result, each once, by key."""
    found = set(tests(expression))
    ordered = sorted(found, key=lambda each: (each[0].key.casefold(), each[0].operator, each[0].values, each[1]))
    return [condition_of(condition, negated=negated) for condition, negated in ordered]


def reasons_of(expression: Expression) -> list[str]:
    """What is missing, each once."""
    return sorted(set(reasons(expression)))


def certainty_word(found: Certainty | None) -> str | None:
    return None if found is None else found.name.lower()


def certainty_of_expression(expression: Expression) -> str | None:
    return certainty_word(certainty(expression))


def evidence_of(evidence: Evidence) -> dict[str, Any]:
    return {
        "side": evidence.side,
        "policy": evidence.policy,
        "owner": evidence.owner,
        "statement": evidence.statement,
        "sid": evidence.sid,
        "effect": evidence.effect,
    }


def evidence_in(proofs: Iterable[Proof]) -> list[Evidence]:
    """The statements that any of the ways rests on, each once."""
    return list(dict.fromkeys(each for proof in proofs for each in proof.evidence))


def relation_of(graph: IamGraph, relation: Relation) -> dict[str, Any]:
    """A relation with what it depends on and rests on."""
    expression = relation.expression(graph)
    patterns = relation.patterns(graph)
    through = patterns[0] if patterns and len(patterns) == len(relation.edges) else None
    return {
        "source": node_ref(graph, relation.source),
        "target": node_ref(graph, relation.target),
        "kind": relation.kind,
        "methods": list(relation.methods(graph)),
        "certainty": certainty_word(relation.certainty),
        "conditions": conditions_of(expression),
        "reasons": reasons_of(expression),
        "evidence": [evidence_of(each) for each in evidence_in(relation.proofs(graph))],
        "through": None if through is None else node_ref(graph, through),
        "cross_account": crosses_accounts(graph, relation.source, relation.target),
    }


def blocked_of(graph: IamGraph, link: Link) -> dict[str, Any]:
    """A relation that would be there but for one layer."""
    blocking = link.evidence[0] if link.evidence else None
    return {
        "source": node_ref(graph, link.source),
        "target": node_ref(graph, link.target),
        "kind": link.kind,
        "methods": [] if link.method is None else [link.method],
        "certainty": "certain",
        "conditions": [],
        "reasons": [link.reason],
        "evidence": [evidence_of(each) for each in link.evidence],
        "through": None,
        "cross_account": crosses_accounts(graph, link.source, link.target),
        "layer": link.layer,
        "policy": blocking.policy if blocking else None,
        "statement": blocking.statement if blocking else None,
    }


def crosses_accounts(graph: IamGraph, source: int, target: int) -> bool:
    """Whether it leads from one account into another; services and providers belong to none."""
    if graph.kind(source) in {"anyone", "external-account", "external-principal"}:
        return True
    accounts = int(graph.account_of[source]), int(graph.account_of[target])
    return min(accounts) >= 0 and accounts[0] != accounts[1]
