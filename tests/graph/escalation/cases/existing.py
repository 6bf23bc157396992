"""Cases of the methods that take over what runs already: the thing, and what must be allowed on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iamviz.inventory.model import Inventory, Role
from tests.builders import A, account, allow, deny, role, trust, user
from tests.graph.escalation.cases.case import Case
from tests.graph.escalation.cases.launches import (
    CLOUDFORMATION,
    CODEBUILD,
    EC2,
    ECS_TASKS,
    GLUE,
    LAMBDA,
    PROFILE,
    SAGEMAKER,
    TARGET,
)
from tests.workloads import (
    ecs_cluster,
    function,
    instance,
    launch_template,
    project,
    scaling_group,
    task,
    task_definition,
    workload,
)

ELSEWHERE = "arn:aws:service:us-east-1:111111111111:kind/other"


@dataclass(frozen=True)
class Taking:
    """`things` are there; `command` would have listed them; `unfit`, by why, are such that cannot be taken over."""

    method: str
    service: str
    actions: tuple[str, ...]
    things: tuple[object, ...]
    command: str
    unfit: Mapping[str, tuple[object, ...]]

    def case(self) -> Case:
        return Case(self.method, self.world(self.doing()), ("target",), dict(self.decoys()))

    @property
    def target(self) -> Role:
        return role("target", trusts=trust({"Service": self.service}))

    def doing(self, *, without: str = "", on: str = "*") -> dict[str, Any]:
        return allow([each for each in self.actions if each != without] or ["s3:ListBucket"], on)

    def world(
        self, *statements: Mapping[str, Any], things: tuple[object, ...] | None = None, looked: bool = True
    ) -> Inventory:
        there = self.things if things is None else things
        return account(A, user("mallory", *statements), self.target, *there, looked_at=[self.command] if looked else [])

    def decoys(self) -> Iterator[tuple[str, Inventory]]:
        for action in dict.fromkeys(self.actions):
            yield f"without {action}", self.world(self.doing(without=action))
        yield "a Deny of the first action", self.world(self.doing(), deny(self.actions[0]))
        yield "on another thing", self.world(self.doing(on=ELSEWHERE))
        yield "there is none", self.world(self.doing(), things=())
        for why, things in self.unfit.items():
            yield why, self.world(self.doing(), things=things)


def takes(
    method: str,
    service: str,
    *actions: str,
    things: tuple[object, ...],
    command: str,
    unfit: Mapping[str, tuple[object, ...]] | None = None,
) -> Taking:
    return Taking(method, service, actions, things, command, unfit or {})


def running(**more: Any) -> tuple[object, ...]:
    """An instance of the role."""
    return PROFILE, instance(profile="p", **more)


INSTANCES, FUNCTIONS = "ec2 describe-instances", "lambda list-functions"
STACKS, NOTEBOOKS = "cloudformation describe-stacks", "sagemaker describe-notebook-instance"
PROJECTS = "codebuild batch-get-projects"
FUNCTION = (function("f", "target"),)
NO_ROLE = {"the function has no role": (function("f"),)}
STACK = (workload("stack", "net", "target"),)
OWN_RIGHTS = {"the stack has no role": (workload("stack", "net"),)}
NOTEBOOK = (workload("notebook", "n", "target", "InService"),)
STOPPED = {"it is stopped": running(state="stopped", managed=True)}
SHELL = {"Systems Manager does not manage it": running(managed=False), **STOPPED}

PASSING = allow("iam:PassRole", TARGET)
FUNCTIONS_MAY = trust({"Service": LAMBDA})
INSTANCES_MAY = trust({"Service": EC2})


def configured(*statements: Mapping[str, Any], trusts: Any = FUNCTIONS_MAY) -> Inventory:
    """A function without a role, and one that it may get."""
    return account(A, user("mallory", *statements), role("target", trusts=trusts), function("f"))


def associated(*statements: Mapping[str, Any], trusts: Any = INSTANCES_MAY, state: str = "running") -> Inventory:
    """An instance without a profile, and one that it may get."""
    return account(A, user("mallory", *statements), role("target", trusts=trusts), PROFILE, instance(state=state))


ASSOCIATE, ENTER = allow("ec2:AssociateIamInstanceProfile"), allow("ssm:StartSession")

TAKINGS = (
    takes(
        "apprunner-002",
        "tasks.apprunner.amazonaws.com",
        "apprunner:UpdateService",
        things=(workload("apprunner-service", "web", "target"),),
        command="apprunner describe-service",
        unfit={"the service has no role": (workload("apprunner-service", "web"),)},
    ),
    takes(
        "bedrock-002",
        "bedrock-agentcore.amazonaws.com",
        "bedrock-agentcore:StartCodeInterpreterSession",
        "bedrock-agentcore:InvokeCodeInterpreter",
        things=(workload("code-interpreter", "ci", "target"),),
        command="bedrock-agentcore-control get-code-interpreter",
        unfit={"the interpreter has no role": (workload("code-interpreter", "ci"),)},
    ),
    takes(
        "cloudformation-002",
        CLOUDFORMATION,
        "cloudformation:UpdateStack",
        things=STACK,
        command=STACKS,
        unfit=OWN_RIGHTS,
    ),
    takes(
        "cloudformation-005",
        CLOUDFORMATION,
        "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet",
        things=STACK,
        command=STACKS,
        unfit=OWN_RIGHTS,
    ),
    takes(
        "codebuild-002",
        CODEBUILD,
        "codebuild:StartBuild",
        things=(project("build", "target"),),
        command=PROJECTS,
        unfit={"the project has no role": (project("build"),)},
    ),
    takes(
        "codebuild-003",
        CODEBUILD,
        "codebuild:StartBuildBatch",
        things=(project("build", "target", "target"),),
        command=PROJECTS,
        unfit={"the project allows no batches": (project("build", "target"),)},
    ),
    takes(
        "ec2instanceconnect-003",
        EC2,
        "ec2-instance-connect:SendSSHPublicKey",
        "ec2:DescribeInstances",
        things=running(),
        command=INSTANCES,
        unfit=STOPPED,
    ),
    takes(
        "ec2-002",
        EC2,
        "ec2:ModifyInstanceAttribute",
        "ec2:StopInstances",
        "ec2:StartInstances",
        things=running(),
        command=INSTANCES,
        unfit={"it is terminated": running(state="terminated")},
    ),
    takes(
        "ec2-004",
        EC2,
        "ec2:CreateLaunchTemplateVersion",
        "ec2:ModifyLaunchTemplate",
        things=(PROFILE, launch_template(profile="p"), scaling_group(template="lt-1")),
        command="ec2 describe-launch-templates",
        unfit={
            "a group that names a version": (
                PROFILE,
                launch_template(profile="p"),
                scaling_group(template="lt-1", version="1"),
            )
        },
    ),
    takes(
        "glue-002",
        GLUE,
        "glue:UpdateDevEndpoint",
        things=(workload("dev-endpoint", "dev", "target"),),
        command="glue get-dev-endpoints",
        unfit={"the end point has no role": (workload("dev-endpoint", "dev"),)},
    ),
    takes("lambda-003", LAMBDA, "lambda:UpdateFunctionCode", things=FUNCTION, command=FUNCTIONS, unfit=NO_ROLE),
    takes(
        "lambda-004",
        LAMBDA,
        "lambda:UpdateFunctionCode",
        "lambda:InvokeFunction",
        things=FUNCTION,
        command=FUNCTIONS,
        unfit=NO_ROLE,
    ),
    takes(
        "lambda-005",
        LAMBDA,
        "lambda:UpdateFunctionCode",
        "lambda:AddPermission",
        things=FUNCTION,
        command=FUNCTIONS,
        unfit=NO_ROLE,
    ),
    takes(
        "sagemaker-004",
        SAGEMAKER,
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        things=NOTEBOOK,
        command=NOTEBOOKS,
        unfit={"the notebook is stopped": (workload("notebook", "n", "target", "Stopped"),)},
    ),
    takes(
        "sagemaker-005",
        SAGEMAKER,
        "sagemaker:StopNotebookInstance",
        "sagemaker:UpdateNotebookInstance",
        "sagemaker:StartNotebookInstance",
        "sagemaker:CreateNotebookInstanceLifecycleConfig",
        things=NOTEBOOK,
        command=NOTEBOOKS,
        unfit={"the notebook has no role": (workload("notebook", "n"),)},
    ),
    takes("ssm-001", EC2, "ssm:StartSession", things=running(managed=True), command=INSTANCES, unfit=SHELL),
    takes("ssm-002", EC2, "ssm:SendCommand", things=running(managed=True), command=INSTANCES, unfit=SHELL),
    takes(
        "iviz-ecs-exec",
        ECS_TASKS,
        "ecs:ExecuteCommand",
        things=(ecs_cluster(), task("target", execute_command=True)),
        command="ecs describe-tasks",
        unfit={"the task takes no commands": (ecs_cluster(), task("target"))},
    ),
    takes(
        "iviz-ecs-registerinstance",
        ECS_TASKS,
        "ecs:StartTask",
        "ecs:RegisterContainerInstance",
        things=(ecs_cluster(), task_definition(role="target")),
        command="ecs describe-task-definition",
        unfit={"the definition has no role": (ecs_cluster(), task_definition())},
    ),
    takes(
        "iviz-lambda-updateconfig",
        LAMBDA,
        "lambda:UpdateFunctionConfiguration",
        things=FUNCTION,
        command=FUNCTIONS,
        unfit=NO_ROLE,
    ),
    takes(
        "iviz-ec2-volumeswap",
        EC2,
        "ec2:StopInstances",
        "ec2:DetachVolume",
        "ec2:AttachVolume",
        "ec2:StartInstances",
        things=running(root_device="ebs"),
        command=INSTANCES,
        unfit={"its root is no volume": running(root_device="instance-store")},
    ),
    takes(
        "iviz-ec2-volumeswap",
        EC2,
        "ec2:CreateReplaceRootVolumeTask",
        things=running(root_device="ebs"),
        command=INSTANCES,
        unfit={"its root is no volume": running(root_device="instance-store")},
    ),
)

CASES = (
    *(each.case() for each in TAKINGS),
    Case(
        "iviz-lambda-updateconfig",
        configured(PASSING, allow("lambda:UpdateFunctionConfiguration")),
        ("target",),
        {
            "passes no role": configured(allow("lambda:UpdateFunctionConfiguration")),
            "configures no function": configured(PASSING),
            "trusts another service": configured(
                PASSING, allow("lambda:UpdateFunctionConfiguration"), trusts=trust({"Service": EC2})
            ),
            "on another function": configured(PASSING, allow("lambda:UpdateFunctionConfiguration", ELSEWHERE)),
        },
    ),
    Case(
        "iviz-ec2-associateprofile",
        associated(PASSING, ASSOCIATE, ENTER),
        ("target",),
        {
            "passes no role": associated(ASSOCIATE, ENTER),
            "gives no profile": associated(PASSING, ENTER),
            "cannot enter": associated(PASSING, ASSOCIATE),
            "trusts another service": associated(PASSING, ASSOCIATE, ENTER, trusts=FUNCTIONS_MAY),
            "it is terminated": associated(PASSING, ASSOCIATE, ENTER, state="terminated"),
        },
    ),
)
