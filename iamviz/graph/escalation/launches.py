"""The table of methods that pass a role to something new: the service that it is passed to, and what must be allowed.

The ids and permissions are facts of the public catalogue pathfinding.cloud (Apache-2.0), as of November 2026; those
that begin with iviz are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iamviz.graph.escalation.needs import New, new

Prerequisite = Literal[
    "cluster",
    "container-instance",
    "event-source",
    "job",
    "execution-role",
    "task-definition",
    "eks-cluster",
    "stack-set",
]

CODEBUILD = "codebuild.amazonaws.com"
EC2 = "ec2.amazonaws.com"
ECS_TASKS = "ecs-tasks.amazonaws.com"
GLUE = "glue.amazonaws.com"
LAMBDA = "lambda.amazonaws.com"
SAGEMAKER = "sagemaker.amazonaws.com"
CLOUDFORMATION = "cloudformation.amazonaws.com"


@dataclass(frozen=True, slots=True)
class Launch:
    """One method. `existing` are actions on something that is there already, which `needs` names."""

    id: str
    services: tuple[str, ...]
    new: tuple[New, ...] = ()
    existing: tuple[str, ...] = ()
    needs: tuple[Prerequisite, ...] = ()
    profile: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        """All that must be allowed beside iam:PassRole."""
        return (*(action for each in self.new for action in each.actions), *self.existing)


RUN_INSTANCES = tuple(
    new("ec2:RunInstances", of=kind)
    for kind in ("image", "instance", "network-interface", "security-group", "subnet", "volume")
)
"""Each must be allowed: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html"""
SPOT_INSTANCES = tuple(
    new("ec2:RequestSpotInstances", of=kind) for kind in ("image", "security-group", "spot-instances-request", "subnet")
)
PROFILE = new("iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile")

TASK = new("ecs:RegisterTaskDefinition")
RUN_TASK = new("ecs:RegisterTaskDefinition", "ecs:RunTask")
START_TASK = new("ecs:RegisterTaskDefinition", "ecs:StartTask")
CLUSTER = new("ecs:CreateCluster")
SERVICE = new("ecs:CreateService")
TRIGGER = new("glue:CreateTrigger")

LAUNCHES: tuple[Launch, ...] = (
    Launch("apprunner-001", ("tasks.apprunner.amazonaws.com",), (new("apprunner:CreateService", of="service"),)),
    Launch(
        "bedrock-001",
        ("bedrock-agentcore.amazonaws.com",),
        (
            new("bedrock-agentcore:CreateCodeInterpreter"),
            new(
                "bedrock-agentcore:StartCodeInterpreterSession",
                "bedrock-agentcore:InvokeCodeInterpreter",
                of="code-interpreter-custom",
            ),
        ),
    ),
    Launch("cloudformation-001", (CLOUDFORMATION,), (new("cloudformation:CreateStack", of="stack"),)),
    Launch(
        "cloudformation-003",
        (CLOUDFORMATION,),
        (new("cloudformation:CreateStackSet"), new("cloudformation:CreateStackInstances", of="stackset")),
        needs=("execution-role",),
    ),
    # An update may name another administration role than the stack set has, and another execution role.
    Launch(
        "cloudformation-004",
        (CLOUDFORMATION,),
        existing=("cloudformation:UpdateStackSet",),
        needs=("stack-set", "execution-role"),
    ),
    Launch("codebuild-001", (CODEBUILD,), (new("codebuild:CreateProject", "codebuild:StartBuild"),)),
    Launch("codebuild-004", (CODEBUILD,), (new("codebuild:CreateProject", "codebuild:StartBuildBatch"),)),
    Launch(
        "datapipeline-001",
        ("datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com"),
        (
            new("datapipeline:CreatePipeline"),
            new("datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
        ),
    ),
    Launch("ec2-001", (EC2,), RUN_INSTANCES, profile=True),
    Launch("ec2-003", (EC2,), SPOT_INSTANCES, profile=True),
    Launch("ecs-001", (ECS_TASKS,), (CLUSTER, TASK, SERVICE)),
    Launch("ecs-002", (ECS_TASKS,), (CLUSTER, RUN_TASK)),
    Launch("ecs-003", (ECS_TASKS,), (TASK, SERVICE), needs=("cluster",)),
    Launch("ecs-004", (ECS_TASKS,), (RUN_TASK,), needs=("cluster",)),
    Launch("ecs-005", (ECS_TASKS,), (START_TASK,), needs=("container-instance",)),
    Launch("glue-001", (GLUE,), (new("glue:CreateDevEndpoint"),)),
    Launch("glue-003", (GLUE,), (new("glue:CreateJob", "glue:StartJobRun"),)),
    Launch("glue-004", (GLUE,), (new("glue:CreateJob"), TRIGGER)),
    Launch("glue-005", (GLUE,), existing=("glue:UpdateJob", "glue:StartJobRun"), needs=("job",)),
    Launch("glue-006", (GLUE,), (TRIGGER,), existing=("glue:UpdateJob",), needs=("job",)),
    Launch("lambda-001", (LAMBDA,), (new("lambda:CreateFunction", "lambda:InvokeFunction", of="function"),)),
    Launch(
        "lambda-002",
        (LAMBDA,),
        (new("lambda:CreateFunction", of="function"), new("lambda:CreateEventSourceMapping")),
        needs=("event-source",),
    ),
    Launch("lambda-006", (LAMBDA,), (new("lambda:CreateFunction", "lambda:AddPermission", of="function"),)),
    Launch("sagemaker-001", (SAGEMAKER,), (new("sagemaker:CreateNotebookInstance", of="notebook-instance"),)),
    Launch("sagemaker-002", (SAGEMAKER,), (new("sagemaker:CreateTrainingJob", of="training-job"),)),
    Launch("sagemaker-003", (SAGEMAKER,), (new("sagemaker:CreateProcessingJob", of="processing-job"),)),
    Launch(
        "iviz-asg-launch",
        (EC2,),
        (new("autoscaling:CreateLaunchConfiguration"), new("autoscaling:CreateAutoScalingGroup")),
        profile=True,
    ),
    Launch(
        "iviz-batch",
        (ECS_TASKS, "batch.amazonaws.com"),
        (
            new("batch:RegisterJobDefinition", "batch:SubmitJob", of="job-definition"),
            new("batch:SubmitJob", of="job-queue"),
        ),
    ),
    Launch(
        "iviz-ecs-runtask-override",
        (ECS_TASKS,),
        existing=("ecs:RunTask",),
        needs=("cluster", "task-definition"),
    ),
    Launch(
        "iviz-ecs-starttask-override",
        (ECS_TASKS,),
        existing=("ecs:StartTask",),
        needs=("container-instance", "task-definition"),
    ),
    Launch(
        "iviz-eks-pod",
        ("pods.eks.amazonaws.com",),
        existing=("eks:CreatePodIdentityAssociation",),
        needs=("eks-cluster",),
    ),
    Launch("iviz-emr", ("elasticmapreduce.amazonaws.com",), (new("elasticmapreduce:RunJobFlow"),)),
    Launch("iviz-glue-session", (GLUE,), (new("glue:CreateSession", "glue:RunStatement"),)),
    Launch("iviz-scheduler", ("scheduler.amazonaws.com",), (new("scheduler:CreateSchedule", of="schedule"),)),
    Launch("iviz-states", ("states.amazonaws.com",), (new("states:CreateStateMachine", "states:StartExecution"),)),
)

SELF_CONTAINED: tuple[Launch, ...] = tuple(each for each in LAUNCHES if not each.needs)
"""Those that need nothing that must be there before."""
