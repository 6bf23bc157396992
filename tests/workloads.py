"""Small worlds, continued: what runs as a role, and what has a policy of its own, in as few words as a test needs.

`account` of tests.builders takes them like users and roles. Roles, profiles, clusters and templates are named without
their ARN. A kind that an account has counts as looked at; `looked_at=[command]` of `account` adds commands that
found nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from iamviz.inventory.clusters import (
    AccessEntry,
    ContainerInstance,
    EcsCluster,
    EcsService,
    EcsTask,
    EksCluster,
    NodeGroup,
    PodAssociation,
    TaskDefinition,
)
from iamviz.inventory.model import InstanceProfile, PolicyDocument, ResourceKind, ResourcePolicy
from iamviz.inventory.workloads import (
    COMMANDS,
    AnywhereProfile,
    Function,
    Instance,
    LaunchTemplate,
    ManagedNode,
    Project,
    ScalingGroup,
    StackSet,
    TemplateUse,
    TemplateVersion,
    TrustAnchor,
    Workload,
    WorkloadKind,
    Workloads,
)

REGION = "us-east-1"
KINDS: Mapping[type, tuple[str, str, str]] = {
    Function: ("functions", "lambda list-functions", "lambda:{region}:{account}:function:{name}"),
    Instance: ("instances", "ec2 describe-instances", "ec2:{region}:{account}:instance/{name}"),
    ManagedNode: (
        "managed_nodes",
        "ssm describe-instance-information",
        "ssm:{region}:{account}:managed-instance/{name}",
    ),
    LaunchTemplate: (
        "launch_templates",
        "ec2 describe-launch-templates",
        "ec2:{region}:{account}:launch-template/{id}",
    ),
    ScalingGroup: (
        "scaling_groups",
        "autoscaling describe-auto-scaling-groups",
        "autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/{name}",
    ),
    EcsCluster: ("ecs_clusters", "ecs describe-clusters", "ecs:{region}:{account}:cluster/{name}"),
    EcsService: ("ecs_services", "ecs describe-services", "ecs:{region}:{account}:service/{name}"),
    EcsTask: ("ecs_tasks", "ecs describe-tasks", "ecs:{region}:{account}:task/{arn}"),
    TaskDefinition: (
        "task_definitions",
        "ecs describe-task-definition",
        "ecs:{region}:{account}:task-definition/{name}",
    ),
    ContainerInstance: (
        "container_instances",
        "ecs describe-container-instances",
        "ecs:{region}:{account}:container-instance/{arn}",
    ),
    StackSet: (
        "stack_sets",
        "cloudformation describe-stack-set",
        "cloudformation:{region}:{account}:stackset/{name}:1",
    ),
    Project: ("projects", "codebuild batch-get-projects", "codebuild:{region}:{account}:project/{name}"),
    EksCluster: ("eks_clusters", "eks describe-cluster", "eks:{region}:{account}:cluster/{name}"),
    AccessEntry: ("access_entries", "eks describe-access-entry", "eks:{region}:{account}:access-entry/{arn}"),
    PodAssociation: (
        "pod_associations",
        "eks describe-pod-identity-association",
        "eks:{region}:{account}:podidentityassociation/{arn}",
    ),
    NodeGroup: ("node_groups", "eks describe-nodegroup", "eks:{region}:{account}:nodegroup/{name}"),
    AnywhereProfile: (
        "anywhere_profiles",
        "rolesanywhere list-profiles",
        "rolesanywhere:{region}:{account}:profile/{name}",
    ),
    TrustAnchor: (
        "trust_anchors",
        "rolesanywhere list-trust-anchors",
        "rolesanywhere:{region}:{account}:trust-anchor/{name}",
    ),
}
"""The field of Workloads, the command that lists it, and the ARN behind `arn:aws:`."""
PLAIN: Mapping[WorkloadKind, str] = {
    "stack": "cloudformation:{region}:{account}:stack/{name}/1",
    "glue-job": "glue:{region}:{account}:job/{name}",
    "dev-endpoint": "glue:{region}:{account}:devEndpoint/{name}",
    "notebook": "sagemaker:{region}:{account}:notebook-instance/{name}",
    "apprunner-service": "apprunner:{region}:{account}:service/{name}/1",
    "code-interpreter": "bedrock-agentcore:{region}:{account}:code-interpreter-custom/{name}",
}
RESOURCES: Mapping[ResourceKind, tuple[str, str]] = {
    "bucket": ("s3api get-bucket-policy", "s3:::{name}"),
    "key": ("kms get-key-policy", "kms:{region}:{account}:key/{name}"),
    "queue": ("sqs get-queue-attributes", "sqs:{region}:{account}:{name}"),
    "topic": ("sns get-topic-attributes", "sns:{region}:{account}:{name}"),
    "function": ("lambda get-policy", "lambda:{region}:{account}:function:{name}"),
    "secret": ("secretsmanager get-resource-policy", "secretsmanager:{region}:{account}:secret:{name}-AbCdEf"),
    "repository": ("ecr get-repository-policy", "ecr:{region}:{account}:repository/{name}"),
}
ROLES = ("role", "execution_role", "administration_role", "batch_role", "target_role")


def function(name: str, role: str | None = None, **more: Any) -> Function:
    return Function("", name, REGION, role, **more)


def instance(name: str = "i-1", profile: str | None = None, *, state: str = "running", **more: Any) -> Instance:
    """Its role is that of the account's instance profile of this name."""
    return Instance("", name, REGION, profile, state=state, **more)


