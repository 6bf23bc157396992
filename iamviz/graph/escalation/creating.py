"""Methods that make a new role or user with every permission, and become it."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.launches import PROFILE, SELF_CONTAINED, Launch
from iamviz.graph.escalation.needs import New
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.policies import BOUNDARY_KEY, POLICY_KEY
from iamviz.graph.escalation.verdicts import FREELY, either
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.policy.expression import NEVER

NO_BOUNDARY = (BOUNDARY_KEY, None)
"""Nothing is made under a boundary unless a condition forces one."""
MAKE_ROLE, MAKE_USER, PASS_ROLE = "iam:CreateRole", "iam:CreateUser", "iam:PassRole"
ENTRIES = ("iam:CreateAccessKey", "iam:CreateLoginProfile")


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To admin, unless an SCP keeps even a new role or user from being it."""
    makes_roles, makes_users = asking.covers(actor, (MAKE_ROLE,)), asking.covers(actor, (MAKE_USER,))
    if not makes_roles and not makes_users:
        return
    outcome = Proof(asking.standings.newcomer(actor))
    if makes_roles:
        made = either(asking.on_new(actor, each) for each in _roles(asking, place, actor))
        yield from ways("iviz-iam-createrole", FREELY, [Aim(place.admin, made, outcome)])
        if asking.covers(actor, (PASS_ROLE,)):
            launched = either(_launched(asking, place, actor))
            yield from ways("iviz-iam-createpassrole", FREELY, [Aim(place.admin, launched, outcome)])
    if makes_users:
        made = either(_users(asking, place, actor))
        yield from ways("iviz-iam-createuser", FREELY, [Aim(place.admin, made, outcome)])


def _admin_policies(asking: Asking, place: Place, actor: Identity) -> Iterator[str]:
    """AWS's own, then those of the account that give everything."""
    yield f"arn:{actor.partition}:iam::aws:policy/AdministratorAccess"
    yield from place.admin_policies(asking.standings)


def _roles(
    asking: Asking, place: Place, actor: Identity, more: tuple[str, ...] = (), keys: tuple[tuple[str, str], ...] = ()
) -> Iterator[New]:
    """The same name for all: the role is made, is given everything, and what else must be done to it."""
    yield New((MAKE_ROLE, "iam:PutRolePolicy", *more), keys=(NO_BOUNDARY, *keys))
    for policy in _admin_policies(asking, place, actor):
        yield New((MAKE_ROLE, "iam:AttachRolePolicy", *more), keys=(NO_BOUNDARY, (POLICY_KEY, policy), *keys))


def _launched(asking: Asking, place: Place, actor: Identity) -> Iterator[Verdict]:
    """The new role is passed to something new: its trust is the actor's to choose."""
    for launch in asking.possible(actor, SELF_CONTAINED, _needed):
        started = _started(asking, actor, launch)
        if started.expression is not NEVER or started.shut is not None:
            passed = (_passed(asking, place, actor, service) for service in launch.services)
            yield asking.together((started, either(passed)))


def _needed(launch: Launch) -> tuple[str, ...]:
    return launch.actions


def _started(asking: Asking, actor: Identity, launch: Launch) -> Verdict:
    return asking.all_new(actor, (*launch.new, PROFILE) if launch.profile else launch.new)


def _passed(asking: Asking, place: Place, actor: Identity, service: str) -> Verdict:
    key = ("iam:PassedToService", service)
    return either(asking.on_new(actor, each) for each in _roles(asking, place, actor, (PASS_ROLE,), (key,)))


def _users(asking: Asking, place: Place, actor: Identity) -> Iterator[Verdict]:
    for entry in ENTRIES:
        yield asking.on_new(actor, New((MAKE_USER, "iam:PutUserPolicy", entry), keys=(NO_BOUNDARY,)))
        for policy in _admin_policies(asking, place, actor):
            keys = (NO_BOUNDARY, (POLICY_KEY, policy))
            yield asking.on_new(actor, New((MAKE_USER, "iam:AttachUserPolicy", entry), keys=keys))
        for group in place.admin_groups(asking.standings):
            joined = asking.may(actor, "iam:AddUserToGroup", group)
            yield asking.together((asking.on_new(actor, New((MAKE_USER, entry), keys=(NO_BOUNDARY,))), joined))
