"""Methods that pass a role to something new, one line each: what is asked of AWS, and on which resource.

Ids and permissions: the public catalogue pathfinding.cloud (Apache-2.0); ids that begin with iviz are our own. The
resource types of the actions: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Make:
    """Actions on one thing that does not exist yet: its name is the actor's choice, `{name}` in the ARN."""

    arn: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Launch:
    """`needs` must be there before; `existing` are actions on one of the first of them."""

    method: str
    services: tuple[str, ...]
    makes: tuple[Make, ...] = ()
    needs: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    profile: bool = False


def make(arn: str, *actions: str) -> Make:
    return Make(arn, actions)


def launch(
    method: str,
    services: str,
    *makes: Make,
    needs: tuple[str, ...] = (),
    existing: tuple[str, ...] = (),
    profile: bool = False,
) -> Launch:
    return Launch(method, tuple(f"{each}.amazonaws.com" for each in services.split()), makes, needs, existing, profile)


ANY = "*"
FUNCTION = "arn:{partition}:lambda:{region}:{account}:function:{name}"
PROJECT = "arn:{partition}:codebuild:{region}:{account}:project/{name}"
TASK = "arn:{partition}:ecs:{region}:{account}:task-definition/{name}:1"
CLUSTER = "arn:{partition}:ecs:{region}:{account}:cluster/{name}"
SERVICE = "arn:{partition}:ecs:{region}:{account}:service/{name}/{name}"
JOB = "arn:{partition}:glue:{region}:{account}:job/{name}"
TRIGGER = "arn:{partition}:glue:{region}:{account}:trigger/{name}"
PIPELINE = "arn:{partition}:datapipeline:{region}:{account}:pipeline/{name}"
SESSION = "arn:{partition}:glue:{region}:{account}:session/{name}"
MACHINE = "arn:{partition}:states:{region}:{account}:stateMachine:{name}"
ROLE = "arn:{partition}:iam::{account}:role/{name}"
USER = "arn:{partition}:iam::{account}:user/{name}"
PROFILE = make(
    "arn:{partition}:iam::{account}:instance-profile/{name}",
    "iam:CreateInstanceProfile",
    "iam:AddRoleToInstanceProfile",
)


def sagemaker(kind: str) -> str:
    return f"arn:{{partition}}:sagemaker:{{region}}:{{account}}:{kind}/{{name}}"


def ec2(kind: str) -> str:
    return f"arn:{{partition}}:ec2:{{region}}:{{account}}:{kind}/{{name}}"


IMAGE = "arn:{partition}:ec2:{region}::image/{name}"
STARTED = ("instance", "network-interface", "security-group", "subnet", "volume")
REQUESTED = ("security-group", "spot-instances-request", "subnet")