def launch_template(name: str = "lt-1", profile: str | None = None, **more: Any) -> LaunchTemplate:
    """With one version, which is the default."""
    version = TemplateVersion("", name, 1, is_default=True, profile=profile)
    return LaunchTemplate("", name, name, REGION, 1, 1, (version,), **more)


def scaling_group(name: str = "asg", template: str | None = None, version: str = "$Default") -> ScalingGroup:
    return ScalingGroup("", name, REGION, (TemplateUse(template, version),) if template else ())


def ecs_cluster(name: str = "main", state: str = "ACTIVE") -> EcsCluster:
    return EcsCluster("", name, REGION, state)


def task_definition(name: str = "app:1", role: str | None = None, **more: Any) -> TaskDefinition:
    return TaskDefinition("", name, REGION, role, state="ACTIVE", **more)


def task(
    role: str | None = None, cluster: str = "main", name: str = "1", *, execute_command: bool = False, **more: Any
) -> EcsTask:
    return EcsTask(name, cluster, REGION, None, role, execute_command, state="RUNNING", **more)


def container_instance(instance: str = "i-1", cluster: str = "main", name: str = "1") -> ContainerInstance:
    return ContainerInstance(name, cluster, REGION, instance, connected=True, state="ACTIVE")


def workload(kind: WorkloadKind, name: str, role: str | None = None, state: str | None = None) -> Workload:
    """A stack, Glue job, dev endpoint, notebook, App Runner service or code interpreter."""
    return Workload(kind, "", name, REGION, role, state)


def project(name: str, role: str | None = None, batch_role: str | None = None) -> Project:
    return Project("", name, REGION, role, batch_role)


def stack_set(name: str, administration_role: str | None = None, execution_role: str | None = None) -> StackSet:
    """`execution_role` stays a name: it stands in other accounts."""
    return StackSet("", name, REGION, administration_role, execution_role, "SELF_MANAGED", "ACTIVE")


def eks_cluster(name: str = "main", auth_mode: str | None = "API", **more: Any) -> EksCluster:
    return EksCluster("", name, REGION, auth_mode=auth_mode, **more)


def pod_association(role: str, namespace: str = "default", service_account: str = "app", **more: Any) -> PodAssociation:
    name, cluster = more.pop("name", "a-1"), more.pop("cluster", "main")
    return PodAssociation(name, cluster, namespace, service_account, role, **more)


def resource(kind: ResourceKind, name: str, document: PolicyDocument | None = None, **more: Any) -> ResourcePolicy:
    """For the document see `document` of tests.builders; without one the resource has no policy."""
    return ResourcePolicy(kind, name, "", "" if kind == "bucket" else REGION, document, **more)


