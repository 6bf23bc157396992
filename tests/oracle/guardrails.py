"""The oracle's organization: a tree of units with service and resource control policies at every level."""

from __future__ import annotations

import json
from collections.abc import Sequence

from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit, PolicyDocument
from iamviz.policy.document import parse_document
from tests.oracle.identity_policies import Document, allow, document
from tests.oracle.statements import ORGANIZATION, Drawing, Statement, conditioned

ROOT = "r-root"
UNITS = ("ou-work", "ou-web", "ou-data", "ou-lab", "ou-sealed")
PARENTS = {"ou-work": ROOT, "ou-web": "ou-work", "ou-data": "ou-work", "ou-lab": ROOT, "ou-sealed": "ou-lab"}
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
FULL = document(allow("*", "*"))


def organization(draw: Drawing) -> Organization:
    """The last account is a stranger's, the last but one of another partition, the one before is suspended."""
    accounts = draw.names.accounts[:-2]
    parents = [ROOT, ROOT, *UNITS]
    placed = [
        OrganizationAccount(account, f"account {number}", _state(number, len(accounts)), parents[number % len(parents)])
        for number, account in enumerate(accounts)
    ]
    return Organization(
        ORGANIZATION,
        accounts[0],
        "ALL",
        (OrganizationalUnit(ROOT, "Root", None),),
        tuple(OrganizationalUnit(unit, unit, PARENTS[unit]) for unit in UNITS),
        tuple(placed),
        (*_scps(draw, accounts), *_rcps(draw, accounts)),
        frozenset({SCP, RCP}),
    )


def _state(number: int, of: int) -> str:
    return "SUSPENDED" if number == of - 1 else "ACTIVE"


def _scps(draw: Drawing, accounts: Sequence[str]) -> list[Guardrail]:
    """Full access but for one unit, which lists what it allows; and a Deny here and there."""
    everywhere = [ROOT, *UNITS, *accounts]
    listing, sealed = draw.random.choice(UNITS[:-1]), document(allow(["s3:*", "ec2:*"], "*"))
    some = allow(["s3:*", "sts:AssumeRole"], draw.resource())
    narrow = document(some, conditioned(allow("*", "*"), draw.condition()))
    full = [each for each in everywhere if each not in (listing, "ou-sealed")]
    return [
        _guardrail("p-full", SCP, FULL, full),
        _guardrail("p-narrow", SCP, narrow, [listing]),
        _guardrail("p-sealed", SCP, sealed, ["ou-sealed"]),
        _guardrail("p-deny", SCP, document(_refusing(draw)), [draw.random.choice(everywhere)]),
        _guardrail("p-deny-2", SCP, document(_refusing(draw), _refusing(draw)), draw.random.sample(everywhere, 2)),
        _guardrail("p-unread", SCP, None, [accounts[-2]]),
    ]


def _refusing(draw: Drawing) -> Statement:
    statement: Statement = {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": draw.resource()}
    if draw.random.random() < 0.3:
        statement = {"Effect": "Deny", "NotAction": ["iam:*", "s3:*"], "Resource": draw.resource()}
    return conditioned(statement, draw.condition()) if draw.random.random() < 0.6 else statement


def _rcps(draw: Drawing, accounts: Sequence[str]) -> list[Guardrail]:
    everywhere = [ROOT, *UNITS, *accounts]
    strangers: Statement = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    perimeter = document(conditioned(_barring("sts:*", "*"), strangers))
    some = document(conditioned(_barring("sts:AssumeRole", draw.resource()), draw.condition()))
    return [
        _guardrail("p-rcp-full", RCP, document({**allow("*", "*"), "Principal": "*"}), everywhere),
        _guardrail("p-perimeter", RCP, perimeter, [draw.random.choice(everywhere[:4])]),
        _guardrail("p-some", RCP, some, draw.random.sample(everywhere, 2)),
    ]


def _barring(action: str, resource: str | list[str]) -> Statement:
    return {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource}


def _guardrail(identifier: str, kind: str, content: Document | None, targets: list[str]) -> Guardrail:
    read = PolicyDocument("", None, "planted") if content is None else _read(content)
    return Guardrail(identifier, identifier, kind, read, tuple(targets))


def _read(content: Document) -> PolicyDocument:
    return PolicyDocument(json.dumps(content), parse_document(content))
