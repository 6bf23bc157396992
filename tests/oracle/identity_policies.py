"""Identity policies and boundaries of the oracle's organizations."""

from __future__ import annotations

from typing import Any

from tests.oracle.statements import Drawing, Statement, conditioned

Document = dict[str, Any]
OLD, NEW = "2008-10-17", "2012-10-17"


def document(*statements: Statement, version: str = NEW) -> Document:
    return {"Version": version, "Statement": list(statements)}


def identity_policy(draw: Drawing) -> Document:
    statements = [allowing(draw) for _ in range(draw.random.choice((1, 1, 2)))]
    if draw.random.random() < 0.3:
        statements.append(denying(draw))
    return document(*statements, version=OLD if draw.random.random() < 0.05 else NEW)


def allowing(draw: Drawing) -> Statement:
    roles = draw.resource
    statement = draw.pick(
        {
            lambda: allow("sts:AssumeRole", roles()): 12,
            lambda: allow(["sts:assumerole", "sts:TagSession"], roles()): 3,
            lambda: allow("sts:Assume*", roles()): 3,
            lambda: allow("sts:A?sumeRole", roles()): 1,
            lambda: allow("*", roles()): 1,
            lambda: allow("s3:Get*", "*"): 8,
            lambda: allow("sts:AssumeRoleWithSAML", "*"): 1,
            lambda: {"Effect": "Allow", "NotAction": "iam:*", "Resource": roles()}: 2,
            lambda: {"Effect": "Allow", "NotAction": ["sts:*", "iam:*"], "Resource": "*"}: 2,
            lambda: {"Effect": "Allow", "Action": "sts:*", "NotResource": roles()}: 2,
        }
    )
    return conditioned(statement, draw.condition()) if draw.random.random() < 0.3 else statement


def denying(draw: Drawing) -> Statement:
    roles = draw.resource
    statement = draw.pick(
        {
            lambda: deny("sts:AssumeRole", roles()): 6,
            lambda: deny("sts:*", roles()): 2,
            lambda: {"Effect": "Deny", "NotAction": "sts:*", "Resource": roles()}: 2,
            lambda: {"Effect": "Deny", "NotAction": ["s3:*", "ec2:*"], "Resource": roles()}: 2,
            lambda: {"Effect": "Deny", "Action": "sts:AssumeRole", "NotResource": roles()}: 3,
        }
    )
    return conditioned(statement, draw.condition()) if draw.random.random() < 0.5 else statement


def boundary(draw: Drawing) -> Document:
    return draw.pick(
        {
            lambda: document(allow("s3:*", "*")): 3,
            lambda: document(allow(["s3:*", "sts:*"], "*")): 4,
            lambda: document(allow("*", "*"), denying(draw)): 3,
            lambda: document(deny("iam:*", "*")): 1,
            lambda: document({"Effect": "Allow", "NotAction": "sts:*", "Resource": "*"}): 1,
            lambda: document({"Effect": "Allow", "NotAction": ["*"], "Resource": "*"}): 1,
            lambda: document(conditioned(allow("*", "*"), draw.condition())): 2,
            lambda: document(allow("sts:AssumeRole", draw.resource())): 2,
        }
    )


def allow(action: str | list[str], resource: str | list[str]) -> Statement:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def deny(action: str | list[str], resource: str | list[str]) -> Statement:
    return {"Effect": "Deny", "Action": action, "Resource": resource}
