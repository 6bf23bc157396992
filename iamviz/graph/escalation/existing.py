"""Methods that take over something that runs already: confirmed where it is in the snapshot, else potential.

A kind that nobody looked at gives unknown edges to the roles that could run there; one that was looked at and is not
there gives none. Ids and permissions: the public catalogue pathfinding.cloud (Apache-2.0), as of November 2026; those
that begin with iviz are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamviz.graph.escalation import things
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.launches import CLOUDFORMATION, CODEBUILD, EC2, ECS_TASKS, GLUE, LAMBDA, SAGEMAKER
from iamviz.graph.escalation.needs import New, new
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.prerequisites import is_there
from iamviz.graph.escalation.things import Thing, Things
from iamviz.graph.escalation.verdicts import either
from iamviz.graph.escalation.ways import NOTHING_MORE, Aim, Way, ways, ways_to_all
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.policy.expression import Missing

DOCUMENTS = tuple(
    f"document/{name}" for name in ("AWS-RunShellScript", "AWS-RunPowerShellScript", "AWS-RunRemoteScript")
)
"""AWS's own documents that run whatever they are given."""


@dataclass(frozen=True, slots=True)
class Take:
    """One method: `actions` on the thing, of resource type `of`, and `more` beside it; `service` runs the thing."""

    id: str
    command: str
    service: str
    found: Things
    actions: tuple[str, ...]
    of: str = ""
    more: tuple[New, ...] = ()
    documents: bool = False
    """Whether a document of Systems Manager must be allowed too."""
    cluster: bool = False
    """Whether an ECS cluster must be there."""

    @property
    def needed(self) -> tuple[str, ...]:
        return (*self.actions, *(action for each in self.more for action in each.actions))


INSTANCES, FUNCTIONS, PROJECTS = "ec2 describe-instances", "lambda list-functions", "codebuild batch-get-projects"
STACKS, NOTEBOOK = "cloudformation describe-stacks", "sagemaker describe-notebook-instance"
TASK_DEFINITIONS = "ecs describe-task-definition"