LAUNCHES: tuple[Launch, ...] = (
    launch(
        "apprunner-001",
        "tasks.apprunner",
        make("arn:{partition}:apprunner:{region}:{account}:service/{name}/{name}", "apprunner:CreateService"),
    ),
    launch(
        "bedrock-001",
        "bedrock-agentcore",
        make(ANY, "bedrock-agentcore:CreateCodeInterpreter"),
        make(
            "arn:{partition}:bedrock-agentcore:{region}:{account}:code-interpreter-custom/{name}",
            "bedrock-agentcore:StartCodeInterpreterSession",
            "bedrock-agentcore:InvokeCodeInterpreter",
        ),
    ),
    launch(
        "cloudformation-001",
        "cloudformation",
        make("arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{name}", "cloudformation:CreateStack"),
    ),
    launch(
        "cloudformation-003",
        "cloudformation",
        make(ANY, "cloudformation:CreateStackSet"),
        make(
            "arn:{partition}:cloudformation:{region}:{account}:stackset/{name}:1",
            "cloudformation:CreateStackInstances",
        ),
        needs=("execution-role",),
    ),
    launch("codebuild-001", "codebuild", make(PROJECT, "codebuild:CreateProject", "codebuild:StartBuild")),
    launch("codebuild-004", "codebuild", make(PROJECT, "codebuild:CreateProject", "codebuild:StartBuildBatch")),
    launch(
        "datapipeline-001",
        "datapipeline elasticmapreduce",
        make(ANY, "datapipeline:CreatePipeline"),
        make(PIPELINE, "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
    ),
    launch(
        "ec2-001",
        "ec2",
        make(IMAGE, "ec2:RunInstances"),
        *(make(ec2(kind), "ec2:RunInstances") for kind in STARTED),
        profile=True,
    ),
    launch(
        "ec2-003",
        "ec2",
        make(IMAGE, "ec2:RequestSpotInstances"),
        *(make(ec2(kind), "ec2:RequestSpotInstances") for kind in REQUESTED),
        profile=True,
    ),
    launch(
        "ecs-001",
        "ecs-tasks",
        make(CLUSTER, "ecs:CreateCluster"),
        make(TASK, "ecs:RegisterTaskDefinition"),
        make(SERVICE, "ecs:CreateService"),
    ),
    launch(
        "ecs-002",
        "ecs-tasks",
        make(CLUSTER, "ecs:CreateCluster"),
        make(TASK, "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    ),
    launch(
        "ecs-003",
        "ecs-tasks",
        make(TASK, "ecs:RegisterTaskDefinition"),
        make(SERVICE, "ecs:CreateService"),
        needs=("cluster",),
    ),
    launch("ecs-004", "ecs-tasks", make(TASK, "ecs:RegisterTaskDefinition", "ecs:RunTask"), needs=("cluster",)),
    launch(
        "ecs-005",
        "ecs-tasks",
        make(TASK, "ecs:RegisterTaskDefinition", "ecs:StartTask"),
        needs=("container-instance",),
    ),
    launch("glue-001", "glue", make(ANY, "glue:CreateDevEndpoint")),
    launch("glue-003", "glue", make(JOB, "glue:CreateJob", "glue:StartJobRun")),
    launch("glue-004", "glue", make(JOB, "glue:CreateJob"), make(TRIGGER, "glue:CreateTrigger")),
    launch("glue-005", "glue", needs=("job",), existing=("glue:UpdateJob", "glue:StartJobRun")),
    launch("glue-006", "glue", make(TRIGGER, "glue:CreateTrigger"), needs=("job",), existing=("glue:UpdateJob",)),
    launch("lambda-001", "lambda", make(FUNCTION, "lambda:CreateFunction", "lambda:InvokeFunction")),
    launch(
        "lambda-002",
        "lambda",
        make(FUNCTION, "lambda:CreateFunction"),
        make(ANY, "lambda:CreateEventSourceMapping"),
        needs=("event-source",),
    ),
    launch("lambda-006", "lambda", make(FUNCTION, "lambda:CreateFunction", "lambda:AddPermission")),
    launch("sagemaker-001", "sagemaker", make(sagemaker("notebook-instance"), "sagemaker:CreateNotebookInstance")),
    launch("sagemaker-002", "sagemaker", make(sagemaker("training-job"), "sagemaker:CreateTrainingJob")),
    launch("sagemaker-003", "sagemaker", make(sagemaker("processing-job"), "sagemaker:CreateProcessingJob")),
    launch(
        "iviz-asg-launch",
        "ec2",
        make(
            "arn:{partition}:autoscaling:{region}:{account}:launchConfiguration:1:launchConfigurationName/{name}",
            "autoscaling:CreateLaunchConfiguration",
        ),
        make(
            "arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/{name}",
            "autoscaling:CreateAutoScalingGroup",
        ),
        profile=True,
    ),
    launch(
        "iviz-batch",
        "ecs-tasks batch",
        make(
            "arn:{partition}:batch:{region}:{account}:job-definition/{name}",
            "batch:RegisterJobDefinition",
            "batch:SubmitJob",
        ),
        make("arn:{partition}:batch:{region}:{account}:job-queue/{name}", "batch:SubmitJob"),
    ),
    launch("iviz-ecs-runtask-override", "ecs-tasks", needs=("task-definition", "cluster"), existing=("ecs:RunTask",)),
    launch(
        "iviz-ecs-starttask-override",
        "ecs-tasks",
        needs=("task-definition", "container-instance"),
        existing=("ecs:StartTask",),
    ),
    launch("iviz-eks-pod", "pods.eks", needs=("eks-cluster",), existing=("eks:CreatePodIdentityAssociation",)),
    launch("iviz-emr", "elasticmapreduce", make(ANY, "elasticmapreduce:RunJobFlow")),
    launch("iviz-glue-session", "glue", make(SESSION, "glue:CreateSession", "glue:RunStatement")),
    launch(
        "iviz-scheduler",
        "scheduler",
        make("arn:{partition}:scheduler:{region}:{account}:schedule/{name}/{name}", "scheduler:CreateSchedule"),
    ),
    launch("iviz-states", "states", make(MACHINE, "states:CreateStateMachine", "states:StartExecution")),
)
