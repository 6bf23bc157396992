"""Methods that reach from one account into others: Identity Center's assignments, and root sessions of members.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.circumstances import together
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.needs import new
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY, NOT_AT_ALL, either
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.model import Organization
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing
from iamviz.policy.request import Request

ASSUME_ROOT = "sts:AssumeRoot"
IAM, SSO = "iam.amazonaws.com", "sso.amazonaws.com"
ROOT_SESSIONS = "RootSessions"

ASSIGN = "sso:CreateAccountAssignment"
WIDEN = ("sso:AttachManagedPolicyToPermissionSet", "sso:PutInlinePolicyToPermissionSet")
PROVISION = "sso:ProvisionPermissionSet"


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the root users of members, and to the admins of the accounts that Identity Center reaches."""
    if asking.covers(actor, (ASSUME_ROOT,)):
        yield from ways("iviz-assumeroot", FREELY, _roots(asking, place, actor))
    if any(asking.covers(actor, (action,)) for action in (ASSIGN, *WIDEN)):
        yield from _assigned(asking, place, actor)


def _administers(organization: Organization, account: str, service: str) -> Expression:
    """Whether the account administers the service for the organization."""
    if account == organization.management_account:
        return ALWAYS
    # A file that lists none says nothing of any one account: to suspect all would drown what is known.
    own = [each for each in organization.delegated_administrators or () if each.account == account]
    if not own:
        return NEVER
    if any(each.services is None for each in own):
        return Missing(f"the organization file does not say what {account} administers")
    return ALWAYS if any(service in (each.services or ()) for each in own) else NEVER


def _roots(asking: Asking, place: Place, actor: Identity) -> Iterator[Aim]:
    """The root users of the member accounts, where root sessions are enabled."""
    organization = place.permissions.world.organization
    if organization is None:
        return
    features = organization.enabled_features
    if features is not None and ROOT_SESSIONS not in features:
        return
    standing = _administers(organization, place.account, IAM)
    if standing is NEVER:
        return
    enabled = Missing("whether root sessions are enabled was not collected") if features is None else standing
    for account, inventory in place.permissions.world.inventories.items():
        if account not in {organization.management_account, place.account} and _is_member(place, account):
            root = f"arn:{inventory.partition}:iam::{account}:root"
            yield Aim(root, _assume_root(asking, actor, root, account), Proof(enabled))


def _is_member(place: Place, account: str) -> bool:
    world = place.permissions.world
    return account in world.listed and account not in world.closed


def _assume_root(asking: Asking, actor: Identity, root: str, account: str) -> Verdict:
    """The member has no say in it but by its resource control policies."""
    circumstances = asking.permissions.circumstances
    known = together(circumstances.caller(actor), circumstances.resource(root, account))
    request = Request(actor.caller, ASSUME_ROOT, root, account, known)
    return asking.permissions.decide(actor, request, resource_policy=None)


def _assigned(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    organization = place.permissions.world.organization
    if organization is None:
        return
    standing = _administers(organization, place.account, SSO)
    if standing is NEVER or not place.surroundings.identity_center:
        return
    assigned = _assigns(asking, place, actor)
    widened = asking.together((_widens(asking, actor), asking.on_new(actor, new(PROVISION, of="permissionset"))))
    aims = [
        Aim(f"admin:{account}", proof=Proof(standing))
        for account in place.permissions.world.inventories
        if _is_member(place, account) and (account != organization.management_account or account == place.account)
    ]
    yield from ways("iviz-sso-assign", either((assigned, widened)), aims)


def _assigns(asking: Asking, place: Place, actor: Identity) -> Verdict:
    """Assigning gives what some permission set has: one of them must be admin."""
    if all(asking.standings.admin(each) is NEVER for each in place.surroundings.identity_center):
        return NOT_AT_ALL
    return asking.all_new(actor, [new(ASSIGN, of=kind) for kind in ("account", "instance", "permissionset")])


def _widens(asking: Asking, actor: Identity) -> Verdict:
    kinds = ("instance", "permissionset")
    return either([asking.all_new(actor, [new(action, of=kind) for kind in kinds]) for action in WIDEN])
