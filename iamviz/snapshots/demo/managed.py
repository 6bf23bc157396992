"""The AWS managed policies that the demo uses. Those of whole job functions are abbreviated to the services at hand."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.snapshots.demo.documents import Json, allow, allow_all_but, document

_READ_SERVICES = (
    "acm",
    "athena",
    "autoscaling",
    "backup",
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "config",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticloadbalancing",
    "glue",
    "guardduty",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "organizations",
    "rds",
    "route53",
    "s3",
    "sagemaker",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "states",
)
_CONTAINER_PULL = (
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
)
_WRITE_LOGS = ("logs:CreateLogStream", "logs:PutLogEvents")


def _verbs(services: Iterable[str], *verbs: str) -> tuple[str, ...]:
    return tuple(f"{service}:{verb}*" for service in services for verb in verbs)


AWS_MANAGED: dict[str, Json] = {
    "AdministratorAccess": document(allow("*")),
    "PowerUserAccess": document(
        allow_all_but(("iam:*", "organizations:*", "account:*")),
        allow(
            (
                "account:GetAccountInformation",
                "account:GetPrimaryEmail",
                "account:ListRegions",
                "iam:CreateServiceLinkedRole",
                "iam:DeleteServiceLinkedRole",
                "iam:ListRoles",
                "organizations:DescribeOrganization",
            )
        ),
    ),
    "ReadOnlyAccess": document(
        allow(
            (
                *(
                    action
                    for action in _verbs(_READ_SERVICES, "Describe", "Get", "List")
                    if action not in ("secretsmanager:Get*", "ssm:Get*")
                ),
                "ssm:GetParameter*",
                "secretsmanager:GetResourcePolicy",
                "sts:GetCallerIdentity",
            )
        )
    ),
    "SecurityAudit": document(
        allow(
            (
                *_verbs(("access-analyzer", "cloudtrail", "config", "ec2", "guardduty"), "Describe", "Get", "List"),
                "iam:GenerateCredentialReport",
                "iam:Get*",
                "iam:List*",
                "kms:Describe*",
                "kms:GetKeyPolicy",
                "kms:List*",
                "lambda:GetPolicy",
                "organizations:Describe*",
                "organizations:List*",
                "s3:GetBucket*",
                "s3:ListAllMyBuckets",
            )
        )
    ),
    "IAMReadOnlyAccess": document(
        allow(
            (
                "iam:GenerateCredentialReport",
                "iam:GenerateServiceLastAccessedDetails",
                "iam:Get*",
                "iam:List*",
                "iam:SimulateCustomPolicy",
                "iam:SimulatePrincipalPolicy",
            )
        )
    ),
    "IAMUserChangePassword": document(
        allow("iam:ChangePassword", "arn:aws:iam::*:user/${aws:username}"),
        allow("iam:GetAccountPasswordPolicy"),
    ),
    "job-function/Billing": document(
        allow(("billing:*", "budgets:*", "ce:*", "cur:*", "invoicing:*", "payments:*", "tax:*"))
    ),
    "job-function/NetworkAdministrator": document(
        allow(
            (
                "directconnect:*",
                "ec2:*Route*",
                "ec2:*Subnet*",
                "ec2:*TransitGateway*",
                "ec2:*Vpc*",
                "ec2:*Vpn*",
                "ec2:Describe*",
                "elasticloadbalancing:*",
                "route53:*",
            )
        ),
    ),
    "AmazonS3ReadOnlyAccess": document(
        allow(("s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"))
    ),
    "AmazonSSMManagedInstanceCore": document(
        allow(
            (
                "ssm:DescribeAssociation",
                "ssm:GetDeployablePatchSnapshotForInstance",
                "ssm:GetDocument",
                "ssm:DescribeDocument",
                "ssm:GetManifest",
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:ListAssociations",
                "ssm:ListInstanceAssociations",
                "ssm:PutInventory",
                "ssm:PutComplianceItems",
                "ssm:PutConfigurePackageResult",
                "ssm:UpdateAssociationStatus",
                "ssm:UpdateInstanceAssociationStatus",
                "ssm:UpdateInstanceInformation",
            )
        ),
        allow(
            (
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
            )
        ),
        allow(
            (
                "ec2messages:AcknowledgeMessage",
                "ec2messages:DeleteMessage",
                "ec2messages:FailMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply",
            )
        ),
    ),
    "AmazonEC2ContainerRegistryReadOnly": document(
        allow((*_CONTAINER_PULL, "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"))
    ),
    "AmazonEKSWorkerNodePolicy": document(
        allow(("ec2:DescribeInstances", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "eks:DescribeCluster"))
    ),
    "service-role/AmazonECSTaskExecutionRolePolicy": document(allow((*_CONTAINER_PULL, *_WRITE_LOGS))),
    "service-role/AWSLambdaBasicExecutionRole": document(allow(("logs:CreateLogGroup", *_WRITE_LOGS))),
    "service-role/AWS_ConfigRole": document(
        allow((*_verbs(("ec2", "iam", "kms", "lambda", "rds", "s3"), "Describe", "Get", "List"), "config:Put*"))
    ),
    "service-role/AWSBackupServiceRolePolicyForBackup": document(
        allow(
            (
                "backup:CopyIntoBackupVault",
                "backup:DescribeBackupVault",
                "dynamodb:CreateBackup",
                "ec2:CreateSnapshot",
                "ec2:CreateTags",
                "rds:CreateDBSnapshot",
                "s3:GetObject*",
                "tag:GetResources",
            )
        ),
    ),
    "service-role/AWSGlueServiceRole": document(
        allow(("glue:*", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListAllMyBuckets", "cloudwatch:PutMetricData")),
        allow(("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), "arn:aws:s3:::aws-glue-*/*"),
        allow(("logs:CreateLogGroup", *_WRITE_LOGS), "arn:aws:logs:*:*:*:/aws-glue/*"),
    ),
}
"""By the part of the ARN after `policy/`."""

SERVICE_LINKED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Organizations": ("organizations", "AWSOrganizationsServiceTrustPolicy", ("iam:DeleteRole",)),
    "SSO": ("sso", "AWSSSOServiceRolePolicy", ("iam:CreateRole", "iam:AttachRolePolicy", "iam:UpdateRole")),
    "Support": ("support", "AWSSupportServiceRolePolicy", ("ec2:Describe*", "rds:Describe*", "s3:GetBucket*")),
    "TrustedAdvisor": ("trustedadvisor", "AWSTrustedAdvisorServiceRolePolicy", ("ec2:Describe*", "iam:List*")),
    "AmazonGuardDuty": ("guardduty", "AmazonGuardDutyServiceRolePolicy", ("ec2:Describe*", "s3:GetBucket*")),
    "AutoScaling": ("autoscaling", "AutoScalingServiceRolePolicy", ("ec2:RunInstances", "ec2:TerminateInstances")),
    "ECS": ("ecs", "AmazonECSServiceRolePolicy", ("ec2:AttachNetworkInterface", "elasticloadbalancing:Register*")),
    "ElasticLoadBalancing": (
        "elasticloadbalancing",
        "AWSElasticLoadBalancingServiceRolePolicy",
        ("ec2:CreateNetworkInterface", "ec2:Describe*"),
    ),
    "RDS": ("rds", "AmazonRDSServiceRolePolicy", ("ec2:CreateNetworkInterface", "logs:PutLogEvents")),
    "AmazonEKS": ("eks", "AmazonEKSServiceRolePolicy", ("ec2:CreateNetworkInterface", "ec2:Describe*")),
    "VPCTransitGateway": ("transitgateway", "AWSVPCTransitGatewayServiceRolePolicy", ("ec2:CreateNetworkInterface",)),
    "CloudFormationStackSetsOrgAdmin": (
        "stacksets.cloudformation",
        "CloudFormationStackSetsOrgAdminServiceRolePolicy",
        ("organizations:List*", "sts:AssumeRole"),
    ),
}
"""Service-linked roles, by the end of their name: service, managed policy, what it may do in short."""


def managed_document(name: str) -> Json | None:
    """The document of an AWS managed policy, by the part of its ARN after `policy/`."""
    if name in AWS_MANAGED:
        return AWS_MANAGED[name]
    for _, policy, actions in SERVICE_LINKED.values():
        if name == f"aws-service-role/{policy}":
            resource = "arn:aws:iam::*:role/stacksets-exec-*" if "sts:AssumeRole" in actions else "*"
            return document(allow(actions, resource))
    return None
