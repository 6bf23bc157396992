"""What the content of command outputs is, like the other contents: sorted, encoded as MessagePack."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from iamviz.ingest.contents import Content, KeyContent, ProfileContent
from iamviz.inventory import clusters, identity_center, workloads
from iamviz.inventory.model import ResourceKind


class ListedRole(Content, frozen=True):
    arn: str
    description: str | None
    max_session: int | None


class ListedUser(Content, frozen=True):
    arn: str
    name: str
    password_last_used: datetime | None


class Looked(Content, frozen=True):
    """A command whose whole output is here, and the region that it was asked in ("" where the file does not say)."""

    command: str
    region: str


class PolicyText(Content, frozen=True):
    """A resource, and the policy that a command printed; no text where it was only listed or has none."""

    arn: str
    kind: ResourceKind
    text: str | None


class BucketGuard(Content, frozen=True):
    """What stands before a bucket's policy: RestrictPublicBuckets, BlockPublicPolicy, ABAC. `arn` "" for all."""

    arn: str
    restricts: bool | None = None
    refuses: bool | None = None
    abac: bool | None = None


class Encryption(Content, frozen=True):
    """Of a bucket or secret, by `arn`: the customer key, as an ARN, an id or the name of an alias."""

    arn: str
    key: str


class FunctionUrl(Content, frozen=True):
    """`arn` is that of the function, without an alias."""

    arn: str
    auth: tuple[str, ...]


class TaggedThing(Content, frozen=True):
    arn: str
    tags: tuple[tuple[str, str], ...]


class EventMapping(Content, frozen=True):
    """`arn` is that of the mapping, or made from what it maps; `source` of the stream or queue."""

    arn: str
    function: str
    source: str


class EntryPolicies(Content, frozen=True):
    """Access policies on an EKS access entry."""

    arn: str
    cluster: str
    principal: str
    policies: tuple[clusters.AccessPolicy, ...]


class ProviderClients(Content, frozen=True):
    """`arn` of an OpenID Connect provider."""

    arn: str
    clients: tuple[str, ...]


class CommandOutputs(Content, frozen=True):
    """None: the command was not run. Names of users are keys, as in the file.

    What runs as a role is stored as inventory has it, before what different commands say of it is joined.
    """

    alias: str | None = None
    roles: tuple[ListedRole, ...] | None = None
    users: tuple[ListedUser, ...] | None = None
    summary: tuple[tuple[str, int], ...] | None = None
    mfa_devices: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    access_keys: tuple[tuple[str, tuple[KeyContent, ...]], ...] | None = None
    login_profiles: tuple[str, ...] | None = None
    profiles: tuple[ProfileContent, ...] | None = None
    oidc_providers: tuple[str, ...] | None = None
    saml_providers: tuple[str, ...] | None = None
    looked_at: tuple[Looked, ...] | None = None
    oidc_clients: tuple[ProviderClients, ...] | None = None
    plain: tuple[workloads.Workload, ...] | None = None
    functions: tuple[workloads.Function, ...] | None = None
    function_urls: tuple[FunctionUrl, ...] | None = None
    event_mappings: tuple[EventMapping, ...] | None = None
    event_sources: tuple[str, ...] | None = None
    tags: tuple[TaggedThing, ...] | None = None
    instances: tuple[workloads.Instance, ...] | None = None
    managed_nodes: tuple[workloads.ManagedNode, ...] | None = None
    launch_templates: tuple[workloads.LaunchTemplate, ...] | None = None
    template_versions: tuple[workloads.TemplateVersion, ...] | None = None
    scaling_groups: tuple[workloads.ScalingGroup, ...] | None = None
    ecs_clusters: tuple[clusters.EcsCluster, ...] | None = None
    ecs_services: tuple[clusters.EcsService, ...] | None = None
    ecs_tasks: tuple[clusters.EcsTask, ...] | None = None
    task_definitions: tuple[clusters.TaskDefinition, ...] | None = None
    container_instances: tuple[clusters.ContainerInstance, ...] | None = None
    stack_sets: tuple[workloads.StackSet, ...] | None = None
    projects: tuple[workloads.Project, ...] | None = None
    eks_clusters: tuple[clusters.EksCluster, ...] | None = None
    listed_clusters: tuple[clusters.EksCluster, ...] | None = None
    access_entries: tuple[clusters.AccessEntry, ...] | None = None
    listed_entries: tuple[clusters.AccessEntry, ...] | None = None
    entry_policies: tuple[EntryPolicies, ...] | None = None
    pod_associations: tuple[clusters.PodAssociation, ...] | None = None
    node_groups: tuple[clusters.NodeGroup, ...] | None = None
    anywhere_profiles: tuple[workloads.AnywhereProfile, ...] | None = None
    trust_anchors: tuple[workloads.TrustAnchor, ...] | None = None
    resources: tuple[PolicyText, ...] | None = None
    policies: tuple[PolicyText, ...] | None = None
    bucket_guards: tuple[BucketGuard, ...] | None = None
    abac: tuple[BucketGuard, ...] | None = None
    encryption: tuple[Encryption, ...] | None = None
    center_instances: tuple[str, ...] | None = None
    listed_sets: tuple[str, ...] | None = None
    permission_sets: tuple[identity_center.PermissionSet, ...] | None = None
    assignments: tuple[identity_center.Assignment, ...] | None = None
    people: tuple[identity_center.Person, ...] | None = None
    memberships: tuple[identity_center.GroupMembership, ...] | None = None


def identity(value: Any) -> str:
    """What makes two values the same thing: the ARN, or the name that leads a tuple, or all of it."""
    if isinstance(value, tuple):
        return str(value[0])
    return str(getattr(value, "arn", None) or value)
