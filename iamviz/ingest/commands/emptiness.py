"""What an empty answer says of other commands: where no function is listed, no function has a policy."""

from __future__ import annotations

from collections.abc import Mapping

_OF_ECS_CLUSTERS = ("ecs describe-services", "ecs describe-tasks", "ecs describe-container-instances")
_OF_EKS_CLUSTERS = (
    "eks describe-access-entry",
    "eks list-associated-access-policies",
    "eks describe-pod-identity-association",
    "eks describe-nodegroup",
)
_OF_FUNCTIONS = (
    "lambda get-policy",
    "lambda list-function-url-configs",
    "lambda list-event-source-mappings",
    "lambda list-tags",
)
EMPTY_SAYS: Mapping[str, tuple[str, ...]] = {
    "lambda list-functions": _OF_FUNCTIONS,
    "ec2 describe-launch-templates": ("ec2 describe-launch-template-versions",),
    "ecs list-clusters": ("ecs describe-clusters", *_OF_ECS_CLUSTERS),
    "ecs describe-clusters": _OF_ECS_CLUSTERS,
    "ecs list-services": ("ecs describe-services",),
    "ecs list-tasks": ("ecs describe-tasks",),
    "ecs list-task-definitions": ("ecs describe-task-definition",),
    "ecs list-container-instances": ("ecs describe-container-instances",),
    "eks list-clusters": ("eks describe-cluster", *_OF_EKS_CLUSTERS),
    "eks describe-cluster": _OF_EKS_CLUSTERS,
    "eks list-access-entries": ("eks describe-access-entry", "eks list-associated-access-policies"),
    "eks list-pod-identity-associations": ("eks describe-pod-identity-association",),
    "eks list-nodegroups": ("eks describe-nodegroup",),
    "cloudformation list-stack-sets": ("cloudformation describe-stack-set",),
    "codebuild list-projects": ("codebuild batch-get-projects",),
    "glue list-jobs": ("glue get-jobs",),
    "glue list-dev-endpoints": ("glue get-dev-endpoints",),
    "sagemaker list-notebook-instances": ("sagemaker describe-notebook-instance",),
    "apprunner list-services": ("apprunner describe-service",),
    "bedrock-agentcore-control list-code-interpreters": ("bedrock-agentcore-control get-code-interpreter",),
    "s3api list-buckets": (
        "s3api get-bucket-policy",
        "s3api get-public-access-block",
        "s3api get-bucket-abac",
        "s3api get-bucket-encryption",
    ),
    "dynamodb list-tables": ("dynamodb describe-table",),
    "sso-admin list-instances": (
        "sso-admin list-permission-sets",
        "sso-admin describe-permission-set",
        "sso-admin list-account-assignments",
    ),
    "sso-admin list-permission-sets": ("sso-admin describe-permission-set", "sso-admin list-account-assignments"),
    "kms list-keys": ("kms get-key-policy",),
    "sqs list-queues": ("sqs get-queue-attributes",),
    "sns list-topics": ("sns get-topic-attributes",),
    "secretsmanager list-secrets": ("secretsmanager get-resource-policy",),
    "ecr describe-repositories": ("ecr get-repository-policy",),
}
"""Where the listing is empty there is nothing that these commands could have told."""
