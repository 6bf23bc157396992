"""Trust policies of the oracle's organizations: whom they name, under which conditions, and whom they deny."""

from __future__ import annotations

from typing import Any

from tests.oracle.identity_policies import Document, document
from tests.oracle.statements import OFFICE, ORGANIZATION, TEAMS, Drawing, Statement, conditioned


def trust_policy(draw: Drawing, account: str) -> Document:
    statements = [trusting(draw, account) for _ in range(draw.random.choice((1, 1, 1, 2, 3)))]
    if draw.random.random() < 0.25:
        statements.append(distrusting(draw, account))
    return document(*statements)


def trusting(draw: Drawing, account: str) -> Statement:
    principal = whom(draw, account)
    action = draw.pick(
        {
            lambda: "sts:AssumeRole": 14,
            lambda: ["sts:AssumeRole", "sts:TagSession"]: 4,
            lambda: "sts:*": 1,
            lambda: "sts:Assume*": 1,
            lambda: "sts:TagSession": 1,
            lambda: "sts:AssumeRoleWithSAML": 1,
        }
    )
    statement: Statement = {"Effect": "Allow", **principal, "Action": action}
    is_open = principal.get("Principal") in ("*", {"AWS": "*"})
    conditions = []
    if draw.random.random() < (0.95 if is_open else 0.35):
        conditions.append(on_the_caller(draw, account))
    if draw.random.random() < 0.2:
        conditions.append(on_the_call(draw))
    return conditioned(statement, *conditions)


def whom(draw: Drawing, account: str) -> Statement:
    names, one = draw.names, draw.one
    own = [arn for arn in (*names.users, *names.roles) if f"::{account}:" in arn]
    return draw.pick(
        {
            lambda: aws(f"arn:aws:iam::{account}:root"): 6,
            lambda: aws(f"arn:aws:iam::{one(names.accounts)}:root"): 6,
            lambda: aws(one(names.accounts)): 2,
            lambda: aws(one(own)): 8,
            lambda: aws([one(names.roles), one(names.users), f"arn:aws:iam::{one(names.accounts)}:root"]): 4,
            lambda: aws(one(names.roles)): 8,
            lambda: aws(one(names.roles).replace(":role/", ":role/moved/")): 1,
            lambda: aws(names.sessions(draw.random)): 3,
            lambda: aws("*"): 3,
            lambda: {"Principal": "*"}: 2,
            lambda: {"Principal": {"Service": "lambda.amazonaws.com"}}: 6,
            lambda: {"Principal": {"Federated": f"arn:aws:iam::{account}:saml-provider/corp"}}: 2,
            lambda: aws(one(["AROADELETED0000000001", "AIDADELETED0000000001"])): 2,
            lambda: {"Principal": {"AWS": one(names.roles), "Service": "ec2.amazonaws.com"}}: 2,
            lambda: aws(one(own).replace("arn:aws:", "arn:aws-cn:")): 1,
        }
    )


def on_the_caller(draw: Drawing, account: str) -> Statement:
    team, one, accounts = draw.one(TEAMS), draw.one, draw.names.accounts
    below = f"{ORGANIZATION}/*/{one(draw.names.units)}/*"
    return draw.pick(
        {
            lambda: {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}: 5,
            lambda: {"StringNotEquals": {"aws:PrincipalOrgID": ORGANIZATION}}: 1,
            lambda: {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": below}}: 5,
            lambda: {"StringLike": {"aws:PrincipalOrgPaths": f"{ORGANIZATION}/*"}}: 1,
            lambda: {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{one(accounts)}:role/{team}-*"}}: 5,
            lambda: {"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/app/*", one(draw.names.users)]}}: 3,
            lambda: {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}: 1,
            lambda: {"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{account}:role/*"}}: 1,
            lambda: {"StringLike": {"aws:PrincipalArn": f"arn:aws:iam::{account}:user/*"}}: 2,
            lambda: {"StringEquals": {"aws:PrincipalTag/team": team}}: 5,
            lambda: {"StringEquals": {"aws:PrincipalTag/team": "${aws:ResourceTag/team}"}}: 2,
            lambda: {"StringNotEquals": {"aws:PrincipalTag/team": team}}: 2,
            lambda: {"StringEqualsIfExists": {"aws:PrincipalTag/team": team}}: 1,
            lambda: {"StringEquals": {"aws:PrincipalAccount": [one(accounts), account]}}: 3,
            lambda: {"StringEquals": {"aws:PrincipalType": "AssumedRole"}}: 2,
            lambda: {"StringLike": {"aws:username": "user-1*"}}: 1,
            lambda: {"StringEquals": {"aws:SourceAccount": account}}: 1,
            lambda: {"StringEqualsIfExists": {"aws:SourceAccount": account}}: 1,
            lambda: {"Bool": {"aws:PrincipalIsAWSService": "true"}}: 1,
        }
    )


def on_the_call(draw: Drawing) -> Statement:
    return draw.pick(
        {
            lambda: {"StringEquals": {"sts:ExternalId": "acme-42"}}: 3,
            lambda: {"Bool": {"aws:MultiFactorAuthPresent": "true"}}: 4,
            lambda: {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}: 2,
            lambda: {"Bool": {"aws:MultiFactorAuthPresent": "false"}}: 1,
            lambda: {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}: 2,
            lambda: {"Null": {"aws:MultiFactorAuthAge": "true"}}: 1,
            lambda: {"IpAddress": {"aws:SourceIp": OFFICE}}: 3,
            lambda: {"NotIpAddress": {"aws:SourceIp": OFFICE}}: 1,
            lambda: {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}: 2,
            lambda: {"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}: 1,
            lambda: {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}: 1,
            lambda: {"StringSounds": {"sts:ExternalId": "acme"}}: 1,
            lambda: {"StringLike": {"aws:PrincipalServiceName": "*"}}: 1,
        }
    )


def distrusting(draw: Drawing, account: str) -> Statement:
    named = whom(draw, account)["Principal"]
    anyone: Statement = {"Principal": "*"}
    spared = {"NotPrincipal": {"AWS": [draw.one(draw.names.roles), f"arn:aws:iam::{account}:root"]}}
    who, condition = draw.pick(
        {
            lambda: ({"Principal": named}, {}): 4,
            lambda: (anyone, {"StringNotEquals": {"aws:PrincipalOrgID": ORGANIZATION}}): 4,
            lambda: (anyone, {"StringNotEquals": {"sts:ExternalId": "acme-42"}}): 2,
            lambda: (anyone, {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}): 2,
            lambda: (anyone, {"Bool": {"aws:MultiFactorAuthPresent": "false"}}): 2,
            lambda: (anyone, on_the_caller(draw, account)): 4,
            lambda: (spared, {}): 2,
            lambda: ({"Principal": named}, on_the_call(draw)): 3,
        }
    )
    return conditioned({"Effect": "Deny", **who, "Action": "sts:AssumeRole"}, condition)


def aws(value: str | list[str]) -> dict[str, Any]:
    return {"Principal": {"AWS": value}}
