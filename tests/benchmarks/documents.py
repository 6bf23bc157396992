"""Identity policies of a generated organization: a mix like that of real accounts, drawn from a seeded generator."""

from __future__ import annotations

from functools import cache
from random import Random

from iamviz.policy.catalogue import managed_policy
from tests.benchmarks.names import HUB, SHARED, Names

Json = dict[str, object]

_NOUNS = {
    "s3": ("Object", "ObjectVersion", "ObjectTagging", "Bucket", "BucketPolicy", "BucketLocation"),
    "dynamodb": ("Item", "Table", "TimeToLive", "Backup"),
    "sqs": ("QueueAttributes", "QueueUrl", "Message"),
    "sns": ("Topic", "TopicAttributes", "Subscription"),
    "logs": ("LogGroups", "LogStreams", "LogEvents", "MetricFilters"),
    "ecr": ("Repositories", "Images", "ImageScanFindings", "LifecyclePolicy"),
    "ecs": ("Clusters", "Services", "TaskDefinition", "Tasks"),
    "lambda": ("Function", "FunctionConfiguration", "Alias", "LayerVersion"),
    "rds": ("DBInstances", "DBClusters", "DBSnapshots"),
    "ssm": ("Parameter", "Parameters", "ParametersByPath", "Document"),
    "secretsmanager": ("SecretValue", "ResourcePolicy", "RandomPassword"),
    "kms": ("KeyPolicy", "KeyRotationStatus", "Grants"),
}
_VERBS = ("Get", "List", "Describe", "Put", "Create", "Delete", "Update", "BatchGet")
_DEPLOYING = (
    ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:UpdateFunctionCode"],
    ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
    ["cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:CreateChangeSet"],
    ["ec2:RunInstances", "ssm:SendCommand"],
    ["glue:CreateJob", "glue:StartJobRun"],
)
_AWS_POLICIES = (
    "AdministratorAccess",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonS3ReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "CloudWatchAgentServerPolicy",
    "PowerUserAccess",
    "job-function/Billing",
    "job-function/ViewOnlyAccess",
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaVPCAccessExecutionRole",
    "service-role/AmazonECSTaskExecutionRolePolicy",
)


def document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(actions: object, resources: object = "*", **more: object) -> Json:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: object, resources: object = "*", **more: object) -> Json:
    return {**allow(actions, resources, **more), "Effect": "Deny"}


def identity_policy(random: Random, names: Names, position: int) -> Json:
    """What an application's role or a person holds: mostly data, sometimes roles, now and then a deploying one."""
    statements = [_ordinary(random, names.accounts[position]) for _ in range(random.randrange(2, 9))]
    if random.random() < 0.25:
        statements.append(_assume(random, names, position))
    if random.random() < 0.06:
        statements.append(_deploying(random, names.accounts[position]))
    if random.random() < 0.04:
        statements.append(_managing_identities(random, names.accounts[position]))
    if random.random() < 0.08:
        statements.append(_guarding(random))
    if random.random() < 0.02:
        statements.append({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "sts:*"], "Resource": "*"})
    return document(*statements)


def _ordinary(random: Random, account: str) -> Json:
    service = random.choice(tuple(_NOUNS))
    pool = [f"{service}:{verb}{noun}" for verb in _VERBS for noun in _NOUNS[service]]
    actions = sorted(random.sample(pool, random.randrange(3, min(14, len(pool)))))
    app = f"app-{random.randrange(400)}"
    resources = [
        f"arn:aws:{service}:eu-west-1:{account}:{app}-{part}/*"
        for part in random.sample(("api", "data", "events", "raw", "tmp"), random.randrange(1, 5))
    ]
    guard: Json = {}
    if random.random() < 0.15:
        guard = {"Condition": {"StringEquals": {"aws:ResourceAccount": account, "aws:RequestedRegion": "eu-west-1"}}}
    return {"Sid": f"Statement{random.randrange(10_000)}", **allow(actions, resources), **guard}


def _assume(random: Random, names: Names, position: int) -> Json:
    """Who may assume what: one role, the roles of one name everywhere, one account's roles, everything."""
    neighbour = position + random.randrange(-2, 3)
    role = random.choice(names.workloads)
    account = names.accounts[neighbour % len(names.accounts)]
    pattern = random.choices(
        (
            names.role(neighbour, role),
            f"arn:aws:iam::*:role/{role.split('-')[0]}-*",
            f"arn:aws:iam::{account}:role/*",
            "arn:aws:iam::*:role/${aws:PrincipalTag/team}-*",
            "*",
        ),
        (68, 14, 10, 3, 5),
    )[0]
    guard: Json = {"Condition": {"StringEquals": {"aws:ResourceOrgID": names.organization}}}
    return allow("sts:AssumeRole", pattern, **(guard if random.random() < 0.1 else {}))


def _deploying(random: Random, account: str) -> Json:
    actions = ["iam:PassRole", "iam:GetRole", *random.choice(_DEPLOYING)]
    narrow = f"arn:aws:iam::{account}:role/app-{random.randrange(400)}-*"
    return allow(actions, random.choices(("*", [narrow, f"arn:aws:lambda:*:{account}:*"]), (60, 40))[0])


def _managing_identities(random: Random, account: str) -> Json:
    actions = random.choice(
        (
            ["iam:CreateAccessKey", "iam:ListAccessKeys"],
            ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
            ["iam:UpdateAssumeRolePolicy"],
            ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
            ["iam:AddUserToGroup"],
        )
    )
    return allow(actions, random.choice(("*", f"arn:aws:iam::{account}:role/lz-*", f"arn:aws:iam::{account}:user/*")))


def _guarding(random: Random) -> Json:
    without_mfa: Json = {"Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
    return deny(
        ["iam:*", "sts:AssumeRole"], "arn:aws:iam::*:role/*-admin-*", **(without_mfa if random.random() < 0.5 else {})
    )


def boundary() -> Json:
    return document(
        allow([f"{service}:*" for service in _NOUNS]), allow("sts:AssumeRole", "arn:aws:iam::*:role/*-reader-*")
    )


def hub_policy() -> Json:
    return document(allow(["sts:AssumeRole", "sts:TagSession"], "arn:aws:iam::*:role/lz-deploy"))


def deploy_policy() -> Json:
    return document(
        allow(["cloudformation:*", "lambda:*", "s3:*", "ecs:*", "iam:PassRole", "iam:CreateRole", "iam:PutRolePolicy"]),
        deny("iam:*", "arn:aws:iam::*:role/lz-*", Condition={"ArnNotLike": {"aws:PrincipalArn": f"*/{HUB}"}}),
    )


def audit_policy(names: Names) -> Json:
    return document(
        allow(["iam:Get*", "iam:List*", "config:Describe*", "organizations:Describe*"]),
        allow("sts:AssumeRole", names.role(SHARED, "lz-log-reader")),
    )


@cache
def landing_zone_policies(account: str) -> dict[str, Json]:
    """The customer policies that every account has alike, but for its own id in them."""
    random = Random("landing zone")  # noqa: S311  # made-up policies, not secrets
    return {
        f"landing-zone-{number}": document(*(_ordinary(random, account) for _ in range(random.randrange(3, 7))))
        for number in range(8)
    }


@cache
def aws_policies() -> dict[str, Json]:
    """Policies of AWS's own, by the part of their ARN behind `policy/`."""
    found = {name: managed_policy(f"arn:aws:iam::aws:policy/{name}") for name in _AWS_POLICIES}
    return {name: document for name, document in found.items() if document is not None}
