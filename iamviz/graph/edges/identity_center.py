"""federates-into by IAM Identity Center: permission sets, and the people and groups that have them in an account.

A role that Identity Center makes is its permission set in one account; who may use it the assignments tell, not the
trust. A permission set is one node for all accounts, so nothing leads to it: people lead to the roles themselves.
https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.meeting import Meeting, meet
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.permission import Permissions
from iamviz.graph.providers import named_providers, verdict_on, why_dead
from iamviz.graph.subjects import Claim, settled
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import TrustingRole, World
from iamviz.inventory.identity_center import Assignment, IdentityCenter
from iamviz.policy.expression import NEVER

PATH = "/aws-reserved/sso.amazonaws.com/"
PREFIX = "AWSReservedSSO_"
_DIGITS = frozenset("0123456789abcdef")
_SUFFIX = 16

SIGN_IN = {
    "aws": "https://signin.aws.amazon.com/saml",
    "aws-cn": "https://signin.amazonaws.cn/saml",
    "aws-us-gov": "https://signin.amazonaws-us-gov.com/saml",
}
"""What the access portal asks for, as `SAML:aud`.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
"""

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """From each permission set to its roles, and from whoever is assigned it in the role's account."""
    rule = _Rule(permissions)
    for trusting in permissions.world.trusting:
        name = permission_set_of(trusting)
        if name is not None:
            yield from rule.into(trusting, name)
    yield from rule.people()


def permission_set_of(trusting: TrustingRole) -> str | None:
    """The name of the permission set that the role stands for; it may hold underscores."""
    name, _, suffix = trusting.role.name.removeprefix(PREFIX).rpartition("_")
    reserved = trusting.role.path.startswith(PATH) and trusting.role.name.startswith(PREFIX)
    return name if reserved and name and len(suffix) == _SUFFIX and _DIGITS.issuperset(suffix) else None


@dataclass(frozen=True, slots=True, order=True)
class _Assignee:
    """Somebody of the identity store; `instance` is the ARN of the Identity Center."""

    instance: str
    kind: str
    id: str

    @property
    def node_id(self) -> str:
        return f"{self.instance}#{self.kind}/{self.id}"


class _Rule:
    def __init__(self, permissions: Permissions) -> None:
        self.world = permissions.world
        self.admissions = Admissions(permissions)
        self._centers = _centers(self.world)
        self._sets = _sets_by_name(self._centers)
        self._assigned = _assignments(self._centers)
        self._targets: defaultdict[_Assignee, dict[str, Proof]] = defaultdict(dict)

    def into(self, trusting: TrustingRole, name: str) -> Iterator[Found]:
        """The permission set and its role in one account."""
        arn = self._sets.get(name)
        source = Node(arn or f"permission-set:{name}", "permission-set", name)
        for node, naming in named_providers(trusting).items():
            if node.kind != "saml-provider":
                continue
            yield source
            dead = why_dead(self.world, trusting, naming, node)
            if dead is not None:
                evidence = tuple(trusting.evidence(each) for each in naming)
                yield Block(source.id, trusting.arn, "federates-into", "dead", dead, evidence)
                continue
            verdict = self._verdict(node, trusting)
            yield from edge_from(source.id, trusting, "federates-into", verdict, self.admissions)
            self._assign(arn, trusting, verdict)

    def _verdict(self, node: Node, trusting: TrustingRole) -> Verdict:
        verdict = verdict_on(node, trusting, self.admissions)
        audience = SIGN_IN.get(trusting.partition)
        claims = [Claim("SAML:aud", audience)] if audience else []
        return Verdict(settled(verdict.expression, claims), verdict.told, verdict.shut)

    def _assign(self, arn: str | None, trusting: TrustingRole, verdict: Verdict) -> None:
        if arn is None or verdict.expression is NEVER:
            return
        proof = Proof(verdict.expression, self.admissions.evidence(verdict, trusting))
        for assignment in self._assigned.get((trusting.account, arn), ()):
            assignee = _Assignee(_instance_of(arn), assignment.principal_type.casefold(), assignment.principal)
            self._targets[assignee][trusting.arn] = proof

    def people(self) -> Iterator[Found]:
        """Whoever is assigned a permission set, and who is in the groups that are."""
        names = {each.id: each.name for center in self._centers for each in center.people or ()}
        members = _members(self._centers)
        for assignee, targets in sorted(self._targets.items(), key=lambda item: item[0]):
            inside = members.get(assignee.id, []) if assignee.kind == "group" else []
            together = [assignee, *(_Assignee(assignee.instance, "user", each) for each in inside)]
            yield from (_node(each, names) for each in together)
            meeting = Meeting(kind="federates-into", account="", sources_are=f"members of {_label(assignee, names)}")
            yield from meet([(each.node_id, ()) for each in together], list(targets.items()), meeting)


def _centers(world: World) -> list[IdentityCenter]:
    found = (inventory.identity_center for inventory in world.inventories.values())
    return [each for each in found if each is not None]


def _sets_by_name(centers: list[IdentityCenter]) -> dict[str, str]:
    """ARNs by name; a name that two permission sets have tells neither."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for center in centers:
        for each in center.permission_sets or ():
            if each.name is not None:
                named[each.name].add(each.arn)
    return {name: next(iter(arns)) for name, arns in named.items() if len(arns) == 1}


def _assignments(centers: list[IdentityCenter]) -> dict[tuple[str, str], list[Assignment]]:
    found: defaultdict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for center in centers:
        for each in center.assignments or ():
            found[each.account, each.permission_set].append(each)
    return found


def _members(centers: list[IdentityCenter]) -> dict[str, list[str]]:
    """The people in each group, by id."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for center in centers:
        for each in center.memberships or ():
            found[each.group].add(each.person)
    return {group: sorted(people) for group, people in found.items()}


def _instance_of(permission_set: str) -> str:
    """The ARN of the Identity Center: `arn:aws:sso:::permissionSet/ssoins-1/ps-1` is of `instance/ssoins-1`."""
    before, _, rest = permission_set.partition("permissionSet/")
    return f"{before}instance/{rest.partition('/')[0]}"


def _node(assignee: _Assignee, names: dict[str, str]) -> Node:
    return Node(assignee.node_id, "federated-subject", _label(assignee, names))


def _label(assignee: _Assignee, names: dict[str, str]) -> str:
    noun = "group" if assignee.kind == "group" else "person"
    return f"{noun} {names.get(assignee.id, assignee.id)} of IAM Identity Center"
