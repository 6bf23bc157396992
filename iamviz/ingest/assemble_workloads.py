"""What several commands say of one thing that runs as a role, put together; names of roles become ARNs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from iamviz.ingest.command_contents import CommandOutputs, FunctionUrl, Looked
from iamviz.inventory.clusters import AccessEntry, EcsService, EcsTask, EksCluster
from iamviz.inventory.model import Inventory
from iamviz.inventory.workloads import (
    Function,
    Instance,
    LaunchTemplate,
    ScalingGroup,
    TemplateUse,
    TemplateVersion,
    Workloads,
)
from iamviz.policy.arn import parse_arn

T = TypeVar("T", EcsService, EcsTask)

_NODES = "ssm describe-instance-information"
_VERSIONS = "ec2 describe-launch-template-versions"
_CLUSTERS = "eks describe-cluster"
_ENTRY_POLICIES = "eks list-associated-access-policies"

Regions = Mapping[str, tuple[str, ...]]
"""Command to the regions where its whole output was collected."""


def regions_of(looked: Iterable[Looked] | None) -> Regions:
    """Sorted by command."""
    found: dict[str, set[str]] = {}
    for each in looked or ():
        found.setdefault(each.command, set()).add(each.region)
    return {command: tuple(sorted(found[command])) for command in sorted(found)}


def was_asked(regions: Regions, command: str, region: str) -> bool:
    """Whether a command would have told of something in this region; a region that is not known is any."""
    asked = regions.get(command)
    return asked is not None and (not region or region in asked or "" in asked)


class RoleNames:
    """Roles and instance profiles of an account, as commands name them: by ARN or by name, with or without path."""

    def __init__(self, inventory: Inventory) -> None:
        self._start = f"arn:{inventory.partition}:iam::{inventory.account}:role/"
        self._roles = {each.name.casefold(): each.arn for each in inventory.roles}
        self._of_profiles: dict[str, str] = {}
        for profile in inventory.instance_profiles:
            if profile.roles:
                self._of_profiles[profile.arn] = self._of_profiles[profile.name] = profile.roles[0]

    def arn(self, role: str | None) -> str | None:
        """Of a role that is named; of one that the snapshot lacks, as it would be without a path."""
        if role is None or role.startswith("arn:"):
            return role
        known = self._roles.get(role.rpartition("/")[2].casefold())
        return known or self._start + role

    def of_profile(self, profile: str | None) -> str | None:
        """The role in an instance profile, given by ARN or name; None where there is none or it is not known."""
        return None if profile is None else self._of_profiles.get(profile)


def build_workloads(commands: CommandOutputs, regions: Regions, names: RoleNames) -> Workloads:
    """Everything that the commands of all regions told."""
    return Workloads(
        plain=tuple(replace(each, role=names.arn(each.role)) for each in commands.plain or ()),
        functions=tuple(_functions(commands, names)),
        instances=tuple(_instances(commands, regions, names)),
        managed_nodes=tuple(replace(each, role=names.arn(each.role)) for each in commands.managed_nodes or ()),
        launch_templates=tuple(_launch_templates(commands, regions, names)),
        scaling_groups=tuple(_scaling_groups(commands)),
        ecs_services=tuple(_with_task_roles(commands.ecs_services, commands, names)),
        ecs_tasks=tuple(_with_task_roles(commands.ecs_tasks, commands, names)),
        task_definitions=tuple(
            replace(each, role=names.arn(each.role), execution_role=names.arn(each.execution_role))
            for each in commands.task_definitions or ()
        ),
        projects=tuple(
            replace(each, role=names.arn(each.role), batch_role=names.arn(each.batch_role))
            for each in commands.projects or ()
        ),
        eks_clusters=tuple(_eks_clusters(commands, regions)),
        access_entries=tuple(_access_entries(commands, regions)),
        event_sources=_event_sources(commands),
        **{name: getattr(commands, name) or () for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    "ecs_clusters",
    "container_instances",
    "stack_sets",
    "pod_associations",
    "node_groups",
    "anywhere_profiles",
    "trust_anchors",
)
"""Fields of which one command tells everything, roles by their ARN."""


def _functions(commands: CommandOutputs, names: RoleNames) -> Iterable[Function]:
    urls = _by_arn(commands.function_urls)
    tags = {each.arn: dict(each.tags) for each in commands.tags or ()}
    sources: dict[str, set[str]] = {}
    for mapping in commands.event_mappings or ():
        sources.setdefault(mapping.function, set()).add(mapping.source)
    for each in commands.functions or ():
        url = urls.get(each.arn)
        yield replace(
            each,
            role=names.arn(each.role),
            url_auth=url.auth if url else (),
            event_sources=tuple(sorted(sources.get(each.arn, ()))),
            tags=tags.get(each.arn, {}),
        )


def _by_arn(urls: Iterable[FunctionUrl] | None) -> dict[str, FunctionUrl]:
    return {each.arn: each for each in urls or ()}


def _event_sources(commands: CommandOutputs) -> tuple[str, ...]:
    mapped = (each.source for each in commands.event_mappings or ())
    return tuple(sorted({*(commands.event_sources or ()), *mapped}))


def _instances(commands: CommandOutputs, regions: Regions, names: RoleNames) -> Iterable[Instance]:
    managed = {each.name for each in commands.managed_nodes or ()}
    for each in commands.instances or ():
        is_managed = each.name in managed or (False if was_asked(regions, _NODES, each.region) else None)
        yield replace(each, role=names.of_profile(each.profile), managed=is_managed)


def _launch_templates(commands: CommandOutputs, regions: Regions, names: RoleNames) -> Iterable[LaunchTemplate]:
    versions: dict[str, list[TemplateVersion]] = {}
    for version in commands.template_versions or ():
        found = replace(version, role=names.of_profile(version.profile))
        versions.setdefault(version.template, []).append(found)
    for each in commands.launch_templates or ():
        told = versions.get(each.arn, [])
        if told or was_asked(regions, _VERSIONS, each.region):
            yield replace(each, versions=tuple(sorted(told, key=lambda version: version.number)))
        else:
            yield each


def _scaling_groups(commands: CommandOutputs) -> Iterable[ScalingGroup]:
    templates = {
        (each.region, name): each.arn for each in commands.launch_templates or () for name in (each.name, each.id)
    }
    for group in commands.scaling_groups or ():
        yield replace(group, templates=tuple(_use(each, group, templates) for each in group.templates))


def _use(use: TemplateUse, group: ScalingGroup, templates: Mapping[tuple[str, str], str]) -> TemplateUse:
    """By the ARN of the template; one that was not collected has the ARN that its id gives it."""
    known = templates.get((group.region, use.template))
    arn = parse_arn(group.arn)
    if known is None and arn is not None:
        known = f"arn:{arn.partition}:ec2:{group.region}:{arn.account}:launch-template/{use.template}"
    return replace(use, template=known or use.template)


def _with_task_roles(values: Iterable[T] | None, commands: CommandOutputs, names: RoleNames) -> Iterable[T]:
    roles = {each.arn: each.role for each in commands.task_definitions or ()}
    for each in values or ():
        yield replace(each, role=names.arn(each.role or roles.get(each.definition or "")))


def _eks_clusters(commands: CommandOutputs, regions: Regions) -> Iterable[EksCluster]:
    """Those that were described; where nobody asked for that, those that any other command tells of, by name."""
    described = commands.eks_clusters or ()
    inside = (
        *(each.cluster for each in commands.access_entries or ()),
        *(each.cluster for each in commands.pod_associations or ()),
        *(each.cluster for each in commands.node_groups or ()),
    )
    found = {each.arn: each for each in described}
    for cluster in (*(commands.listed_clusters or ()), *map(_cluster_of, inside)):
        if not was_asked(regions, _CLUSTERS, cluster.region):
            found.setdefault(cluster.arn, cluster)
    yield from (found[arn] for arn in sorted(found))


def _cluster_of(arn: str) -> EksCluster:
    parsed = parse_arn(arn)
    return EksCluster(arn, arn.rpartition("/")[2], parsed.region if parsed else "")


def _access_entries(commands: CommandOutputs, regions: Regions) -> Iterable[AccessEntry]:
    """One for each cluster and principal: described, listed, or known by its policies alone."""
    policies = {(each.cluster, each.principal): each for each in commands.entry_policies or ()}
    found: dict[tuple[str, str], AccessEntry] = {}
    told = (AccessEntry(each.arn, each.cluster, each.principal) for each in policies.values())
    for entry in (*(commands.access_entries or ()), *(commands.listed_entries or ()), *told):
        found.setdefault((entry.cluster, entry.principal), entry)
    for key in sorted(found):
        entry, attached = found[key], policies.get(key)
        if attached is not None:
            yield replace(entry, policies=attached.policies)
        else:
            arn = parse_arn(entry.cluster)
            is_asked = was_asked(regions, _ENTRY_POLICIES, arn.region if arn else "")
            yield replace(entry, policies=() if is_asked else None)
