"""Containers and the clusters that run them: ECS tasks and their roles, EKS clusters and who may talk to them.

Stored by ingest as they stand here, like the rest of what runs as a role (workloads).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EcsCluster:
    arn: str
    name: str
    region: str = ""
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """`ecs describe-task-definition`. `name` is family:revision."""

    arn: str
    name: str
    region: str = ""
    role: str | None = None
    execution_role: str | None = None
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EcsService:
    """`cluster` and `definition` are ARNs, `role` the task role of the definition."""

    arn: str
    name: str
    cluster: str
    region: str = ""
    definition: str | None = None
    role: str | None = None
    execute_command: bool = False
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EcsTask:
    """`role` is the task role that it was started with, else that of its definition, where that was collected."""

    arn: str
    cluster: str
    region: str = ""
    definition: str | None = None
    role: str | None = None
    execute_command: bool = False
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContainerInstance:
    """`instance` is the id of the EC2 instance (or managed node) that is in the cluster."""

    arn: str
    cluster: str
    region: str = ""
    instance: str | None = None
    connected: bool | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EksCluster:
    """`role` is the cluster's own. `auth_mode`: API, API_AND_CONFIG_MAP or CONFIG_MAP. `issuer` without https://."""

    arn: str
    name: str
    region: str = ""
    role: str | None = None
    auth_mode: str | None = None
    issuer: str | None = None
    state: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """An EKS access policy on an entry. `scope` is cluster or namespace."""

    arn: str
    scope: str = "cluster"
    namespaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """Who (`principal`, an ARN) may talk to a cluster (an ARN), and as what.

    `policies` is None where `eks list-associated-access-policies` was not collected.
    """

    arn: str
    cluster: str
    principal: str
    type: str = "STANDARD"
    username: str | None = None
    groups: tuple[str, ...] = ()
    policies: tuple[AccessPolicy, ...] | None = None


@dataclass(frozen=True, slots=True)
class PodAssociation:
    """EKS Pod Identity: pods of a service account run as `role`, which goes on to `target_role` where there is one."""

    arn: str
    cluster: str
    namespace: str
    service_account: str
    role: str | None = None
    target_role: str | None = None
    external_id: str | None = None
    has_session_policy: bool = False


@dataclass(frozen=True, slots=True)
class NodeGroup:
    arn: str
    name: str
    cluster: str
    role: str | None = None
