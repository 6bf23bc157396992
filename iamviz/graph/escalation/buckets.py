"""Whoever writes a bucket's policy can let himself in to what the bucket holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iamviz.graph.circumstances import together
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.verdict import Verdict, conclude
from iamviz.graph.world import Identity
from iamviz.inventory.access import Held
from iamviz.policy.decision import weigh
from iamviz.policy.document import VERSION, Document, Statement
from iamviz.policy.request import Request

PUT, GET = "s3:PutBucketPolicy", "s3:GetObject"
_LET_IN = Held("", "", Document(VERSION, (Statement(0, "Allow", actions=(GET,), resources=("*",)),)))
"""What the new policy of the bucket gives."""


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the buckets of the account whose objects neither a boundary nor an SCP keeps from the actor."""
    if asking.covers(actor, (PUT,)):
        yield from ways("iviz-s3-bucketpolicy", FREELY, _aims(asking, place, actor))


def _aims(asking: Asking, place: Place, actor: Identity) -> Iterator[Aim]:
    for bucket in place.inventory.resource_policies:
        if bucket.kind == "bucket":
            written = asking.may(actor, PUT, bucket.arn)
            yield Aim(bucket.arn, asking.together((written, _read(asking, actor, f"{bucket.arn}/x"))))


def _read(asking: Asking, actor: Identity, thing: str) -> Verdict:
    """Whether it could read, were it let in: its own Denies, its boundary and the SCPs still count."""
    layers = asking.standings.layers(replace(actor, held=(*actor.held, _LET_IN)))
    circumstances = asking.permissions.circumstances
    known = together(circumstances.caller(actor), circumstances.resource(thing, actor.account))
    request = Request(actor.caller, GET, thing, actor.account, known)
    verdict = conclude(weigh(request, layers), circumstances.plainest(actor), circumstances.doubt(actor))
    return Verdict(verdict.expression, (), verdict.shut)
