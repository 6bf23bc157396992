"""federates-into by IAM Roles Anywhere: certificates of the trust anchors that an account has, by their subjects.

The trust names the service; a profile must list the role, and the anchor must be on. What the certificate says comes
as tags of the principal. https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Node
from iamviz.graph.permission import Permissions
from iamviz.graph.subjects import Claim, confined_to, is_anything, settled
from iamviz.graph.trust import admits_service, trusted_services
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import TrustingRole
from iamviz.inventory.model import Inventory
from iamviz.policy.expression import NEVER, Expression, Missing, all_of, tests

SERVICE = "rolesanywhere.amazonaws.com"
PROFILES, ANCHORS = "rolesanywhere list-profiles", "rolesanywhere list-trust-anchors"

ALSO_NEEDED = ("sts:TagSession", "sts:SetSourceIdentity")
SOURCE = "aws:SourceArn"
TAG = "aws:PrincipalTag/x509"

CLAIMS = ("Subject/CN", "SAN/URI", "SAN/DNS", "SAN/Name/CN", "Subject/OU", "Subject/O", "Issuer/CN")
"""Which of a certificate's names names it best, the best first."""

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """One edge for each kind of certificate that a role's trust tells apart."""
    admissions = Admissions(permissions)
    for trusting in permissions.world.trusting:
        if SERVICE in trusted_services(trusting):
            inventory = permissions.world.inventories[trusting.account]
            yield from _Way(admissions, trusting, inventory).found()


@dataclass(frozen=True, slots=True)
class _Certificate:
    """Certificates of one anchor; `pattern` and `label` are what the conditions ask of them."""

    anchor: str
    pattern: str
    label: str
    claims: tuple[Claim, ...]

    @property
    def id(self) -> str:
        return f"{self.anchor}#{self.pattern}"


@dataclass(frozen=True, slots=True)
class _Way:
    admissions: Admissions
    trusting: TrustingRole
    inventory: Inventory

    def found(self) -> Iterator[Found]:
        verdict = self.admissions.of_service(SERVICE, self.trusting)
        if verdict.expression is NEVER:
            return
        dead = self._why_dead()
        anchors = {} if dead else self._anchors()
        alive = list(self._alive(anchors or self._supposed_anchors(verdict.expression), verdict))
        for certificate, expression in alive:
            yield Node(certificate.id, "federated-subject", certificate.label, self.trusting.account)
            if dead is not None:
                yield self._block(certificate, dead)
            else:
                told = Verdict(all_of((expression, *self._missing())), verdict.told)
                yield from edge_from(certificate.id, self.trusting, "federates-into", told, self.admissions)
        if not alive:
            yield from self._unanchored(verdict)

    def _alive(self, anchors: Mapping[str, str], verdict: Verdict) -> Iterator[tuple[_Certificate, Expression]]:
        """The certificates that can satisfy the conditions, with what is left of these."""
        for certificate in self._certificates(anchors, verdict.expression):
            expression = settled(verdict.expression, certificate.claims)
            if expression != NEVER:
                yield certificate, expression

    def _unanchored(self, verdict: Verdict) -> Iterator[Found]:
        reason = "no trust anchor that can be used is one that the trust asks for"
        for certificate in self._certificates(self._supposed_anchors(verdict.expression), verdict.expression):
            yield Node(certificate.id, "federated-subject", certificate.label, self.trusting.account)
            yield self._block(certificate, reason)

    def _block(self, certificate: _Certificate, reason: str) -> Block:
        return Block(certificate.id, self.trusting.arn, "federates-into", "dead", reason)

    def _why_dead(self) -> str | None:
        missing = [each for each in ALSO_NEEDED if not admits_service(self.trusting, SERVICE, each)]
        if missing:
            return f"the trust does not allow {' and '.join(missing)}, which IAM Roles Anywhere needs"
        if self.inventory.looked_at(PROFILES) and not self._regions():
            return "no profile of IAM Roles Anywhere that is on lists the role"
        if self.inventory.looked_at(ANCHORS) and not self._anchors():
            return "the account has no trust anchor that is on where the role's profiles are"
        return None

    def _missing(self) -> Iterator[Missing]:
        for command in (PROFILES, ANCHORS):
            if not self.inventory.looked_at(command):
                yield Missing(f"`aws {command}` was not collected: whether a certificate can be used is not known")

    def _regions(self) -> set[str]:
        """Where a profile binds the role."""
        profiles = self.inventory.workloads.anywhere_profiles
        return {each.region for each in profiles if each.enabled and self.trusting.arn in each.roles}

    def _anchors(self) -> dict[str, str]:
        """Names of the anchors that can be used, by ARN."""
        known = self.inventory.looked_at(PROFILES)
        on = (each for each in self.inventory.workloads.trust_anchors if each.enabled)
        return {each.arn: each.name for each in on if not known or each.region in self._regions()}

    def _certificates(self, anchors: Mapping[str, str], expression: Expression) -> Iterator[_Certificate]:
        claim, patterns = _asked_of_certificates(expression)
        for anchor, name in sorted(anchors.items()):
            for pattern in patterns:
                subject = "*" if claim is None else f"x509{claim}={pattern}"
                whom = "any certificate" if claim is None else f"certificates with {claim} {pattern}"
                claims = (Claim(SOURCE, anchor), *((Claim(TAG + claim, pattern),) if claim is not None else ()))
                yield _Certificate(anchor, subject, f"{whom} {self._of(anchor, name)}", claims)

    def _supposed_anchors(self, expression: Expression) -> Mapping[str, str]:
        """Those that the conditions name, else all that the account may have."""
        every = f"arn:{self.trusting.partition}:rolesanywhere:*:{self.trusting.account}:trust-anchor/*"
        return dict.fromkeys(confined_to(expression, SOURCE) or (every,), "")

    def _of(self, anchor: str, name: str) -> str:
        last = name or anchor.rpartition("/")[2]
        whose = f"of any trust anchor of account {self.trusting.account}"
        return whose if is_anything(last) else f"of trust anchor {last}"


def _asked_of_certificates(expression: Expression) -> tuple[str | None, Sequence[str]]:
    """The part of the certificate that the conditions confine, and to which patterns."""
    own = {condition.key[len(TAG) :] for condition, _ in tests(expression) if _is_tag(condition.key)}
    for claim in (*CLAIMS, *sorted(own - set(CLAIMS))):
        patterns = confined_to(expression, TAG + claim)
        if patterns and not any(map(is_anything, patterns)):
            return claim, patterns
    return None, ("*",)


def _is_tag(key: str) -> bool:
    return key.casefold().startswith(TAG.casefold())
