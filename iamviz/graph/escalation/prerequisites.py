"""What must be there before a method can be used: in the snapshot, known to be absent, or never looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.launches import Launch, Prerequisite
from iamviz.graph.escalation.needs import new
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY, NOT_AT_ALL
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.workloads import Workloads
from iamviz.policy.expression import Condition, Expression, Missing, Test

COMMANDS: Mapping[Prerequisite, str] = {
    "cluster": "ecs describe-clusters",
    "container-instance": "ecs describe-container-instances",
    "task-definition": "ecs describe-task-definition",
    "job": "glue get-jobs",
    "stack-set": "cloudformation describe-stack-set",
}
EKS_COMMANDS = (
    "eks list-clusters",
    "eks describe-cluster",
    "eks list-access-entries",
    "eks describe-access-entry",
    "eks list-associated-access-policies",
    "eks list-pod-identity-associations",
    "eks describe-pod-identity-association",
    "eks list-nodegroups",
    "eks describe-nodegroup",
)
"""Each shows clusters: where one is empty there are none that it could have shown."""
EVENT_COMMANDS = (
    "lambda list-event-source-mappings",
    "dynamodb describe-table",
    "kinesis list-streams",
    "sqs list-queues",
)

_DELETED = frozenset({"INACTIVE", "DELETE_IN_PROGRESS", "DEPROVISIONING", "DEREGISTERING"})
"""Of ECS: listed for a while after it is gone, and no task starts in it or from it.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html
"""

EVENT_SOURCE: Expression = Test(Condition("Null", "iamviz:EventSource", ("false",)))
"""That there is a stream or queue: no key of AWS's, nothing of the request."""


def _clusters(workloads: Workloads) -> Sequence[str]:
    return [each.arn for each in workloads.ecs_clusters if each.state not in _DELETED]


def _container_instances(workloads: Workloads) -> Sequence[str]:
    return [each.arn for each in workloads.container_instances if each.state not in _DELETED]


def _task_definitions(workloads: Workloads) -> Sequence[str]:
    return [each.arn for each in workloads.task_definitions if each.state not in _DELETED]


def _jobs(workloads: Workloads) -> Sequence[str]:
    return [each.arn for each in workloads.of_kind("glue-job")]


def _stack_sets(workloads: Workloads) -> Sequence[str]:
    """Those that work with roles that somebody passes: the organization's own have a service-linked one."""
    return [
        each.arn
        for each in workloads.stack_sets
        if each.permission_model != "SERVICE_MANAGED"
        and each.state in {None, "ACTIVE"}
        and (each.execution_role or each.permission_model == "SELF_MANAGED")
    ]


_THERE: Mapping[Prerequisite, Callable[[Workloads], Sequence[str]]] = {
    "cluster": _clusters,
    "container-instance": _container_instances,
    "task-definition": _task_definitions,
    "job": _jobs,
    "stack-set": _stack_sets,
}

_ACTED_ON: tuple[Prerequisite, ...] = ("task-definition", "job", "eks-cluster", "stack-set")
"""What the actions on existing things act on."""


def there(place: Place, need: Prerequisite) -> Sequence[str] | None:
    """The ARNs of what there is; None where nobody looked."""
    if need == "eks-cluster":
        known = [each.arn for each in place.inventory.workloads.eks_clusters]
        looked = any(map(place.inventory.looked_at, EKS_COMMANDS))
        return known if known or looked else None
    if not place.inventory.looked_at(COMMANDS[need]):
        return None
    return _THERE[need](place.inventory.workloads)


def met(asking: Asking, place: Place, launch: Launch) -> Verdict:
    """Whether everything is there that the method needs."""
    return asking.together([is_there(place, need) for need in launch.needs])


def is_there(place: Place, need: Prerequisite) -> Verdict:
    """Whether it is there: unknown where nobody looked."""
    if need == "execution-role":
        return FREELY
    if need == "event-source":
        return _event_source(place)
    found = there(place, need)
    if found is None:
        # A pod association is made for a cluster that may lie in any region: not having looked tells nothing.
        return FREELY if need == "eks-cluster" else Verdict(Missing(f"`aws {COMMANDS[need]}` was not collected"))
    return FREELY if found else NOT_AT_ALL


def _event_source(place: Place) -> Verdict:
    workloads = place.inventory.workloads
    if workloads.event_sources or any(each.event_sources for each in workloads.functions):
        return FREELY
    looked = any(place.inventory.looked_at(command) for command in EVENT_COMMANDS)
    return NOT_AT_ALL if looked else Verdict(EVENT_SOURCE)


def on_existing(asking: Asking, place: Place, actor: Identity, launch: Launch) -> Iterator[Verdict]:
    """For each existing thing that the actions act on, whether they are allowed; for any name where nobody looked."""
    need = next(each for each in launch.needs if each in _ACTED_ON)
    found = there(place, need)
    if found is None:
        yield asking.on_new(actor, new(*launch.existing))
        return
    for arn in found:
        yield asking.together([asking.may(actor, action, arn) for action in launch.existing])
