"""Whether an actor can make something run, or take over what runs: the tables, asked request by request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from iamviz.inventory.known_keys import KnownKeys
from iamviz.inventory.model import Inventory, Role
from iamviz.inventory.workloads import Instance
from tests.oracle.escalation.accounts import Account
from tests.oracle.escalation.launches import ANY, LAUNCHES, PROFILE, Launch, Make, make
from tests.oracle.escalation.names import candidates
from tests.oracle.escalation.sure import CERTAIN, NO, POSSIBLE, UNKNOWN, Sure, best, both
from tests.oracle.escalation.takes import FUNCTIONS, INSTANCE, INSTANCES, TAKES, Running, Take, instances
from tests.oracle.layers import Identity
from tests.oracle.pairs import Wanted

Found = tuple[str, str, Sure]
"""Method, target, how sure."""
PASS = "iam:PassRole"
COMMANDS = {
    "cluster": "ecs describe-clusters",
    "container-instance": "ecs describe-container-instances",
    "task-definition": "ecs describe-task-definition",
    "job": "glue get-jobs",
}
SOURCES = (
    "lambda list-event-source-mappings",
    "dynamodb describe-table",
    "kinesis list-streams",
    "sqs list-queues",
)
DOCUMENTS = ("AWS-RunShellScript", "AWS-RunPowerShellScript", "AWS-RunRemoteScript")
CONFIGURE = "lambda:UpdateFunctionConfiguration"
ASSOCIATE = ("ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation")
ENTRIES = (
    ("ssm:StartSession",),
    ("ssm:SendCommand",),
    ("ec2-instance-connect:SendSSHPublicKey",),
    ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
)
TAGS = ("aws:ResourceTag", "ec2:ResourceTag", "ssm:resourceTag")


def find(account: Account, actor: Identity, everywhere: Sequence[Wanted]) -> Iterator[Found]:
    for launch in LAUNCHES:
        yield from _launched(account, actor, launch, everywhere)
    for take in TAKES:
        yield from _taken(account, actor, take)
    yield from _passed(account, actor, "iviz-lambda-updateconfig", "lambda.amazonaws.com", _configured(account, actor))
    associated = _associated(account, actor)
    yield from _passed(account, actor, "iviz-ec2-associateprofile", "ec2.amazonaws.com", associated, profile=True)


def makes(account: Account, actor: Identity, one: Make, keys: KnownKeys | None = None) -> Sure:
    """Whether all of it may be done under one name."""
    if one.arn == ANY:
        return both(*(account.may(actor, action, ANY, keys or {}) for action in one.actions))
    names = candidates(one.arn, account.inventory, account.taken)
    return best(both(*(account.may(actor, each, name, keys or {}) for each in one.actions)) for name in names)


def passes(account: Account, actor: Identity, role: Role, service: str) -> Sure:
    """Whether the actor may pass the role to the service, and the service may run as it."""
    trusted = best(account.lets_in(role, name) for name in (service, f"{service}.cn"))
    return trusted and both(trusted, account.may(actor, PASS, role.arn, {"iam:PassedToService": service}))


def _launched(account: Account, actor: Identity, launch: Launch, everywhere: Sequence[Wanted]) -> Iterator[Found]:
    started = both(*(makes(account, actor, each) for each in launch.makes))
    started = started and both(started, _prepared(account, actor, launch))
    for role in account.roles if started else ():
        passed = best(passes(account, actor, role, service) for service in launch.services)
        if passed and launch.profile:
            passed = both(passed, has_profile(account, actor, role))
        if passed and "execution-role" in launch.needs:
            passed = both(passed, best(account.assumes(role, each) for each in everywhere))
        yield launch.method, role.arn, both(started, passed)


def has_profile(account: Account, actor: Identity, role: Role) -> Sure:
    """It is in an instance profile, or the actor puts it in one."""
    if any(role.arn in profile.roles for profile in account.inventory.instance_profiles):
        return CERTAIN
    return makes(account, actor, PROFILE)


def _prepared(account: Account, actor: Identity, launch: Launch) -> Sure:
    """What must be there, and what must be done to it."""
    there = [_there(account.inventory, need) for need in launch.needs if need != "execution-role"]
    if not launch.existing:
        return both(*(sure for sure, _ in there))
    (sure, things), *others = there
    if sure == UNKNOWN or (sure and not things):
        template = {"job": "glue:{region}:{account}:job/{name}", "eks-cluster": "eks:{region}:{account}:cluster/{name}"}
        kind = template.get(launch.needs[0], "ecs:{region}:{account}:task-definition/{name}:1")
        done = makes(account, actor, Make(f"arn:{{partition}}:{kind}", launch.existing))
    else:
        done = best(both(*(account.may(actor, each, arn) for each in launch.existing)) for arn in things)
    return both(sure, done, *(each for each, _ in others))


def _there(inventory: Inventory, need: str) -> tuple[Sure, list[str]]:
    """Whether there is any, and which there are."""
    workloads = inventory.workloads
    if need == "event-source":
        return _event_source(inventory), []
    if need == "eks-cluster":
        # One that nobody looked for may be in any region.
        looked = bool(workloads.eks_clusters) or "eks list-clusters" in inventory.commands
        arns = [each.arn for each in workloads.eks_clusters]
        return (CERTAIN if arns or not looked else NO), arns
    found: Mapping[str, list[str]] = {
        "cluster": [each.arn for each in workloads.ecs_clusters if each.state == "ACTIVE"],
        "container-instance": [each.arn for each in workloads.container_instances if each.state == "ACTIVE"],
        "task-definition": [each.arn for each in workloads.task_definitions if each.state == "ACTIVE"],
        "job": [each.arn for each in workloads.plain if each.kind == "glue-job"],
    }
    if COMMANDS[need] not in inventory.commands:
        return UNKNOWN, []
    return (CERTAIN if found[need] else NO), found[need]


def _event_source(inventory: Inventory) -> Sure:
    """A stream or queue of another account would do, so that not having looked is a condition and no gap."""
    workloads = inventory.workloads
    if workloads.event_sources or any(each.event_sources for each in workloads.functions):
        return CERTAIN
    return NO if any(command in inventory.commands for command in SOURCES) else POSSIBLE


def _taken(account: Account, actor: Identity, take: Take) -> Iterator[Found]:
    beside = _beside(account, actor, take)
    if not beside:
        return
    if take.command not in account.inventory.commands:
        some = both(UNKNOWN, beside, makes(account, actor, Make(take.arn, take.actions)))
        for role in account.roles if some else ():
            names = (take.service, f"{take.service}.cn")
            yield take.method, role.arn, both(some, best(account.lets_in(role, each) for each in names))
        return
    for thing, sure in take.fit(account.inventory):
        if thing.role in account.identities:
            done = (account.may(actor, each, thing.arn, keys_of(thing)) for each in take.actions)
            yield take.method, thing.role or "", both(sure, beside, *done)


def _beside(account: Account, actor: Identity, take: Take) -> Sure:
    """What must be there and be allowed beside the thing."""
    beside = both(*(makes(account, actor, each) for each in take.more))
    if take.document:
        beside = beside and both(beside, _document(account, actor, take.actions[0]))
    return both(beside, _there(account.inventory, "cluster")[0]) if take.cluster else beside


def keys_of(thing: Running) -> KnownKeys:
    """Its tags; those of instances were all collected."""
    tags = getattr(thing, "tags", {})
    known: dict[str, str | tuple[str, ...] | None] = {
        f"{family}/{name}": value for family in TAGS for name, value in tags.items()
    }
    return known | ({f"{family}/*": None for family in TAGS} if isinstance(thing, Instance) else {})


def _document(account: Account, actor: Identity, action: str) -> Sure:
    """Of AWS's own documents one that runs what it is given; what the account's own do was not collected."""
    prefix = f"arn:{account.inventory.partition}:ssm:us-east-1::document/"
    shipped = best(account.may(actor, action, prefix + name) for name in DOCUMENTS)
    own = makes(account, actor, make("arn:{partition}:ssm:{region}:{account}:document/{name}", action))
    return best([shipped, both(UNKNOWN, own)])


def _passed(
    account: Account, actor: Identity, method: str, service: str, done: Sure, *, profile: bool = False
) -> Iterator[Found]:
    for role in account.roles if done else ():
        passed = passes(account, actor, role, service)
        if passed and profile:
            passed = both(passed, has_profile(account, actor, role))
        yield method, role.arn, both(done, passed)


def _configured(account: Account, actor: Identity) -> Sure:
    """Some function is given another role."""
    if FUNCTIONS not in account.inventory.commands:
        return both(UNKNOWN, makes(account, actor, Make(TAKES_FUNCTION, (CONFIGURE,))))
    return best(
        account.may(actor, CONFIGURE, each.arn, keys_of(each)) for each in account.inventory.workloads.functions
    )


TAKES_FUNCTION = "arn:{partition}:lambda:{region}:{account}:function:{name}"


def _associated(account: Account, actor: Identity) -> Sure:
    """Some instance is given another profile, and entered."""
    if INSTANCES not in account.inventory.commands:
        names = candidates(INSTANCE, account.inventory, account.taken)
        return both(UNKNOWN, best(_entered(account, actor, name, {}) for name in names))
    things = (thing for thing, _ in instances(account.inventory))
    return best(_entered(account, actor, each.arn, keys_of(each)) for each in things)


def _entered(account: Account, actor: Identity, arn: str, keys: KnownKeys) -> Sure:
    ask = partial(_all, account, actor, arn, keys)
    return both(best(ask((each,)) for each in ASSOCIATE), best(map(ask, ENTRIES)))


def _all(account: Account, actor: Identity, arn: str, keys: KnownKeys, actions: Iterable[str]) -> Sure:
    return both(*(account.may(actor, each, arn, keys) for each in actions))
