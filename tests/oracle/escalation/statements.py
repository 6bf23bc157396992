"""Statements that speak of escalation in every way that IAM's language has, drawn at random for one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.oracle.identity_policies import Document, document
from tests.oracle.statements import OFFICE, TEAMS, Statement, conditioned

IAM_ACTIONS = [
    "iam:CreatePolicyVersion",
    "iam:DeletePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "iam:CreateAccessKey",
    "iam:DeleteAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:DeactivateMFADevice",
    "iam:PutUserPolicy",
    "iam:PutRolePolicy",
    "iam:PutGroupPolicy",
    "iam:AttachUserPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachGroupPolicy",
    "iam:AddUserToGroup",
    "iam:RemoveUserFromGroup",
    "iam:UpdateAssumeRolePolicy",
    "iam:CreateRole",
    "iam:CreateUser",
    "iam:DeleteUserPolicy",
    "iam:DeleteRolePolicy",
    "iam:DetachUserPolicy",
    "iam:DetachRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
    "iam:PassRole",
    "iam:CreateInstanceProfile",
    "iam:AddRoleToInstanceProfile",
    "sts:AssumeRole",
]
TOGETHER = (
    ("iam:CreateAccessKey", "iam:DeleteAccessKey"),
    ("iam:AttachRolePolicy", "sts:AssumeRole"),
    ("iam:PutRolePolicy", "sts:AssumeRole", "iam:UpdateAssumeRolePolicy"),
    ("iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"),
    ("iam:Attach*", "iam:UpdateAssumeRolePolicy"),
    ("iam:PutUserPolicy", "iam:CreateAccessKey", "iam:CreateUser"),
    ("iam:AttachUserPolicy", "iam:Create*"),
    ("iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole"),
    ("iam:CreateRole", "iam:AttachRolePolicy"),
    ("iam:AddUserToGroup", "iam:CreateUser", "iam:CreateLoginProfile"),
    ("iam:DeactivateMFADevice", "iam:*LoginProfile"),
    ("iam:*Boundary", "iam:Detach*", "iam:Delete*Policy"),
    ("iam:Set*", "sts:AssumeRole"),
    ("iam:*Role*", "iam:*InstanceProfile"),
    ("iam:*User*",),
    ("iam:*",),
)
SERVICES = [
    "lambda",
    "ec2",
    "ecs",
    "glue",
    "cloudformation",
    "codebuild",
    "sagemaker",
    "states",
    "scheduler",
    "batch",
    "apprunner",
    "autoscaling",
    "eks",
    "ssm",
    "datapipeline",
    "elasticmapreduce",
    "bedrock-agentcore",
    "ec2-instance-connect",
]
RUNNERS = [
    "lambda",
    "ec2",
    "ecs-tasks",
    "glue",
    "cloudformation",
    "codebuild",
    "sagemaker",
    "states",
    "scheduler",
    "batch",
    "tasks.apprunner",
    "pods.eks",
    "elasticmapreduce",
    "datapipeline",
    "bedrock-agentcore",
]
LAUNCHING = (
    ("lambda:CreateFunction", "lambda:InvokeFunction", "lambda:Add*", "lambda:*EventSource*"),
    ("lambda:UpdateFunction*", "lambda:InvokeFunction"),
    ("ec2:RunInstances", "ec2:RequestSpotInstances", "iam:*InstanceProfile"),
    ("ec2:*Instance*", "ec2:*Volume*", "ssm:*"),
    ("ecs:*Task*", "ecs:Create*"),
    ("ecs:ExecuteCommand", "ecs:RegisterContainerInstance", "ecs:StartTask"),
    ("glue:*Job*", "glue:CreateTrigger", "glue:*DevEndpoint"),
    ("cloudformation:Create*", "cloudformation:Update*", "cloudformation:Execute*"),
    ("codebuild:*",),
    ("sagemaker:*",),
    ("ssm:StartSession", "ssm:SendCommand", "ec2:Describe*", "ec2-instance-connect:*"),
    ("autoscaling:*", "batch:*", "states:*", "scheduler:*"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom and what statements of one account can name, by ARN."""

    account: str
    users: Sequence[str]
    roles: Sequence[str]
    groups: Sequence[str]
    policies: Sequence[str]
    things: Sequence[str]


