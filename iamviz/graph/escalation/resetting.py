"""A password is reset and the MFA device that stands beside it taken off."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.credentials import has_mfa, has_no_password, has_password
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.world import Identity
from iamviz.inventory.model import User
from iamviz.policy.expression import NEVER, Expression, all_of

DEACTIVATE = "iam:DeactivateMFADevice"


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To users that have an MFA device."""
    if not asking.covers(actor, (DEACTIVATE,)):
        return
    aims = [
        Aim(
            user.arn,
            asking.together((asking.may(actor, DEACTIVATE, user.arn), asking.may(actor, action, user.arn))),
            proof,
        )
        for user in place.users
        if isinstance(user.entity, User)
        for action, proof in _resets(place, user.entity)
    ]
    yield from ways("iviz-iam-mfa-reset", FREELY, aims)


def _resets(place: Place, user: User) -> Iterator[tuple[str, Proof]]:
    device = has_mfa(user)
    terms: tuple[tuple[str, Expression], ...] = (
        ("iam:UpdateLoginProfile", all_of((device, has_password(user)))),
        ("iam:CreateLoginProfile", all_of((device, has_no_password(user)))),
    )
    yield from ((action, place.same(Proof(term))) for action, term in terms if term is not NEVER)
