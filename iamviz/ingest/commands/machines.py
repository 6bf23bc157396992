"""EC2 instances, launch templates and auto scaling groups, and the nodes that Systems Manager manages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

import msgspec

from iamviz.ingest.commands.reader import Answer, CommandReader, Printed, Reader, Tags, tags_of
from iamviz.ingest.source import Refusal
from iamviz.inventory.workloads import (
    Instance,
    LaunchTemplate,
    ManagedNode,
    ScalingGroup,
    TemplateUse,
    TemplateVersion,
)

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-\d")


class ProfileShape(Printed):
    arn: str | None = None
    name: str | None = None


class StateShape(Printed):
    name: str | None = None


class MetadataShape(Printed):
    http_tokens: str | None = None
    http_put_response_hop_limit: int | None = None


class PlacementShape(Printed):
    availability_zone: str | None = None


class InstanceShape(Printed):
    instance_id: str
    iam_instance_profile: ProfileShape | None = None
    state: StateShape | None = None
    metadata_options: MetadataShape | None = None
    root_device_type: str | None = None
    platform: str | None = None
    placement: PlacementShape | None = None
    public_ip_address: str | None = None
    tags: Tags = None


class Reservation(Printed):
    instances: list[InstanceShape] | None = None
    owner_id: str | None = None


class NodeShape(Printed):
    instance_id: str
    ping_status: str | None = None
    platform_type: str | None = None
    iam_role: str | None = None
    resource_type: str | None = None


class TemplateShape(Printed):
    launch_template_id: str
    launch_template_name: str | None = None
    default_version_number: int | None = None
    latest_version_number: int | None = None
    tags: Tags = None


class TemplateContent(Printed):
    iam_instance_profile: ProfileShape | None = None


class VersionShape(Printed):
    launch_template_id: str
    version_number: int
    default_version: bool = False
    launch_template_data: TemplateContent | None = None


class UsedTemplate(Printed):
    launch_template_id: str | None = None
    launch_template_name: str | None = None
    version: str | None = None


class Override(Printed):
    launch_template_specification: UsedTemplate | None = None


class MixedTemplate(Printed):
    launch_template_specification: UsedTemplate | None = None
    overrides: list[Override] | None = None


class MixedPolicy(Printed):
    launch_template: MixedTemplate | None = None


class Member(Printed):
    instance_id: str


class GroupShape(Printed):
    auto_scaling_group_name: str
    auto_scaling_group_arn: str = msgspec.field(name="AutoScalingGroupARN")
    launch_template: UsedTemplate | None = None
    mixed_instances_policy: MixedPolicy | None = None
    instances: list[Member] | None = None
    tags: Tags = None


def instances(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.listed(raw, "Reservations", Reservation, place, _reservation)
    reader.add("instances", chain.from_iterable(found))


def _reservation(reader: CommandReader, value: Reservation, answer: Answer) -> list[Instance]:
    if value.owner_id not in {None, reader.account}:
        rule = f"instances of the account {reader.account} only; these are of {value.owner_id[:40]}"
        raise Refusal(rule, "Put each account's outputs under its own id.", place=f"{answer.place}.OwnerId")
    return [
        _instance(reader, each, f"{answer.place}.Instances[{index}]")
        for index, each in enumerate(value.instances or ())
    ]


def _instance(reader: CommandReader, value: InstanceShape, place: str) -> Instance:
    zone = _REGION.match(value.placement.availability_zone or "") if value.placement else None
    region = zone[0] if zone else reader.region
    metadata = value.metadata_options or MetadataShape()
    return Instance(
        reader.arn("ec2", f"instance/{value.instance_id}", f"{place}.InstanceId", region=region),
        value.instance_id,
        region,
        value.iam_instance_profile.arn if value.iam_instance_profile else None,
        state=value.state.name if value.state else None,
        root_device=value.root_device_type,
        platform=value.platform or None,
        hop_limit=metadata.http_put_response_hop_limit,
        tokens=metadata.http_tokens,
        public_address=value.public_ip_address,
        tags=tags_of(value.tags, place),
    )


def managed_nodes(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("managed_nodes", reader.listed(raw, "InstanceInformationList", NodeShape, place, _node))


def _node(reader: CommandReader, value: NodeShape, answer: Answer) -> ManagedNode:
    is_instance = value.resource_type == "EC2Instance" or value.instance_id.startswith("i-")
    service, kind = ("ec2", "instance") if is_instance else ("ssm", "managed-instance")
    arn = reader.arn(service, f"{kind}/{value.instance_id}", f"{answer.place}.InstanceId")
    role = None if is_instance else value.iam_role or None
    return ManagedNode(arn, value.instance_id, reader.region, role, value.ping_status, value.platform_type)


def launch_templates(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("launch_templates", reader.listed(raw, "LaunchTemplates", TemplateShape, place, _template))


def _template(reader: CommandReader, value: TemplateShape, answer: Answer) -> LaunchTemplate:
    return LaunchTemplate(
        _template_arn(reader, value.launch_template_id, answer.place),
        value.launch_template_id,
        value.launch_template_name or value.launch_template_id,
        reader.region,
        value.default_version_number,
        value.latest_version_number,
        tags=tags_of(value.tags, answer.place),
    )


def _template_arn(reader: CommandReader, name: str, place: str) -> str:
    return reader.arn("ec2", f"launch-template/{name}", f"{place}.LaunchTemplateId")


def template_versions(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("template_versions", reader.each(raw, "LaunchTemplateVersions", VersionShape, place, _version))


def _version(reader: CommandReader, value: VersionShape, answer: Answer) -> TemplateVersion:
    template = _template_arn(reader, value.launch_template_id, answer.place)
    profile = value.launch_template_data.iam_instance_profile if value.launch_template_data else None
    return TemplateVersion(
        f"{template}:{value.version_number}",
        template,
        value.version_number,
        value.default_version,
        (profile.arn or profile.name) if profile else None,
    )


def scaling_groups(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("scaling_groups", reader.listed(raw, "AutoScalingGroups", GroupShape, place, _group))


def _group(reader: CommandReader, value: GroupShape, answer: Answer) -> ScalingGroup:
    arn = reader.own(value.auto_scaling_group_arn, f"{answer.place}.AutoScalingGroupARN")
    mixed = value.mixed_instances_policy.launch_template if value.mixed_instances_policy else None
    used = [value.launch_template, mixed.launch_template_specification if mixed else None]
    used += [each.launch_template_specification for each in (mixed.overrides or () if mixed else ())]
    return ScalingGroup(
        arn,
        value.auto_scaling_group_name,
        reader.region_of(arn),
        tuple(dict.fromkeys(_use(each) for each in used if each is not None)),
        tuple(sorted(each.instance_id for each in value.instances or ())),
        tags_of(value.tags, answer.place),
    )


def _use(value: UsedTemplate) -> TemplateUse:
    """By its id or name for now; the ARN is known when all templates are."""
    return TemplateUse(value.launch_template_id or value.launch_template_name or "", value.version or "$Default")


COMMANDS: Mapping[str, Reader] = {
    "ec2 describe-instances": instances,
    "ec2 describe-launch-templates": launch_templates,
    "ec2 describe-launch-template-versions": template_versions,
    "autoscaling describe-auto-scaling-groups": scaling_groups,
    "ssm describe-instance-information": managed_nodes,
}