class Drawing:
    """Draws the statements of one account."""

    def __init__(self, random: Random, cast: Cast) -> None:
        self.random = random
        self.cast = cast

    def pick(self, weighted: Mapping[Callable[[], Any], int]) -> Any:
        return self.random.choices(list(weighted), list(weighted.values()))[0]()

    def one(self, values: Sequence[Any]) -> Any:
        return self.random.choice(values)

    def policy(self) -> Document:
        statements = [self.allowing() for _ in range(self.one((1, 1, 2, 3)))]
        if self.random.random() < 0.35:
            statements.append(self.denying())
        return document(*statements, version="2008-10-17" if self.random.random() < 0.04 else "2012-10-17")

    def allowing(self) -> Statement:
        statement = self.pick(
            {
                lambda: _allow(self.one(IAM_ACTIONS), self.subject()): 8,
                lambda: _allow(self.one(TOGETHER), self.subject()): 8,
                lambda: _allow(self.one(TOGETHER), "*"): 3,
                lambda: _allow([*self.one(LAUNCHING), "iam:PassRole"], self.one(("*", "*", self.own()))): 4,
                lambda: _allow(["iam:PassRole", f"{self.one(SERVICES)}:*"], "*"): 3,
                lambda: _allow(self.one(LAUNCHING), self.thing()): 5,
                lambda: _allow("iam:PassRole", self.subject()): 5,
                lambda: {"Effect": "Allow", "NotAction": self.one(TOGETHER), "Resource": "*"}: 1,
                lambda: {"Effect": "Allow", "Action": self.one(TOGETHER), "NotResource": self.subject()}: 2,
                lambda: _allow("*", self.one(("*", self.own()))): 1,
                lambda: _allow("s3:Get*", "*"): 6,
            }
        )
        return conditioned(statement, self.condition()) if self.random.random() < 0.3 else statement

    def denying(self) -> Statement:
        statement = self.pick(
            {
                lambda: _deny(self.one(IAM_ACTIONS), self.subject()): 5,
                lambda: _deny(self.one(TOGETHER), self.subject()): 3,
                lambda: _deny(self.one(LAUNCHING), self.thing()): 2,
                lambda: _deny(["iam:Put*", "iam:Attach*"], "*"): 2,
                lambda: {"Effect": "Deny", "NotAction": ["iam:*", "sts:*", "s3:*"], "Resource": "*"}: 1,
                lambda: {"Effect": "Deny", "Action": self.one(TOGETHER), "NotResource": self.subject()}: 2,
            }
        )
        return conditioned(statement, self.condition()) if self.random.random() < 0.4 else statement

    def own(self) -> str:
        return f"arn:aws:iam::{self.cast.account}:*"

    def subject(self) -> str | list[str]:
        """Of IAM: exact, by a pattern of names, by who asks."""
        cast, team = self.cast, self.one(TEAMS)
        account = self.one((cast.account, "*"))
        return self.pick(
            {
                lambda: "*": 5,
                lambda: self.one(cast.users): 3,
                lambda: self.one(cast.roles): 4,
                lambda: [self.one(cast.roles), self.one(cast.users), self.one(cast.policies)]: 3,
                lambda: self.one(cast.groups): 2,
                lambda: self.one(cast.policies): 3,
                lambda: f"arn:aws:iam::{account}:role/*": 3,
                lambda: f"arn:aws:iam::{account}:role/{team}-*": 4,
                lambda: f"arn:aws:iam::{account}:role/app/*": 2,
                lambda: f"arn:aws:iam::{account}:user/{team}-*": 3,
                lambda: "arn:aws:iam::*:user/${aws:username}": 3,
                lambda: "arn:aws:iam::*:role/${aws:PrincipalTag/team}-*": 2,
                lambda: f"arn:aws:iam::{account}:group/*": 2,
                lambda: f"arn:aws:iam::{account}:policy/{team}-*": 2,
                lambda: [self.own()]: 2,
                lambda: "arn:aws:iam::999999999999:*": 1,
            }
        )

    def thing(self) -> str | list[str]:
        """Of other services: one that is there, or names of what may be made."""
        team, account = self.one(TEAMS), self.cast.account
        return self.pick(
            {
                lambda: "*": 6,
                lambda: [self.one(self.cast.things), self.one(self.cast.things)]: 4,
                lambda: f"arn:aws:*:*:{account}:*{team}-*": 4,
                lambda: f"arn:aws:*:eu-*:{account}:*": 2,
                lambda: f"arn:aws:lambda:*:*:function:{team}-*": 3,
                lambda: [f"arn:aws:ec2:*:{account}:*/*", "arn:aws:ec2:*::image/*"]: 2,
                lambda: f"arn:aws:lambda:us-east-1:{account}:function:nightly": 1,
                lambda: "arn:aws:ssm:*:*:document/AWS-*": 1,
            }
        )

    def condition(self) -> Statement:
        team = self.one(TEAMS)
        service = f"{self.one(RUNNERS)}.amazonaws.com"
        return self.pick(
            {
                lambda: {"Bool": {"aws:MultiFactorAuthPresent": "true"}}: 3,
                lambda: {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}: 2,
                lambda: {"IpAddress": {"aws:SourceIp": OFFICE}}: 3,
                lambda: {"StringEquals": {"iam:PassedToService": [service, "lambda.amazonaws.com"]}}: 4,
                lambda: {"StringLikeIfExists": {"iam:PassedToService": "ec*"}}: 2,
                lambda: {"StringEquals": {"iam:PermissionsBoundary": self.one(self.cast.policies)}}: 3,
                lambda: {"Null": {"iam:PermissionsBoundary": "true"}}: 1,
                lambda: {"ArnEquals": {"iam:PolicyARN": self.one(self.cast.policies)}}: 3,
                lambda: {"ArnLike": {"iam:PolicyARN": "arn:aws:iam::aws:policy/*"}}: 2,
                lambda: {"ArnNotEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}}: 2,
                lambda: {"StringEquals": {"aws:ResourceTag/team": team}}: 3,
                lambda: {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}: 2,
                lambda: {"StringNotEquals": {"aws:ResourceTag/team": team}}: 2,
                lambda: {"StringEquals": {"aws:PrincipalTag/team": team}}: 2,
                lambda: {"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::*:role/{team}-*"}}: 2,
                lambda: {"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}: 1,
                lambda: {"StringSounds": {"aws:username": "eve"}}: 1,
            }
        )


def _allow(actions: Any, resource: str | list[str]) -> Statement:
    return {"Effect": "Allow", "Action": actions if isinstance(actions, str) else list(actions), "Resource": resource}


def _deny(actions: Any, resource: str | list[str]) -> Statement:
    return {**_allow(actions, resource), "Effect": "Deny"}
