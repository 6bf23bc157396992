"""Methods on users, roles, groups and policies: the write is asked of AWS, then what results is weighed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from iamviz.inventory.known_keys import KnownKeys
from iamviz.inventory.model import Group, ManagedPolicy, Role, User
from iamviz.policy.expression import ALWAYS
from tests.oracle.escalation.accounts import Account
from tests.oracle.escalation.changing import WRITTEN, rewritten, with_attached, with_group, with_inline
from tests.oracle.escalation.results import result
from tests.oracle.escalation.running import Found
from tests.oracle.escalation.sure import Sure, best, both, yes
from tests.oracle.layers import Identity

BOUNDARY, POLICY = "iam:PermissionsBoundary", "iam:PolicyARN"
KEY, TRUST = "iam:CreateAccessKey", "iam:UpdateAssumeRolePolicy"
MOST_KEYS, MOST_VERSIONS = 2, 5
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


class Identities:
    """The methods of one account; what would come of a write on somebody hangs on nobody who writes."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.put_admin = cache(self._put_admin)
        self.attach_admin = cache(self._attach_admin)
        self.rewrite_admin = cache(self._rewrite_admin)

    def find(self, actor: Identity) -> Iterator[Found]:
        yield from self._self_writes(actor)
        if isinstance(actor, User):
            yield from self._groups(actor)
        for user in self.account.inventory.users:
            yield from self._on_user(actor, user)
        for role in self.account.roles:
            yield from self._on_role(actor, role)

    def _put_admin(self, arn: str) -> Sure:
        return Sure(self.account.admin(with_inline(self.account.identities[arn])))

    def _attach_admin(self, arn: str, policy: str) -> Sure:
        return Sure(self.account.admin(with_attached(self.account.identities[arn], policy)))

    def _rewrite_admin(self, arn: str, policy: str) -> Sure:
        inventory = self.account.inventory
        return Sure(self.account.admin(self.account.identities[arn], rewritten(inventory, inventory.policies[policy])))

    def attachable(self) -> Iterator[str]:
        yield f"arn:{self.account.inventory.partition}:iam::aws:policy/AdministratorAccess"
        yield from (each.arn for each in self.account.policies if each.default and each.default.document)

    def attached_to(self, who: Identity) -> Iterator[ManagedPolicy]:
        """The account's own policies that it has, or a group of it."""
        holders = (who, *self.account.groups_of(who))
        held = {arn for each in holders for arn in each.attached}
        yield from (each for each in self.account.policies if each.arn in held)

    def _self_writes(self, actor: Identity) -> Iterator[Found]:
        admin, own = self.account.admin_node, bound(actor)
        kind, put, attach = (
            ("Role", "iam-005", "iam-009") if isinstance(actor, Role) else ("User", "iam-007", "iam-008")
        )
        written = self.account.may(actor, f"iam:Put{kind}Policy", actor.arn, own)
        yield put, admin, written and both(written, self.put_admin(actor.arn))
        for policy in self.attachable():
            given = self.account.may(actor, f"iam:Attach{kind}Policy", actor.arn, {**own, POLICY: policy})
            yield attach, admin, given and both(given, self.attach_admin(actor.arn, policy))
        for each in self.attached_to(actor):
            changed = self.rewrites(actor, each)
            yield "iam-001", admin, changed and both(changed, self.rewrite_admin(actor.arn, each.arn))

    def rewrites(self, actor: Identity, policy: ManagedPolicy) -> Sure:
        written = self.account.may(actor, "iam:CreatePolicyVersion", policy.arn)
        if len(policy.versions) < MOST_VERSIONS:
            return written
        return both(written, self.account.may(actor, "iam:DeletePolicyVersion", policy.arn))

    def _groups(self, actor: User) -> Iterator[Found]:
        account, admin = self.account, self.account.admin_node
        own = account.groups_of(actor)
        for group in account.inventory.groups:
            if group not in own:
                yield from self._joins(actor, group)
                continue
            put = account.may(actor, "iam:PutGroupPolicy", group.arn)
            if put:
                changed = with_group(account.inventory, group, inline=(*group.inline, WRITTEN))
                yield "iam-011", admin, both(put, Sure(account.admin(actor, changed)))
            for policy in self.attachable():
                given = account.may(actor, "iam:AttachGroupPolicy", group.arn, {POLICY: policy})
                if given:
                    changed = with_group(account.inventory, group, attached=(*group.attached, policy))
                    yield "iam-010", admin, both(given, Sure(account.admin(actor, changed)))

    def _joins(self, actor: User, group: Group) -> Iterator[Found]:
        """A group of admins leads only him to admin whom nothing of his own holds back; others may lead there too."""
        joins = self.account.may(actor, "iam:AddUserToGroup", group.arn)
        if not joins:
            return
        alone = result(self.account, actor)
        joined = result(self.account, replace(actor, groups=(*actor.groups, group.name)))
        is_of_admins = bool(self.account.admin_newcomer(self.account.held(group)))
        if is_of_admins and alone != ALWAYS:
            yield "iam-013", group.arn, both(joins, Sure(joined))
            return
        yield "iam-013", group.arn, joins
        if alone not in (ALWAYS, joined):
            yield "iam-013", self.account.admin_node, both(joins, Sure(joined))

    def _on_user(self, actor: Identity, user: User) -> Iterator[Found]:
        may = self.account.may
        room, full = _keys(user, full=False), _keys(user, full=True)
        password = user.credentials.password_enabled if user.credentials else None
        mfa = user.credentials.mfa_active if user.credentials else None
        has, lacks = yes(holds=password), yes(holds=None if password is None else not password)
        key = may(actor, KEY, user.arn)
        new, change = may(actor, "iam:CreateLoginProfile", user.arn), may(actor, "iam:UpdateLoginProfile", user.arn)
        yield "iam-002", user.arn, both(key, room)
        yield "iam-003", user.arn, both(key, may(actor, "iam:DeleteAccessKey", user.arn), full)
        yield "iam-004", user.arn, both(new, lacks)
        yield "iam-006", user.arn, both(change, has)
        reset = best([both(change, has), both(new, lacks)])
        yield (
            "iviz-iam-mfa-reset",
            user.arn,
            both(may(actor, "iam:DeactivateMFADevice", user.arn), yes(holds=mfa), reset),
        )
        yield from self._attaches(actor, user, "iam-015", both(key, room))
        yield from self._puts(actor, user, "iam-018", both(key, room))

    def _on_role(self, actor: Identity, role: Role) -> Iterator[Found]:
        trust = self.account.may(actor, TRUST, role.arn)
        yield "iam-012", role.arn, trust
        assumed = self.account.assumes(actor, self.account.wanted[role.arn])
        for entered, attach, rewrite, put in (
            (assumed, "iam-014", "iam-016", "iam-017"),
            (trust, "iam-019", "iam-020", "iam-021"),
        ):
            yield from self._attaches(actor, role, attach, entered)
            yield from self._rewrites(actor, role, rewrite, entered)
            yield from self._puts(actor, role, put, entered)

    def _attaches(self, actor: Identity, target: Identity, method: str, entered: Sure) -> Iterator[Found]:
        """Which policy is attached is left open for the one that is entered; to be admin it must be one that does."""
        if not entered or target.arn == actor.arn:
            return
        action = "iam:AttachRolePolicy" if isinstance(target, Role) else "iam:AttachUserPolicy"
        yield method, target.arn, both(entered, self.account.may(actor, action, target.arn, bound(target)))
        for policy in self.attachable():
            given = self.account.may(actor, action, target.arn, {**bound(target), POLICY: policy})
            if given:
                yield method, self.account.admin_node, both(entered, given, self.attach_admin(target.arn, policy))

    def _rewrites(self, actor: Identity, target: Identity, method: str, entered: Sure) -> Iterator[Found]:
        if not entered or target.arn == actor.arn:
            return
        for policy in self.attached_to(target):
            written = self.rewrites(actor, policy)
            if written:
                yield method, target.arn, both(entered, written)
                admin = self.rewrite_admin(target.arn, policy.arn)
                yield method, self.account.admin_node, both(entered, written, admin)

    def _puts(self, actor: Identity, target: Identity, method: str, entered: Sure) -> Iterator[Found]:
        if not entered or target.arn == actor.arn:
            return
        action = "iam:PutRolePolicy" if isinstance(target, Role) else "iam:PutUserPolicy"
        written = self.account.may(actor, action, target.arn, bound(target))
        yield method, target.arn, both(entered, written)
        if written:
            yield method, self.account.admin_node, both(entered, written, self.put_admin(target.arn))


def bound(who: Identity) -> KnownKeys:
    """What a write of permissions brings: the boundary of whom it is on."""
    return {BOUNDARY: who.boundary}


def _keys(user: User, *, full: bool) -> Sure:
    keys = user.credentials.keys if user.credentials else None
    return yes(holds=None if keys is None else (len(keys) >= MOST_KEYS) is full)