def workloads_of(number: str, entities: Sequence[object], profiles: Iterable[InstanceProfile]) -> Workloads:
    """Those among the entities, in the account."""
    roles = {each.arn: each.roles for each in profiles}
    placed = [
        _with_role_of_profile(_placed(number, each), roles)
        for each in entities
        if type(each) in KINDS or isinstance(each, Workload)
    ]
    found: dict[str, tuple[Any, ...]] = {
        name: tuple(each for each in placed if isinstance(each, type_)) for type_, (name, _, _) in KINDS.items()
    }
    return Workloads(plain=tuple(each for each in placed if isinstance(each, Workload)), **found)


def resources_of(number: str, entities: Sequence[object]) -> tuple[ResourcePolicy, ...]:
    """Those among the entities, in the account."""
    return tuple(
        replace(each, account=number, arn=_arn(RESOURCES[each.kind][1], number, each.region, name=each.arn))
        for each in entities
        if isinstance(each, ResourcePolicy)
    )


def commands_of(entities: Sequence[object], looked_at: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The commands that must have been run for somebody to know all this."""
    return dict.fromkeys((*looked_at, *filter(None, map(_command, entities))), (REGION,))


def _command(entity: object) -> str:
    match entity:
        case Workload(kind=kind):
            return COMMANDS[kind]
        case ResourcePolicy(kind=kind):
            return RESOURCES[kind][0]
        case _:
            return KINDS[type(entity)][1] if type(entity) in KINDS else ""


def _placed(number: str, entity: Any) -> Any:
    names = {each.name for each in fields(entity)}
    template = PLAIN[entity.kind] if isinstance(entity, Workload) else KINDS[type(entity)][2]
    own = {name: getattr(entity, name) for name in names if isinstance(getattr(entity, name), str)}
    own["arn"] = own["arn"] or "1"
    changed = {"arn": _arn(template, number, **{"region": REGION, **own})}
    changed |= {name: _iam(number, "role", own[name]) for name in ROLES if name in own and name in names}
    if isinstance(entity, StackSet):
        changed["execution_role"] = entity.execution_role or ""
    if "cluster" in own:
        service = "eks" if isinstance(entity, AccessEntry | PodAssociation | NodeGroup) else "ecs"
        changed["cluster"] = _arn(
            f"{service}:{{region}}:{{account}}:cluster/{{name}}", number, REGION, name=own["cluster"]
        )
    return replace(entity, **changed)


def _with_role_of_profile(entity: Any, roles: Mapping[str, tuple[str, ...]]) -> Any:
    match entity:
        case Instance(profile=str(name), arn=arn):
            profile = _iam(arn.split(":")[4], "instance-profile", name)
            return replace(entity, profile=profile, role=entity.role or next(iter(roles.get(profile, ())), None))
        case LaunchTemplate(versions=(*versions,), arn=arn):
            return replace(entity, versions=tuple(_placed_version(each, arn, roles) for each in versions))
        case ScalingGroup(templates=(*uses,), arn=arn):
            start = f"arn:aws:ec2:{REGION}:{arn.split(':')[4]}:launch-template/"
            return replace(entity, templates=tuple(replace(each, template=start + each.template) for each in uses))
        case _:
            return entity


def _placed_version(version: TemplateVersion, arn: str, roles: Mapping[str, tuple[str, ...]]) -> TemplateVersion:
    profile = version.profile and _iam(arn.split(":")[4], "instance-profile", version.profile)
    role = next(iter(roles.get(profile or "", ())), None)
    return replace(version, arn=f"{arn}:{version.number}", template=arn, profile=profile, role=role)


def _arn(template: str, number: str, region: str, **names: str) -> str:
    return "arn:aws:" + template.format(account=number, region=region, **names)


def _iam(number: str, kind: str, name: str) -> str:
    return name if name.startswith("arn:") else f"arn:aws:iam::{number}:{kind}/{name}"