TAKES: tuple[Take, ...] = (
    Take(
        "apprunner-002",
        "apprunner describe-service",
        "tasks.apprunner.amazonaws.com",
        things.apprunner_services,
        ("apprunner:UpdateService",),
        "service",
    ),
    Take(
        "bedrock-002",
        "bedrock-agentcore-control get-code-interpreter",
        "bedrock-agentcore.amazonaws.com",
        things.code_interpreters,
        ("bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"),
        "code-interpreter-custom",
    ),
    Take("cloudformation-002", STACKS, CLOUDFORMATION, things.stacks, ("cloudformation:UpdateStack",), "stack"),
    Take(
        "cloudformation-005",
        STACKS,
        CLOUDFORMATION,
        things.stacks,
        ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
        "stack",
    ),
    Take("codebuild-002", PROJECTS, CODEBUILD, things.projects, ("codebuild:StartBuild",)),
    Take("codebuild-003", PROJECTS, CODEBUILD, things.batch_projects, ("codebuild:StartBuildBatch",)),
    Take(
        "ec2instanceconnect-003",
        INSTANCES,
        EC2,
        things.running_instances,
        ("ec2-instance-connect:SendSSHPublicKey",),
        more=(new("ec2:DescribeInstances"),),
    ),
    Take(
        "ec2-002",
        INSTANCES,
        EC2,
        things.instances,
        ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
        "instance",
    ),
    Take(
        "ec2-004",
        "ec2 describe-launch-templates",
        EC2,
        things.launch_templates,
        ("ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"),
    ),
    Take("glue-002", "glue get-dev-endpoints", GLUE, things.dev_endpoints, ("glue:UpdateDevEndpoint",)),
    Take("lambda-003", FUNCTIONS, LAMBDA, things.functions, ("lambda:UpdateFunctionCode",), "function"),
    Take(
        "lambda-004",
        FUNCTIONS,
        LAMBDA,
        things.functions,
        ("lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
        "function",
    ),
    Take(
        "lambda-005",
        FUNCTIONS,
        LAMBDA,
        things.functions,
        ("lambda:UpdateFunctionCode", "lambda:AddPermission"),
        "function",
    ),
    Take(
        "sagemaker-004",
        NOTEBOOK,
        SAGEMAKER,
        things.open_notebooks,
        ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    ),
    Take(
        "sagemaker-005",
        NOTEBOOK,
        SAGEMAKER,
        things.notebooks,
        ("sagemaker:StopNotebookInstance", "sagemaker:UpdateNotebookInstance", "sagemaker:StartNotebookInstance"),
        more=(new("sagemaker:CreateNotebookInstanceLifecycleConfig"),),
    ),
    Take("ssm-001", INSTANCES, EC2, things.managed_instances, ("ssm:StartSession",), "instance"),
    Take("ssm-002", INSTANCES, EC2, things.managed_instances, ("ssm:SendCommand",), "instance", documents=True),
    Take("iviz-ecs-exec", "ecs describe-tasks", ECS_TASKS, things.tasks, ("ecs:ExecuteCommand",), "task"),
    Take(
        "iviz-ecs-registerinstance",
        TASK_DEFINITIONS,
        ECS_TASKS,
        things.task_definitions,
        ("ecs:StartTask",),
        more=(new("ecs:RegisterContainerInstance"),),
        cluster=True,
    ),
    Take(
        "iviz-lambda-updateconfig",
        FUNCTIONS,
        LAMBDA,
        things.functions,
        ("lambda:UpdateFunctionConfiguration",),
        "function",
    ),
    Take(
        "iviz-ec2-volumeswap",
        INSTANCES,
        EC2,
        things.ebs_instances,
        ("ec2:StopInstances", "ec2:DetachVolume", "ec2:AttachVolume", "ec2:StartInstances"),
        "instance",
        more=(new("ec2:DetachVolume", of="volume"), new("ec2:AttachVolume", of="volume")),
    ),
    Take(
        "iviz-ec2-volumeswap",
        INSTANCES,
        EC2,
        things.ebs_instances,
        ("ec2:CreateReplaceRootVolumeTask",),
        "instance",
        more=(new("ec2:CreateReplaceRootVolumeTask", of="replace-root-volume-task"),),
    ),
)


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """The methods of the table that are open to the actor, with the roles that the things run as."""
    for take in asking.possible(actor, TAKES, _needed):
        beside = _beside(asking, place, actor, take)
        if place.inventory.looked_at(take.command):
            yield from ways(take.id, beside, _aims(asking, place, actor, take))
        else:
            # Nobody looked whether there are such things: each role that could run there might.
            some = asking.on_new(actor, New(take.actions, take.of))
            both = asking.together((beside, some))
            yield from ways_to_all(take.id, both, place.potential(take.service, take.command))


def _needed(take: Take) -> tuple[str, ...]:
    return take.needed


def _beside(asking: Asking, place: Place, actor: Identity, take: Take) -> Verdict:
    """What must be allowed beside the thing itself."""
    more = asking.all_new(actor, take.more)
    if take.cluster:
        return asking.together((more, is_there(place, "cluster")))
    if not take.documents:
        return more
    return asking.together((more, _some_document(asking, actor, take)))


def _some_document(asking: Asking, actor: Identity, take: Take) -> Verdict:
    """A document that runs what it is given. Whether one of the account's own does was not collected."""
    action = take.actions[0]
    prefix = f"arn:{actor.partition}:ssm:us-east-1::"
    shipped = either([asking.may(actor, action, prefix + name) for name in DOCUMENTS])
    own = asking.on_new(actor, new(action, of="document"))
    doubt = Verdict(Missing("what the account's own documents of Systems Manager run was not collected"))
    return either((shipped, asking.together((own, doubt))))


def _aims(asking: Asking, place: Place, actor: Identity, take: Take) -> Iterator[Aim]:
    for thing in take.found(place.inventory):
        if thing.role in place.identities:
            yield Aim(thing.role, _on(asking, actor, take, thing), place.same(_known(thing)))


def _on(asking: Asking, actor: Identity, take: Take, thing: Thing) -> Verdict:
    return asking.together([asking.may(actor, action, thing.arn, thing.keys) for action in take.actions])


def _known(thing: Thing) -> Proof:
    return Proof(Missing(thing.doubt)) if thing.doubt else NOTHING_MORE
