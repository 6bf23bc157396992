"""What runs as a role, as frozen dataclasses: functions, instances, containers, stacks, builds, clusters, certificates.

They are what ingest stores of a command's output and what rules ask, one shape for both. A role is an ARN, or None
where the thing has none. `state` is AWS's word for it. Whether a kind was looked at at all: Inventory.looked_at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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

WorkloadKind = Literal[
    "stack", "glue-job", "dev-endpoint", "notebook", "apprunner-service", "code-interpreter"
]  # fmt: skip

COMMANDS: Mapping[WorkloadKind, str] = {
    "stack": "cloudformation describe-stacks",
    "glue-job": "glue get-jobs",
    "dev-endpoint": "glue get-dev-endpoints",
    "notebook": "sagemaker describe-notebook-instance",
    "apprunner-service": "apprunner describe-service",
    "code-interpreter": "bedrock-agentcore-control get-code-interpreter",
}
"""The command that tells of the kind, for Inventory.looked_at."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Of the kinds that differ in nothing that a rule asks for."""

    kind: WorkloadKind
    arn: str
    name: str
    region: str = ""
    role: str | None = None
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Function:
    """`lambda list-functions`, with what the commands about single functions add."""

    arn: str
    name: str
    region: str = ""
    role: str | None = None
    runtime: str | None = None
    layers: tuple[str, ...] = ()
    event_sources: tuple[str, ...] = ()
    """ARNs of streams and queues that are mapped to it."""
    url_auth: tuple[str, ...] = ()
    """AuthType of each of its URLs: "NONE" (anyone) or "AWS_IAM"."""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instance:
    """`ec2 describe-instances`. `name` is its id. `profile` is the ARN of its instance profile, `role` that one's."""

    arn: str
    name: str
    region: str = ""
    profile: str | None = None
    role: str | None = None
    state: str | None = None
    """pending, running, shutting-down, terminated, stopping or stopped."""
    root_device: str | None = None
    """ebs or instance-store."""
    platform: str | None = None
    """windows, or None."""
    hop_limit: int | None = None
    """Of the metadata service: at 1 a container with a network of its own does not reach it."""
    tokens: str | None = None
    """required or optional."""
    public_address: str | None = None
    managed: bool | None = None
    """Whether Systems Manager manages it; None where `ssm describe-instance-information` was not collected."""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ManagedNode:
    """`ssm describe-instance-information`: an EC2 instance, or (`role` then) a machine elsewhere that was activated."""

    arn: str
    name: str
    region: str = ""
    role: str | None = None
    ping: str | None = None
    """Online, ConnectionLost or Inactive."""
    platform: str | None = None
    """Linux, Windows or MacOS."""


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """`ec2 describe-launch-template-versions`. `arn` is the template's, with the number after a colon."""

    arn: str
    template: str
    number: int
    is_default: bool = False
    profile: str | None = None
    """ARN or name of the instance profile, as it was typed."""
    role: str | None = None


@dataclass(frozen=True, slots=True)
class LaunchTemplate:
    """`ec2 describe-launch-templates`; `versions` None where they were not collected."""

    arn: str
    id: str
    name: str
    region: str = ""
    default_version: int | None = None
    latest_version: int | None = None
    versions: tuple[TemplateVersion, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A launch template in an auto scaling group: by its ARN, at a number, "$Default" or "$Latest"."""

    template: str
    version: str = "$Default"


@dataclass(frozen=True, slots=True)
class ScalingGroup:
    """`autoscaling describe-auto-scaling-groups`. `instances` are ids."""

    arn: str
    name: str
    region: str = ""
    templates: tuple[TemplateUse, ...] = ()
    instances: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StackSet:
    """`administration_role` is an ARN in this account; `execution_role` the name of a role in each target account.

    AWS's defaults where they are not set: AWSCloudFormationStackSetAdministrationRole and ...ExecutionRole.
    """

    arn: str
    name: str
    region: str = ""
    administration_role: str | None = None
    execution_role: str | None = None
    permission_model: str | None = None
    """SELF_MANAGED or SERVICE_MANAGED."""
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """`codebuild batch-get-projects`. `batch_role` None: the project allows no batch builds."""

    arn: str
    name: str
    region: str = ""
    role: str | None = None
    batch_role: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnywhereProfile:
    """A profile of IAM Roles Anywhere: the roles that certificates may take."""

    arn: str
    name: str
    region: str = ""
    roles: tuple[str, ...] = ()
    enabled: bool = False
    has_session_policy: bool = False


@dataclass(frozen=True, slots=True)
class TrustAnchor:
    arn: str
    name: str
    region: str = ""
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class Workloads:
    """Everything of an account that runs as a role, sorted by ARN. Empty also where nobody looked."""

    plain: tuple[Workload, ...] = ()
    functions: tuple[Function, ...] = ()
    instances: tuple[Instance, ...] = ()
    managed_nodes: tuple[ManagedNode, ...] = ()
    launch_templates: tuple[LaunchTemplate, ...] = ()
    scaling_groups: tuple[ScalingGroup, ...] = ()
    ecs_clusters: tuple[EcsCluster, ...] = ()
    ecs_services: tuple[EcsService, ...] = ()
    ecs_tasks: tuple[EcsTask, ...] = ()
    task_definitions: tuple[TaskDefinition, ...] = ()
    container_instances: tuple[ContainerInstance, ...] = ()
    stack_sets: tuple[StackSet, ...] = ()
    projects: tuple[Project, ...] = ()
    eks_clusters: tuple[EksCluster, ...] = ()
    access_entries: tuple[AccessEntry, ...] = ()
    pod_associations: tuple[PodAssociation, ...] = ()
    node_groups: tuple[NodeGroup, ...] = ()
    anywhere_profiles: tuple[AnywhereProfile, ...] = ()
    trust_anchors: tuple[TrustAnchor, ...] = ()
    event_sources: tuple[str, ...] = ()
    """ARNs of streams and queues that a function could be mapped to."""

    def of_kind(self, kind: WorkloadKind) -> tuple[Workload, ...]:
        """Stacks, or jobs, or notebooks."""
        return tuple(each for each in self.plain if each.kind == kind)


NO_WORKLOADS = Workloads()
