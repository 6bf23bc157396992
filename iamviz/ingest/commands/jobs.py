"""Stacks, builds, jobs, notebooks, services and interpreters that run as a role, and what certificates may become."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from iamviz.ingest.commands.names import names_only
from iamviz.ingest.commands.reader import Answer, CamelPrinted, CommandReader, Printed, Reader, Tags, tags_of
from iamviz.inventory.workloads import AnywhereProfile, Project, StackSet, TrustAnchor, Workload


class StackShape(Printed):
    stack_id: str
    stack_name: str
    role_arn: str | None = msgspec.field(default=None, name="RoleARN")
    stack_status: str | None = None
    tags: Tags = None


class StackSetShape(Printed):
    stack_set_name: str
    stack_set_arn: str | None = msgspec.field(default=None, name="StackSetARN")
    stack_set_id: str | None = None
    administration_role_arn: str | None = msgspec.field(default=None, name="AdministrationRoleARN")
    execution_role_name: str | None = None
    permission_model: str | None = None
    status: str | None = None
    tags: Tags = None


class BatchShape(CamelPrinted):
    service_role: str | None = None


class ProjectShape(CamelPrinted):
    name: str
    arn: str
    service_role: str | None = None
    build_batch_config: BatchShape | None = None
    tags: Tags = None


class JobShape(Printed):
    name: str
    role: str | None = None


class EndpointShape(Printed):
    endpoint_name: str
    role_arn: str | None = None
    status: str | None = None


class NotebookShape(Printed):
    notebook_instance_arn: str
    notebook_instance_name: str | None = None
    role_arn: str | None = None
    notebook_instance_status: str | None = None


class InstanceConfiguration(Printed):
    instance_role_arn: str | None = None


class ServiceShape(Printed):
    service_arn: str
    service_name: str | None = None
    instance_configuration: InstanceConfiguration | None = None
    status: str | None = None


class InterpreterShape(CamelPrinted):
    code_interpreter_arn: str
    name: str | None = None
    execution_role_arn: str | None = None
    status: str | None = None


class AnywhereShape(CamelPrinted):
    profile_arn: str
    name: str | None = None
    role_arns: list[str] | None = None
    enabled: bool = False
    session_policy: str | None = None


class AnchorShape(CamelPrinted):
    trust_anchor_arn: str
    name: str | None = None
    enabled: bool = False


def stacks(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("plain", reader.listed(raw, "Stacks", StackShape, place, _stack))


def _stack(reader: CommandReader, value: StackShape, answer: Answer) -> Workload:
    arn, tags = reader.own(value.stack_id, f"{answer.place}.StackId"), tags_of(value.tags, answer.place)
    region, role = reader.region_of(arn), value.role_arn or None
    return Workload("stack", arn, value.stack_name, region, role, value.stack_status, tags)


def stack_sets(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("stack_sets", reader.one(raw, "StackSet", StackSetShape, place, _stack_set))


def _stack_set(reader: CommandReader, value: StackSetShape, answer: Answer) -> StackSet:
    unique = value.stack_set_id or value.stack_set_name
    arn = value.stack_set_arn or reader.arn("cloudformation", f"stackset/{unique}", f"{answer.place}.StackSetName")
    return StackSet(
        reader.own(arn, f"{answer.place}.StackSetARN"),
        value.stack_set_name,
        reader.region_of(arn),
        value.administration_role_arn or None,
        value.execution_role_name or None,
        value.permission_model,
        value.status,
        tags_of(value.tags, answer.place),
    )


def projects(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("projects", reader.listed(raw, "Projects", ProjectShape, place, _project))


def _project(reader: CommandReader, value: ProjectShape, answer: Answer) -> Project:
    arn = reader.own(value.arn, f"{answer.place}.arn")
    batch = value.build_batch_config.service_role if value.build_batch_config else None
    tags = tags_of(value.tags, answer.place)
    return Project(arn, value.name, reader.region_of(arn), value.service_role or None, batch or None, tags)


def glue_jobs(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("plain", reader.listed(raw, "Jobs", JobShape, place, _job))


def _job(reader: CommandReader, value: JobShape, answer: Answer) -> Workload:
    """`Role` is a name or an ARN; names are looked up when all roles are known."""
    arn = reader.arn("glue", f"job/{value.name}", f"{answer.place}.Name")
    return Workload("glue-job", arn, value.name, reader.region, value.role or None)


def dev_endpoints(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("plain", reader.listed(raw, "DevEndpoints", EndpointShape, place, _endpoint))


def _endpoint(reader: CommandReader, value: EndpointShape, answer: Answer) -> Workload:
    arn = reader.arn("glue", f"devEndpoint/{value.endpoint_name}", f"{answer.place}.EndpointName")
    role = value.role_arn or None
    return Workload("dev-endpoint", arn, value.endpoint_name, reader.region, role, value.status)


def notebooks(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("plain", reader.whole(raw, "NotebookInstanceArn", NotebookShape, place, _notebook))


def _notebook(reader: CommandReader, value: NotebookShape, answer: Answer) -> Workload:
    arn = reader.own(value.notebook_instance_arn, f"{answer.place}.NotebookInstanceArn")
    name, role = value.notebook_instance_name or _last(arn), value.role_arn or None
    return Workload("notebook", arn, name, reader.region_of(arn), role, value.notebook_instance_status)


def apprunner_services(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("plain", reader.one(raw, "Service", ServiceShape, place, _service))


def _service(reader: CommandReader, value: ServiceShape, answer: Answer) -> Workload:
    role = value.instance_configuration.instance_role_arn if value.instance_configuration else None
    arn = reader.own(value.service_arn, f"{answer.place}.ServiceArn")
    name = value.service_name or _last(arn)
    return Workload("apprunner-service", arn, name, reader.region_of(arn), role or None, value.status)


def code_interpreters(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.whole(raw, "CodeInterpreterArn", InterpreterShape, place, _interpreter)
    reader.add("plain", (each for each in found if each is not None))


def _interpreter(reader: CommandReader, value: InterpreterShape, answer: Answer) -> Workload | None:
    """None for the one that AWS owns, which has no role."""
    if ":aws:code-interpreter/" in value.code_interpreter_arn:
        return None
    arn = reader.own(value.code_interpreter_arn, f"{answer.place}.codeInterpreterArn")
    name, role = value.name or _last(arn), value.execution_role_arn or None
    return Workload("code-interpreter", arn, name, reader.region_of(arn), role, value.status)


def anywhere_profiles(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("anywhere_profiles", reader.listed(raw, "Profiles", AnywhereShape, place, _profile))


def _profile(reader: CommandReader, value: AnywhereShape, answer: Answer) -> AnywhereProfile:
    arn = reader.own(value.profile_arn, f"{answer.place}.profileArn")
    return AnywhereProfile(
        arn,
        value.name or _last(arn),
        reader.region_of(arn),
        tuple(sorted(set(value.role_arns or ()))),
        value.enabled,
        has_session_policy=bool(value.session_policy),
    )


def trust_anchors(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("trust_anchors", reader.listed(raw, "TrustAnchors", AnchorShape, place, _anchor))


def _anchor(reader: CommandReader, value: AnchorShape, answer: Answer) -> TrustAnchor:
    arn = reader.own(value.trust_anchor_arn, f"{answer.place}.trustAnchorArn")
    return TrustAnchor(arn, value.name or _last(arn), reader.region_of(arn), value.enabled)


def _last(arn: str) -> str:
    return arn.rpartition("/")[2]


COMMANDS: Mapping[str, Reader] = {
    "cloudformation describe-stacks": stacks,
    "cloudformation list-stack-sets": names_only("Summaries"),
    "cloudformation describe-stack-set": stack_sets,
    "codebuild list-projects": names_only("Projects"),
    "codebuild batch-get-projects": projects,
    "glue list-jobs": names_only("JobNames"),
    "glue get-jobs": glue_jobs,
    "glue list-dev-endpoints": names_only("DevEndpointNames"),
    "glue get-dev-endpoints": dev_endpoints,
    "sagemaker list-notebook-instances": names_only("NotebookInstances"),
    "sagemaker describe-notebook-instance": notebooks,
    "apprunner list-services": names_only("ServiceSummaryList"),
    "apprunner describe-service": apprunner_services,
    "bedrock-agentcore-control list-code-interpreters": names_only("CodeInterpreterSummaries"),
    "bedrock-agentcore-control get-code-interpreter": code_interpreters,
    "rolesanywhere list-profiles": anywhere_profiles,
    "rolesanywhere list-trust-anchors": trust_anchors,
}
