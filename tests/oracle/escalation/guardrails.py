"""The organization above the drawn accounts: units, SCPs that deny with exemptions, RCPs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit, PolicyDocument
from iamviz.policy.document import parse_document
from tests.oracle.escalation.statements import Cast, Drawing
from tests.oracle.guardrails import FULL, PARENTS, RCP, ROOT, SCP, UNITS
from tests.oracle.identity_policies import Document, document
from tests.oracle.statements import ORGANIZATION, Statement, conditioned


def organization(random: Random, accounts: Sequence[str], roles: Sequence[str]) -> Organization:
    """The first account is the management account, the last but one suspended, the last no member."""
    members = accounts[:-1] if len(accounts) > 3 else accounts
    parents = [ROOT, *UNITS]
    placed = tuple(
        OrganizationAccount(account, f"account {number}", _state(number, accounts), parents[number % len(parents)])
        for number, account in enumerate(members)
    )
    return Organization(
        ORGANIZATION,
        accounts[0],
        "ALL",
        (OrganizationalUnit(ROOT, "Root", None),),
        tuple(OrganizationalUnit(unit, unit, PARENTS[unit]) for unit in UNITS),
        placed,
        tuple(_guardrails(random, [ROOT, *UNITS, *members], roles)),
        frozenset({SCP, RCP}),
    )


def _state(number: int, accounts: Sequence[str]) -> str:
    return "SUSPENDED" if len(accounts) > 3 and number == len(accounts) - 2 else "ACTIVE"


def _guardrails(random: Random, everywhere: list[str], roles: Sequence[str]) -> list[Guardrail]:
    names = random.sample(list(roles), 8)
    draw = Drawing(random, Cast("*", names, names, ["arn:aws:iam::*:group/group-0"], names, names))
    somewhere = [random.sample(everywhere, 2) for _ in range(6)]
    spared: Statement = {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/red-*", names[0]]}}
    barred: Statement = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": names[:6]}
    strangers: Statement = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION}}
    return [
        _guardrail("p-full", SCP, FULL, everywhere),
        _guardrail("p-spared", SCP, document(conditioned(draw.denying(), spared)), somewhere[0]),
        _guardrail("p-deny", SCP, document(draw.denying()), somewhere[1]),
        _guardrail("p-deny-2", SCP, document(conditioned(draw.denying(), draw.condition())), somewhere[2]),
        _guardrail("p-unread", SCP, None, everywhere[-1:]),
        _guardrail("p-rcp-full", RCP, document({**FULL["Statement"][0], "Principal": "*"}), everywhere),
        _guardrail("p-barred", RCP, document(barred), somewhere[3]),
        _guardrail("p-home", RCP, document(conditioned({**barred, "Resource": "*"}, strangers)), somewhere[4]),
    ]


def _guardrail(identifier: str, kind: str, content: Document | None, targets: list[str]) -> Guardrail:
    if content is None:
        return Guardrail(identifier, identifier, kind, PolicyDocument("", None, "planted"), tuple(targets))
    text = json.dumps(content)
    read = PolicyDocument(text, parse_document(json.loads(text)))
    return Guardrail(identifier, identifier, kind, read, tuple(targets))
