"""Methods that take over what runs already, one line each: what is asked of AWS, on which thing, and which are fit.

Ids and permissions: the public catalogue pathfinding.cloud (Apache-2.0); ids that begin with iviz are our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from iamviz.inventory.clusters import EcsTask, TaskDefinition
from iamviz.inventory.model import Inventory
from iamviz.inventory.workloads import Function, Instance, ManagedNode, Project, Workload
from tests.oracle.escalation.launches import CLUSTER, FUNCTION, PROJECT, Make, ec2, make, sagemaker
from tests.oracle.escalation.sure import CERTAIN, Sure, yes

Running = EcsTask | Function | Instance | ManagedNode | Project | TaskDefinition | Workload
Fit = Callable[[Inventory], Iterator[tuple[Running, Sure]]]
"""The things that can be taken over, and how sure that is."""

FUNCTIONS, INSTANCES = "lambda list-functions", "ec2 describe-instances"
STACKS, PROJECTS = "cloudformation describe-stacks", "codebuild batch-get-projects"
NOTEBOOKS, TASKS = "sagemaker describe-notebook-instance", "ecs describe-tasks"
DEFINITIONS = "ecs describe-task-definition"


@dataclass(frozen=True, slots=True)
class Take:
    """`actions` on the thing, whose ARN is like `arn`, and `more` beside it; `service` runs it."""

    method: str
    command: str
    service: str
    fit: Fit
    arn: str
    actions: tuple[str, ...]
    more: tuple[Make, ...] = ()
    document: bool = False
    cluster: bool = False


def functions(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from ((each, CERTAIN) for each in inventory.workloads.functions)


def kind(name: str, *states: str) -> Fit:
    def found(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
        for each in inventory.workloads.plain:
            if each.kind == name and (not states or each.state is None or each.state in states):
                yield each, CERTAIN

    return found


def projects(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from ((each, CERTAIN) for each in inventory.workloads.projects)


def batch_projects(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from ((each, CERTAIN) for each in inventory.workloads.projects if each.batch_role)


def instances(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    for each in inventory.workloads.instances:
        if each.state not in ("terminated", "shutting-down"):
            yield each, CERTAIN


def running(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from ((each, CERTAIN) for each in inventory.workloads.instances if each.state == "running")


def volumes(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from (each for each in instances(inventory) if isinstance(each[0], Instance) and each[0].root_device == "ebs")


def managed(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    for each in inventory.workloads.instances:
        if each.state == "running" and each.managed is not False:
            yield each, yes(holds=each.managed)
    yield from ((each, CERTAIN) for each in inventory.workloads.managed_nodes if each.ping == "Online")


def tasks(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    for each in inventory.workloads.ecs_tasks:
        if each.execute_command and each.state == "RUNNING":
            yield each, CERTAIN


def definitions(inventory: Inventory) -> Iterator[tuple[Running, Sure]]:
    yield from ((each, CERTAIN) for each in inventory.workloads.task_definitions if each.state == "ACTIVE")


def take(
    method: str,
    command: str,
    service: str,
    fit: Fit,
    arn: str,
    *actions: str,
    more: tuple[Make, ...] = (),
    document: bool = False,
    cluster: bool = False,
) -> Take:
    return Take(method, command, f"{service}.amazonaws.com", fit, arn, actions, more, document, cluster)


STACK = "arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{name}"
NOTEBOOK, INSTANCE = sagemaker("notebook-instance"), ec2("instance")
CONFIG = make(sagemaker("notebook-instance-lifecycle-config"), "sagemaker:CreateNotebookInstanceLifecycleConfig")
SESSION = "bedrock-agentcore:StartCodeInterpreterSession"
CODE, INVOKE, PERMIT = "lambda:UpdateFunctionCode", "lambda:InvokeFunction", "lambda:AddPermission"
STOP, START = "ec2:StopInstances", "ec2:StartInstances"
DETACH, ATTACH, REPLACE = "ec2:DetachVolume", "ec2:AttachVolume", "ec2:CreateReplaceRootVolumeTask"

TAKES: tuple[Take, ...] = (
    take(
        "apprunner-002",
        "apprunner describe-service",
        "tasks.apprunner",
        kind("apprunner-service"),
        "arn:{partition}:apprunner:{region}:{account}:service/{name}/{name}",
        "apprunner:UpdateService",
    ),
    take(
        "bedrock-002",
        "bedrock-agentcore-control get-code-interpreter",
        "bedrock-agentcore",
        kind("code-interpreter"),
        "arn:{partition}:bedrock-agentcore:{region}:{account}:code-interpreter-custom/{name}",
        SESSION,
        "bedrock-agentcore:InvokeCodeInterpreter",
    ),
    take("cloudformation-002", STACKS, "cloudformation", kind("stack"), STACK, "cloudformation:UpdateStack"),
    take(
        "cloudformation-005",
        STACKS,
        "cloudformation",
        kind("stack"),
        STACK,
        "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet",
    ),
    take("codebuild-002", PROJECTS, "codebuild", projects, PROJECT, "codebuild:StartBuild"),
    take("codebuild-003", PROJECTS, "codebuild", batch_projects, PROJECT, "codebuild:StartBuildBatch"),
    take(
        "ec2instanceconnect-003",
        INSTANCES,
        "ec2",
        running,
        INSTANCE,
        "ec2-instance-connect:SendSSHPublicKey",
        more=(make("*", "ec2:DescribeInstances"),),
    ),
    take("ec2-002", INSTANCES, "ec2", instances, INSTANCE, "ec2:ModifyInstanceAttribute", STOP, START),
    take(
        "glue-002",
        "glue get-dev-endpoints",
        "glue",
        kind("dev-endpoint"),
        "arn:{partition}:glue:{region}:{account}:devEndpoint/{name}",
        "glue:UpdateDevEndpoint",
    ),
    take("lambda-003", FUNCTIONS, "lambda", functions, FUNCTION, CODE),
    take("lambda-004", FUNCTIONS, "lambda", functions, FUNCTION, CODE, INVOKE),
    take("lambda-005", FUNCTIONS, "lambda", functions, FUNCTION, CODE, PERMIT),
    take(
        "sagemaker-004",
        NOTEBOOKS,
        "sagemaker",
        kind("notebook", "InService"),
        NOTEBOOK,
        "sagemaker:CreatePresignedNotebookInstanceUrl",
    ),
    take(
        "sagemaker-005",
        NOTEBOOKS,
        "sagemaker",
        kind("notebook"),
        NOTEBOOK,
        "sagemaker:StopNotebookInstance",
        "sagemaker:UpdateNotebookInstance",
        "sagemaker:StartNotebookInstance",
        more=(CONFIG,),
    ),
    take("ssm-001", INSTANCES, "ec2", managed, INSTANCE, "ssm:StartSession"),
    take("ssm-002", INSTANCES, "ec2", managed, INSTANCE, "ssm:SendCommand", document=True),
    take(
        "iviz-ecs-exec",
        TASKS,
        "ecs-tasks",
        tasks,
        "arn:{partition}:ecs:{region}:{account}:task/{name}/{name}",
        "ecs:ExecuteCommand",
    ),
    take(
        "iviz-ecs-registerinstance",
        DEFINITIONS,
        "ecs-tasks",
        definitions,
        "arn:{partition}:ecs:{region}:{account}:task-definition/{name}:1",
        "ecs:StartTask",
        more=(make(CLUSTER, "ecs:RegisterContainerInstance"),),
        cluster=True,
    ),
    take("iviz-lambda-updateconfig", FUNCTIONS, "lambda", functions, FUNCTION, "lambda:UpdateFunctionConfiguration"),
    take(
        "iviz-ec2-volumeswap",
        INSTANCES,
        "ec2",
        volumes,
        INSTANCE,
        STOP,
        DETACH,
        ATTACH,
        START,
        more=(make(ec2("volume"), DETACH), make(ec2("volume"), ATTACH)),
    ),
    take(
        "iviz-ec2-volumeswap",
        INSTANCES,
        "ec2",
        volumes,
        INSTANCE,
        REPLACE,
        more=(make(ec2("replace-root-volume-task"), REPLACE),),
    ),
)
