"""ECS: clusters, services, tasks and the roles that they run as, and the machines under them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from iamviz.ingest.commands.names import names_only
from iamviz.ingest.commands.reader import Answer, CamelPrinted, CommandReader, Reader, Tags, tags_of
from iamviz.inventory.clusters import ContainerInstance, EcsCluster, EcsService, EcsTask, TaskDefinition


class ClusterShape(CamelPrinted):
    cluster_arn: str
    cluster_name: str | None = None
    status: str | None = None
    tags: Tags = None


class ServiceShape(CamelPrinted):
    service_arn: str
    service_name: str
    cluster_arn: str
    status: str | None = None
    task_definition: str | None = None
    enable_execute_command: bool = False
    tags: Tags = None


class Overrides(CamelPrinted):
    task_role_arn: str | None = None


class TaskShape(CamelPrinted):
    task_arn: str
    cluster_arn: str
    task_definition_arn: str | None = None
    enable_execute_command: bool = False
    last_status: str | None = None
    overrides: Overrides | None = None
    tags: Tags = None


class DefinitionShape(CamelPrinted):
    task_definition_arn: str
    family: str | None = None
    revision: int | None = None
    task_role_arn: str | None = None
    execution_role_arn: str | None = None
    status: str | None = None


class MachineShape(CamelPrinted):
    container_instance_arn: str
    ec2_instance_id: str | None = None
    agent_connected: bool | None = None
    status: str | None = None


def ecs_clusters(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("ecs_clusters", reader.each(raw, "Clusters", ClusterShape, place, _ecs_cluster))


def _ecs_cluster(reader: CommandReader, value: ClusterShape, answer: Answer) -> EcsCluster:
    arn = reader.own(value.cluster_arn, f"{answer.place}.clusterArn")
    name = value.cluster_name or arn.rpartition("/")[2]
    return EcsCluster(arn, name, reader.region_of(arn), value.status, tags_of(value.tags, answer.place))


def ecs_services(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("ecs_services", reader.each(raw, "Services", ServiceShape, place, _ecs_service))


def _ecs_service(reader: CommandReader, value: ServiceShape, answer: Answer) -> EcsService:
    arn = reader.own(value.service_arn, f"{answer.place}.serviceArn")
    return EcsService(
        arn,
        value.service_name,
        value.cluster_arn,
        reader.region_of(arn),
        value.task_definition,
        execute_command=value.enable_execute_command,
        state=value.status,
        tags=tags_of(value.tags, answer.place),
    )


def ecs_tasks(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("ecs_tasks", reader.each(raw, "Tasks", TaskShape, place, _ecs_task))


def _ecs_task(reader: CommandReader, value: TaskShape, answer: Answer) -> EcsTask:
    arn = reader.own(value.task_arn, f"{answer.place}.taskArn")
    return EcsTask(
        arn,
        value.cluster_arn,
        reader.region_of(arn),
        value.task_definition_arn,
        (value.overrides.task_role_arn or None) if value.overrides else None,
        value.enable_execute_command,
        value.last_status,
        tags_of(value.tags, answer.place),
    )


def task_definitions(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("task_definitions", reader.one(raw, "TaskDefinition", DefinitionShape, place, _definition))


def _definition(reader: CommandReader, value: DefinitionShape, answer: Answer) -> TaskDefinition:
    arn = reader.own(value.task_definition_arn, f"{answer.place}.taskDefinitionArn")
    return TaskDefinition(
        arn,
        arn.rpartition("/")[2],
        reader.region_of(arn),
        value.task_role_arn or None,
        value.execution_role_arn or None,
        value.status,
    )


def container_instances(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("container_instances", reader.each(raw, "ContainerInstances", MachineShape, place, _machine))


def _machine(reader: CommandReader, value: MachineShape, answer: Answer) -> ContainerInstance:
    """Its cluster stands in its ARN; in the old form without one, in the name that the command was asked with."""
    arn = reader.own(value.container_instance_arn, f"{answer.place}.containerInstanceArn")
    start, _, rest = arn.partition(":container-instance/")
    name = rest.partition("/")[0] if "/" in rest else next(iter(answer.names), "default")
    cluster = name if name.startswith("arn:") else f"{start}:cluster/{name}"
    return ContainerInstance(
        arn, cluster, reader.region_of(arn), value.ec2_instance_id, value.agent_connected, value.status
    )


COMMANDS: Mapping[str, Reader] = {
    "ecs list-clusters": names_only("ClusterArns"),
    "ecs describe-clusters": ecs_clusters,
    "ecs list-services": names_only("ServiceArns"),
    "ecs describe-services": ecs_services,
    "ecs list-tasks": names_only("TaskArns"),
    "ecs describe-tasks": ecs_tasks,
    "ecs list-task-definitions": names_only("TaskDefinitionArns"),
    "ecs describe-task-definition": task_definitions,
    "ecs list-container-instances": names_only("ContainerInstanceArns"),
    "ecs describe-container-instances": container_instances,
}
