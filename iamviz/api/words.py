"""A trust statement in plain words: whom it lets in (or refuses), and its conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from iamviz.policy.arn import parse_arn
from iamviz.policy.conditions.words import in_words, listed
from iamviz.policy.document import Statement
from iamviz.policy.expression import Condition

MOST_NAMED = 6

SERVICES = {
    "apigateway": "Amazon API Gateway",
    "autoscaling": "Amazon EC2 Auto Scaling",
    "backup": "AWS Backup",
    "batch": "AWS Batch",
    "bedrock": "Amazon Bedrock",
    "cloudformation": "AWS CloudFormation",
    "cloudtrail": "AWS CloudTrail",
    "codebuild": "AWS CodeBuild",
    "codedeploy": "AWS CodeDeploy",
    "codepipeline": "AWS CodePipeline",
    "config": "AWS Config",
    "delivery.logs": "Amazon CloudWatch Logs delivery",
    "dms": "AWS Database Migration Service",
    "ec2": "Amazon EC2",
    "ecs": "Amazon ECS",
    "ecs-tasks": "Amazon ECS tasks",
    "edgelambda": "Lambda@Edge",
    "eks": "Amazon EKS",
    "elasticloadbalancing": "Elastic Load Balancing",
    "elasticmapreduce": "Amazon EMR",
    "events": "Amazon EventBridge",
    "firehose": "Amazon Data Firehose",
    "glue": "AWS Glue",
    "guardduty": "Amazon GuardDuty",
    "lambda": "AWS Lambda",
    "organizations": "AWS Organizations",
    "monitoring.rds": "Amazon RDS monitoring",
    "pods.eks": "Amazon EKS Pod Identity",
    "rds": "Amazon RDS",
    "redshift": "Amazon Redshift",
    "rolesanywhere": "IAM Roles Anywhere",
    "s3": "Amazon S3",
    "sagemaker": "Amazon SageMaker",
    "scheduler": "Amazon EventBridge Scheduler",
    "securityhub": "AWS Security Hub",
    "sns": "Amazon SNS",
    "spotfleet": "Amazon EC2 Spot Fleet",
    "sqs": "Amazon SQS",
    "ssm": "AWS Systems Manager",
    "sso": "IAM Identity Center",
    "states": "AWS Step Functions",
    "support": "AWS Support",
    "transfer": "AWS Transfer Family",
    "trustedadvisor": "AWS Trusted Advisor",
    "vpc-flow-logs": "VPC Flow Logs",
}
"""Source: names in https://docs.aws.amazon.com/service-authorization/latest/reference/, as of November 2026."""

ISSUERS = {
    "token.actions.githubusercontent.com": "GitHub Actions workflows",
    "gitlab.com": "GitLab pipelines",
    "app.terraform.io": "HCP Terraform runs",
    "agent.buildkite.com": "Buildkite jobs",
    "accounts.google.com": "Google accounts",
    "cognito-identity.amazonaws.com": "Amazon Cognito identities",
    "graph.facebook.com": "Facebook users",
    "www.amazon.com": "Login with Amazon users",
}


def trust_words(
    statement: Statement, principals: Sequence[Mapping[str, Any]], levels: Mapping[str, str], own: str
) -> str:
    """Whom the statement lets in or refuses. `principals` are node references, `levels` say how each is trusted."""
    allows = statement.effect == "Allow"
    who = [
        principal_words(
            each, levels.get(each["id"], "named"), own, allows=allows, sessions=sessions_of(statement, each)
        )
        for each in principals
    ]
    if statement.not_principals is not None:
        listed = _listed([entry.value for entry in statement.not_principals], "or")
        who = [f"anyone but {listed}"]
    subject = _listed(who, "or") if who else "nobody"
    return f"{subject[0].upper()}{subject[1:]}" if allows else f"Refuses {subject}"


def sessions_of(statement: Statement, node: Mapping[str, Any]) -> list[str]:
    """The sessions of the role to which the statement limits it; empty where it lets in the whole role too."""
    found = []
    for entry in statement.principals or ():
        arn = parse_arn(entry.value)
        if arn is None or arn.account != node["account"]:
            continue
        if entry.value == node["id"]:
            return []
        name, _, session = arn.resource.removeprefix("assumed-role/").partition("/")
        if arn.kind == "assumed-role" and name.casefold() == node["name"].casefold():
            found.append(session)
    return found


def principal_words(
    node: Mapping[str, Any], level: str, own: str, *, allows: bool = True, sessions: Sequence[str] = ()
) -> str:
    """Whom a principal lets in; what begins a sentence is made a capital by the caller."""
    kind = node["kind"]
    if kind in {"account", "external-account"} or level == "account":
        return _account_words(node, own) + (" whose own policies let it" if allows else "")
    if kind == "service":
        return service_words(node["id"].partition(":")[2])
    if kind in {"oidc-provider", "web-identity", "saml-provider"}:
        return provider_words(node)
    if kind == "anyone":
        return "anyone, in any AWS account"
    if kind == "dangling":
        return f"nobody: the principal {node['name']} was deleted"
    return _named_words(node, own, sessions)


def _account_words(node: Mapping[str, Any], own: str) -> str:
    account = node["account"] or node["name"]
    if account == own:
        return "any principal of this account"
    if node["kind"] == "external-account":
        return f"any principal of the outside account {account}"
    return f"any principal of {node['account_name'] or account}"


def _named_words(node: Mapping[str, Any], own: str, sessions: Sequence[str]) -> str:
    account = node["account_name"] or node["account"]
    where = "" if node["account"] == own or not account else f" in {account}"
    if node["kind"] == "external-principal":
        return f"the principal {node['id']}, which is not in the snapshot"
    whom = f"the {node['kind']} {node['name']}{where}"
    return f"the session {_listed(sessions, 'or')} of {whom}" if sessions else whom


def service_words(principal: str) -> str:
    name = principal.removesuffix(".cn").removesuffix(".amazonaws.com")
    return SERVICES.get(name, f"the AWS service {principal}")


def provider_words(node: Mapping[str, Any]) -> str:
    """Who signs in through a provider."""
    arn = parse_arn(node["id"])
    name = arn.resource.partition("/")[2] if arn else node["id"].partition(":")[2] or node["name"]
    if arn is not None and arn.kind == "saml-provider":
        if name.startswith("AWSSSO_"):
            return "people whom IAM Identity Center assigns the permission set"
        return f"people who sign in through the SAML provider {name}"
    host = name.partition("/")[0]
    if name in ISSUERS or host in ISSUERS:
        return ISSUERS.get(name, ISSUERS.get(host, name))
    if host.startswith("oidc.eks."):
        return f"Kubernetes service accounts of the cluster behind {name}"
    return f"whoever {name} vouches for"


def conditions_words(conditions: Iterable[Condition]) -> str:
    return " and ".join(in_words(condition) for condition in conditions)


def _listed(parts: Sequence[str], word: str) -> str:
    return listed(parts, word, most=MOST_NAMED)
