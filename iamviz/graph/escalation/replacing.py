"""Methods that give an existing thing another role: a function's own, or an instance's by its profile."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation import things
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.launches import EC2, LAMBDA
from iamviz.graph.escalation.needs import new
from iamviz.graph.escalation.passing import PASSES, Passing
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.things import Thing
from iamviz.graph.escalation.verdicts import either
from iamviz.graph.escalation.ways import Way, ways
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.policy.expression import NEVER, Missing

CONFIGURE = "lambda:UpdateFunctionConfiguration"
ASSOCIATE = ("ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation")
ENTRIES = (
    ("ssm:StartSession",),
    ("ssm:SendCommand",),
    ("ec2-instance-connect:SendSSHPublicKey",),
    ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
)
"""Ways into an instance: a shell, or user data that it runs when it starts."""


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the roles that the actor may pass."""
    if not asking.covers(actor, (PASSES,)):
        return
    passing = Passing(asking, place, actor)
    if asking.covers(actor, (CONFIGURE,)):
        configured = _some(asking, place, actor, "lambda list-functions")
        yield from ways("iviz-lambda-updateconfig", configured, passing.to(LAMBDA))
    if any(asking.covers(actor, (action,)) for action in ASSOCIATE):
        entered = _entered(asking, place, actor)
        yield from ways("iviz-ec2-associateprofile", entered, passing.to(EC2, profile=True))


def _some(asking: Asking, place: Place, actor: Identity, command: str) -> Verdict:
    """Whether some function may be configured."""
    if not place.inventory.looked_at(command):
        doubt = Verdict(Missing(f"`aws {command}` was not collected"))
        return asking.together((asking.on_new(actor, new(CONFIGURE, of="function")), doubt))
    every = things.every_function(place.inventory)
    return either([asking.may(actor, CONFIGURE, each.arn, each.keys) for each in every])


def _entered(asking: Asking, place: Place, actor: Identity) -> Verdict:
    """Whether some instance may be given a profile and entered."""
    command = "ec2 describe-instances"
    if not place.inventory.looked_at(command):
        doubt = Verdict(Missing(f"`aws {command}` was not collected"))
        entries = [asking.all_new(actor, [new(each, of="instance") for each in actions]) for actions in ENTRIES]
        profile = either([asking.on_new(actor, new(action)) for action in ASSOCIATE])
        return asking.together((profile, either(entries), doubt))
    return either(
        [_instance(asking, actor, each) for each in things.every_instance(place.inventory)] or [Verdict(NEVER)]
    )


def _instance(asking: Asking, actor: Identity, thing: Thing) -> Verdict:
    def may(actions: tuple[str, ...]) -> Verdict:
        return asking.together([asking.may(actor, action, thing.arn, thing.keys) for action in actions])

    profile = either([may((action,)) for action in ASSOCIATE])
    return asking.together((profile, either([may(actions) for actions in ENTRIES])))
