"""Cases of the methods that pass a role to something new: the service, and what must be allowed beside passing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iamviz.inventory.model import InstanceProfile, Inventory, Role
from tests.builders import A, account, allow, arn, deny, role, trust, user
from tests.graph.escalation.cases.case import Case
from tests.workloads import container_instance, ecs_cluster, eks_cluster, function, stack_set, task_definition, workload

TARGET, OTHER = arn(A, "role/target"), arn(A, "role/other")
EC2, ECS_TASKS, GLUE, LAMBDA, SAGEMAKER = (
    f"{each}.amazonaws.com" for each in ("ec2", "ecs-tasks", "glue", "lambda", "sagemaker")
)
CLOUDFORMATION, CODEBUILD = "cloudformation.amazonaws.com", "codebuild.amazonaws.com"
CLUSTER = ecs_cluster()
PROFILE = InstanceProfile(arn(A, "instance-profile/p"), "p", (TARGET,))
STACK_SET = stack_set("baseline", "target", "execution")
GOES_ON = allow("sts:AssumeRole", arn(A, "role/execution"))


@dataclass(frozen=True)
class Need:
    """What must be there before: the things, and the command that would have listed them."""

    things: tuple[object, ...]
    command: str


NEEDS = {
    "cluster": Need((CLUSTER,), "ecs describe-clusters"),
    "container-instance": Need((CLUSTER, container_instance()), "ecs describe-container-instances"),
    "task-definition": Need((task_definition(),), "ecs describe-task-definition"),
    "job": Need((workload("glue-job", "nightly"),), "glue get-jobs"),
    "event-source": Need((function("f", event_sources=("arn:aws:sqs:us-east-1:111111111111:q",)),), "sqs list-queues"),
    "eks-cluster": Need((eks_cluster(),), "eks list-clusters"),
    "stack-set": Need((STACK_SET,), "cloudformation describe-stack-set"),
}


def passes(method: str, service: str, *actions: str, needs: tuple[str, ...] = (), profile: bool = False) -> Case:
    """The role is passed to the service; with an instance profile where it needs one."""
    return _Passing(service, actions, needs, profile=profile).case(method)


class _Passing:
    def __init__(self, service: str, actions: tuple[str, ...], needs: tuple[str, ...], *, profile: bool) -> None:
        self.service, self.actions, self.profile = service, actions, profile
        self.needs = needs

    def case(self, method: str) -> Case:
        return Case(method, self.world(self.passing(), self.doing()), ("target",), dict(self.decoys()))

    def passing(self, role: str = TARGET, **more: Any) -> dict[str, Any]:
        return allow("iam:PassRole", role, **more)

    def doing(self, without: str = "") -> dict[str, Any]:
        return allow([each for each in self.actions if each != without] or ["s3:ListBucket"])

    def target(self, service: str, **more: Any) -> Role:
        return role("target", GOES_ON, trusts=trust({"Service": service}, **more))

    def world(self, *statements: Mapping[str, Any], target: Role | None = None, lacking: str = "") -> Inventory:
        """`lacking` is what was looked for and is not there."""
        needs = [NEEDS[each] for each in self.needs if each != lacking]
        things = {id(thing): thing for need in needs for thing in need.things}
        around = [PROFILE] if self.profile else []
        mallory, passed = user("mallory", *statements), target or self.target(self.service)
        looked = [NEEDS[lacking].command] if lacking else []
        execution = role("execution", trusts=TARGET)
        return account(A, mallory, passed, execution, *around, *things.values(), looked_at=looked)

    def decoys(self) -> Iterator[tuple[str, Inventory]]:
        for action in dict.fromkeys(self.actions):
            yield f"without {action}", self.world(self.passing(), self.doing(without=action))
        elsewhere = {"StringEquals": {"aws:SourceAccount": "999999999999"}}
        backup = "backup.amazonaws.com"
        only = {"StringEquals": {"iam:PassedToService": backup}}
        yield "passes another role", self.world(self.passing(OTHER), self.doing())
        yield "passes to another service", self.world(self.passing(Condition=only), self.doing())
        yield "a Deny of the first action", self.world(self.passing(), self.doing(), deny(self.actions[0]))
        yield "trusts another service", self.world(self.passing(), self.doing(), target=self.target(backup))
        bound = self.target(self.service, Condition=elsewhere)
        yield "trusted for another account", self.world(self.passing(), self.doing(), target=bound)
        for need in self.needs:
            yield f"there is no {need}", self.world(self.passing(), self.doing(), lacking=need)


CASES = (
    passes("apprunner-001", "tasks.apprunner.amazonaws.com", "apprunner:CreateService"),
    passes(
        "bedrock-001",
        "bedrock-agentcore.amazonaws.com",
        "bedrock-agentcore:CreateCodeInterpreter",
        "bedrock-agentcore:StartCodeInterpreterSession",
        "bedrock-agentcore:InvokeCodeInterpreter",
    ),
    passes("cloudformation-001", CLOUDFORMATION, "cloudformation:CreateStack"),
    passes(
        "cloudformation-003", CLOUDFORMATION, "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"
    ),
    passes("cloudformation-004", CLOUDFORMATION, "cloudformation:UpdateStackSet", needs=("stack-set",)),
    passes("codebuild-001", CODEBUILD, "codebuild:CreateProject", "codebuild:StartBuild"),
    passes("codebuild-004", CODEBUILD, "codebuild:CreateProject", "codebuild:StartBuildBatch"),
    passes(
        "datapipeline-001",
        "datapipeline.amazonaws.com",
        "datapipeline:CreatePipeline",
        "datapipeline:PutPipelineDefinition",
        "datapipeline:ActivatePipeline",
    ),
    passes("ec2-001", EC2, "ec2:RunInstances", profile=True),
    passes("ec2-003", EC2, "ec2:RequestSpotInstances", profile=True),
    passes("ecs-001", ECS_TASKS, "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
    passes("ecs-002", ECS_TASKS, "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    passes("ecs-003", ECS_TASKS, "ecs:RegisterTaskDefinition", "ecs:CreateService", needs=("cluster",)),
    passes("ecs-004", ECS_TASKS, "ecs:RegisterTaskDefinition", "ecs:RunTask", needs=("cluster",)),
    passes("ecs-005", ECS_TASKS, "ecs:RegisterTaskDefinition", "ecs:StartTask", needs=("container-instance",)),
    passes("glue-001", GLUE, "glue:CreateDevEndpoint"),
    passes("glue-003", GLUE, "glue:CreateJob", "glue:StartJobRun"),
    passes("glue-004", GLUE, "glue:CreateJob", "glue:CreateTrigger"),
    passes("glue-005", GLUE, "glue:UpdateJob", "glue:StartJobRun", needs=("job",)),
    passes("glue-006", GLUE, "glue:UpdateJob", "glue:CreateTrigger", needs=("job",)),
    passes("lambda-001", LAMBDA, "lambda:CreateFunction", "lambda:InvokeFunction"),
    passes("lambda-002", LAMBDA, "lambda:CreateFunction", "lambda:CreateEventSourceMapping", needs=("event-source",)),
    passes("lambda-006", LAMBDA, "lambda:CreateFunction", "lambda:AddPermission"),
    passes("sagemaker-001", SAGEMAKER, "sagemaker:CreateNotebookInstance"),
    passes("sagemaker-002", SAGEMAKER, "sagemaker:CreateTrainingJob"),
    passes("sagemaker-003", SAGEMAKER, "sagemaker:CreateProcessingJob"),
    passes(
        "iviz-asg-launch",
        EC2,
        "autoscaling:CreateLaunchConfiguration",
        "autoscaling:CreateAutoScalingGroup",
        profile=True,
    ),
    passes("iviz-batch", ECS_TASKS, "batch:RegisterJobDefinition", "batch:SubmitJob"),
    passes("iviz-ecs-runtask-override", ECS_TASKS, "ecs:RunTask", needs=("cluster", "task-definition")),
    passes("iviz-ecs-starttask-override", ECS_TASKS, "ecs:StartTask", needs=("container-instance", "task-definition")),
    passes("iviz-eks-pod", "pods.eks.amazonaws.com", "eks:CreatePodIdentityAssociation", needs=("eks-cluster",)),
    passes("iviz-emr", "elasticmapreduce.amazonaws.com", "elasticmapreduce:RunJobFlow"),
    passes("iviz-glue-session", GLUE, "glue:CreateSession", "glue:RunStatement"),
    passes("iviz-scheduler", "scheduler.amazonaws.com", "scheduler:CreateSchedule"),
    passes("iviz-states", "states.amazonaws.com", "states:CreateStateMachine", "states:StartExecution"),
)
