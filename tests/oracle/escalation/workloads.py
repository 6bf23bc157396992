"""What runs in a drawn account: of most kinds a few things, some unfit; some kinds that nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from iamviz.inventory.clusters import ContainerInstance, EcsCluster, EcsTask, EksCluster, TaskDefinition
from iamviz.inventory.workloads import COMMANDS, Function, Instance, ManagedNode, Project, Workload, Workloads

REGION = "us-east-1"
MANY = {
    "functions": "lambda list-functions",
    "instances": "ec2 describe-instances",
    "projects": "codebuild batch-get-projects",
    "ecs_clusters": "ecs describe-clusters",
    "ecs_tasks": "ecs describe-tasks",
    "task_definitions": "ecs describe-task-definition",
    "container_instances": "ecs describe-container-instances",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What was collected: a kind that is not in `commands` was not looked at."""

    workloads: Workloads
    commands: dict[str, tuple[str, ...]]

    @property
    def arns(self) -> list[str]:
        found = self.workloads
        kinds = (found.functions, found.instances, found.projects, found.task_definitions, found.plain)
        return [each.arn for things in kinds for each in things] or [f"arn:aws:lambda:{REGION}:1:function:none"]


def draw_workloads(random: Random, partition: str, account: str, roles: list[str]) -> Run:
    return _Drawn(random, f"arn:{partition}:{{service}}:{REGION}:{account}:", roles).run()


class _Drawn:
    def __init__(self, random: Random, prefix: str, roles: list[str]) -> None:
        self._random = random
        self._prefix = prefix
        self._roles = roles

    def run(self) -> Run:
        looked = [command for command in (*MANY.values(), *COMMANDS.values()) if self._random.random() < 0.75]
        found: dict[str, Any] = {
            field: tuple(getattr(self, f"_{field}")()) for field, command in MANY.items() if command in looked
        }
        plain = [
            self._plain(kind, number) for kind, command in COMMANDS.items() if command in looked for number in (1, 2)
        ]
        extra = {"sqs list-queues": (REGION,)} if self._random.random() < 0.3 else {}
        if self._random.random() < 0.3:
            found["event_sources"] = (self._arn("sqs", "queue"),)
        eks = {"eks list-clusters": (REGION,)} if self._random.random() < 0.5 else {}
        if eks and self._random.random() < 0.6:
            found["eks_clusters"] = (EksCluster(self._arn("eks", "cluster/main"), "main", REGION),)
        if self._random.random() < 0.3:
            found["managed_nodes"] = tuple(self._nodes())
        commands: dict[str, tuple[str, ...]] = {**dict.fromkeys(looked, (REGION,)), **extra, **eks}
        return Run(Workloads(plain=tuple(plain), **found), commands)

    def _arn(self, service: str, resource: str) -> str:
        return self._prefix.format(service=service) + resource

    def _role(self) -> str | None:
        return self._random.choice(self._roles) if self._random.random() < 0.8 else None

    def _tags(self) -> dict[str, str]:
        return {"team": self._random.choice(("red", "green"))} if self._random.random() < 0.5 else {}

    def _some(self, *, most: int = 2) -> range:
        return range(self._random.randrange(most + 1))

    def _functions(self) -> Iterator[Function]:
        for number in self._some(most=3):
            name = self._random.choice(("red", "green", "fn")) + f"-{number}"
            yield Function(self._arn("lambda", f"function:{name}"), name, REGION, self._role(), tags=self._tags())

    def _instances(self) -> Iterator[Instance]:
        for number in self._some(most=3):
            one = self._random.choice
            yield Instance(
                self._arn("ec2", f"instance/i-{number}"),
                f"i-{number}",
                REGION,
                role=self._role(),
                state=one(("running", "running", "stopped", "terminated")),
                root_device=one(("ebs", "ebs", "instance-store")),
                managed=one((True, True, False, None)),
                tags=self._tags(),
            )

    def _nodes(self) -> Iterator[ManagedNode]:
        arn = self._arn("ssm", "managed-instance/mi-1")
        yield ManagedNode(arn, "mi-1", REGION, self._role(), self._random.choice(("Online", "Inactive")))

    def _projects(self) -> Iterator[Project]:
        for number in self._some():
            batch = self._role() if self._random.random() < 0.5 else None
            yield Project(self._arn("codebuild", f"project/p-{number}"), f"p-{number}", REGION, self._role(), batch)

    def _ecs_clusters(self) -> Iterator[EcsCluster]:
        for number in self._some():
            state = self._random.choice(("ACTIVE", "ACTIVE", "INACTIVE"))
            yield EcsCluster(self._arn("ecs", f"cluster/c-{number}"), f"c-{number}", REGION, state)

    def _container_instances(self) -> Iterator[ContainerInstance]:
        for number in self._some():
            arn, cluster = self._arn("ecs", f"container-instance/c/{number}"), self._arn("ecs", "cluster/c-0")
            yield ContainerInstance(arn, cluster, REGION, "i-0", connected=True, state="ACTIVE")

    def _ecs_tasks(self) -> Iterator[EcsTask]:
        for number in self._some():
            arn, cluster = self._arn("ecs", f"task/c-0/{number}"), self._arn("ecs", "cluster/c-0")
            exec_, state = self._random.random() < 0.7, self._random.choice(("RUNNING", "RUNNING", "STOPPED"))
            yield EcsTask(arn, cluster, REGION, None, self._role(), exec_, state)

    def _task_definitions(self) -> Iterator[TaskDefinition]:
        for number in self._some():
            state = self._random.choice(("ACTIVE", "ACTIVE", "INACTIVE"))
            name = f"red-{number}:1"
            yield TaskDefinition(
                self._arn("ecs", f"task-definition/{name}"), name, REGION, self._role(), state=state, tags=self._tags()
            )

    def _plain(self, kind: Any, number: int) -> Workload:
        service, resource = _PLAIN[kind]
        name = f"{kind}-{number}"
        state = self._random.choice(("InService", "Stopped")) if kind == "notebook" else None
        arn = self._arn(service, resource.format(name=name))
        return Workload(kind, arn, name, REGION, self._role(), state, self._tags())


_PLAIN = {
    "stack": ("cloudformation", "stack/{name}/1"),
    "glue-job": ("glue", "job/{name}"),
    "dev-endpoint": ("glue", "devEndpoint/{name}"),
    "notebook": ("sagemaker", "notebook-instance/{name}"),
    "apprunner-service": ("apprunner", "service/{name}/1"),
    "code-interpreter": ("bedrock-agentcore", "code-interpreter-custom/{name}"),
}
