"""Statements that speak of assuming roles in every way that IAM's language has, drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Statement = dict[str, Any]
TEAMS = ("red", "green", "blue")
ORGANIZATION = "o-oracle"
OFFICE = "203.0.113.0/24"


@dataclass(frozen=True, slots=True)
class Names:
    """What statements can name: accounts, and users and roles by ARN."""

    accounts: Sequence[str]
    users: Sequence[str]
    roles: Sequence[str]
    units: Sequence[str]

    def sessions(self, random: Random) -> str:
        _, partition, _, _, account, resource = random.choice(self.roles).split(":", 5)
        return f"arn:{partition}:sts::{account}:assumed-role/{resource.rpartition('/')[2]}/nightly"


class Drawing:
    """Draws statements of identity policies, of trusts and of guardrails from the same names."""

    def __init__(self, random: Random, names: Names) -> None:
        self.random = random
        self.names = names

    def pick(self, weighted: Mapping[Callable[[], Any], int]) -> Any:
        return self.random.choices(list(weighted), list(weighted.values()))[0]()

    def one(self, values: Sequence[str]) -> str:
        return self.random.choice(values)

    def resource(self) -> str | list[str]:
        """Of a statement on roles: narrow more often than wide."""
        draw = self.one
        account, team = draw(self.names.accounts), draw(TEAMS)
        return self.pick(
            {
                lambda: "*": 4,
                lambda: draw(self.names.roles): 8,
                lambda: [draw(self.names.roles), draw(self.names.roles)]: 4,
                lambda: f"arn:aws:iam::{account}:role/*": 4,
                lambda: f"arn:aws:iam::*:role/{team}-*": 4,
                lambda: f"arn:aws:iam::{account}:role/app/*": 2,
                lambda: "arn:aws:iam::*:role/${aws:PrincipalTag/team}-*": 3,
                lambda: "arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/team, 'blue'}-?": 2,
                lambda: "arn:aws:iam::*:role/*${aws:username}*": 1,
                lambda: "arn:aws:iam::*": 1,
                lambda: f"arn:aws:iam::{account}:user/*": 1,
            }
        )

    def condition(self) -> Statement:
        """Of an identity policy or a guardrail: on the caller, on the role, on the call."""
        draw = self.one
        team, account = draw(TEAMS), draw(self.names.accounts)
        return self.pick(
            {
                lambda: {"Bool": {"aws:MultiFactorAuthPresent": "true"}}: 3,
                lambda: {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}: 2,
                lambda: {"IpAddress": {"aws:SourceIp": OFFICE}}: 2,
                lambda: {"StringEquals": {"iam:ResourceTag/team": team}}: 3,
                lambda: {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}: 3,
                lambda: {"StringNotEquals": {"aws:ResourceTag/team": team}}: 2,
                lambda: {"StringEquals": {"aws:ResourceAccount": account}}: 2,
                lambda: {"StringEquals": {"aws:ResourceOrgID": ORGANIZATION}}: 2,
                lambda: {"StringLike": {"aws:PrincipalTag/team": f"{team[:2]}*"}}: 2,
                lambda: {"StringEquals": {"sts:ExternalId": "acme-42"}}: 1,
                lambda: {"Null": {"aws:PrincipalTag/team": "false"}}: 1,
                lambda: {"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::*:role/{team}-*"}}: 2,
                lambda: {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}: 1,
                lambda: {"Bool": {"aws:ViaAWSService": "true"}}: 1,
                lambda: {"StringSounds": {"aws:username": "eve"}}: 1,
            }
        )


def conditioned(statement: Statement, *conditions: Statement) -> Statement:
    """With all conditions that are not empty, joined."""
    merged: Statement = {}
    for each in conditions:
        for operator, keys in each.items():
            merged[operator] = {**merged.get(operator, {}), **keys}
    return {**statement, "Condition": merged} if merged else statement
