"""Whom a role's trust policy lets in, under the guardrails of its account: behind every can-assume edge."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.circumstances import LONG_TERM, together
from iamviz.graph.entry import Entries
from iamviz.graph.model import Block, Edge, EdgeKind, Evidence, Proof, Side
from iamviz.graph.permission import Permissions, Refusal
from iamviz.graph.trust import ASSUME_ROLE
from iamviz.graph.verdict import Shut, Told, Verdict, conclude
from iamviz.graph.world import Identity, TrustingRole
from iamviz.inventory.access import Held
from iamviz.policy.arn import account_of
from iamviz.policy.conditions import Context
from iamviz.policy.decision import weigh
from iamviz.policy.document import VERSION, Document, PrincipalEntry, Statement
from iamviz.policy.expression import NEVER, Missing, all_of
from iamviz.policy.layers import Compiled, Layer, Layers, Policy
from iamviz.policy.principal import Caller
from iamviz.policy.request import Request

TRUST_POLICY = "trust policy"

_GUARDS: dict[str, Side] = {"scp": "scp", "rcp": "rcp"}
_NOBODY = Layer("identity", ())
_EVERYTHING = Statement(0, "Allow", actions=("*",), resources=("*",))
_OF_HIMSELF = Layer("identity", (Policy("", Compiled(Document(VERSION, (_EVERYTHING,)))),))
"""What somebody with an account of his own grants himself."""


class Admissions:
    """Verdicts on assuming roles, by whoever it is that calls."""

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self._trusts: dict[str, Layer] = {}
        self._strangers: dict[str, Layer] = {}
        self.entries = Entries(permissions)
        self._verdicts: dict[tuple[object, ...], Verdict] = {}

    def of_identity(self, identity: Identity, trusting: TrustingRole) -> Verdict:
        """Whether a user or role of the snapshot may assume the role; the same object where the same decides."""
        closed = self._closed(trusting, identity.account)
        if closed is not None:
            return closed
        key = self.entries.key(identity, trusting)
        if key is None:
            return self._of_identity(identity, trusting)
        found = self._verdicts.get(key)
        if found is None:
            found = self._verdicts[key] = self._of_identity(identity, trusting)
        return found

    def _of_identity(self, identity: Identity, trusting: TrustingRole) -> Verdict:
        request = Request(identity.caller, ASSUME_ROLE, trusting.arn, trusting.account, self._known(identity, trusting))
        if trusting.document is not None:
            return self.permissions.decide(identity, request, resource_policy=self.trust(trusting))
        # Whom it names is not known: whoever may call it might get in.
        supposed = self.permissions.decide(identity, request, resource_policy=self._to_account(identity.account))
        return Verdict(all_of((supposed.expression, Missing(trusting.unreadable))), supposed.told, supposed.shut)

    def _known(self, identity: Identity, trusting: TrustingRole) -> Context:
        circumstances = self.permissions.circumstances
        return together(circumstances.caller(identity), circumstances.resource(trusting.arn, trusting.account))

    def of_stranger(self, caller: Caller, known: Context, trusting: TrustingRole, missing: str) -> Verdict:
        """Whether somebody may whose own policies are in no snapshot: `missing` says so; without it he needs none."""
        if missing and missing not in self._strangers:
            self._strangers[missing] = Layer("identity", (Policy("", None, missing),))
        identity = self._strangers[missing] if missing else _OF_HIMSELF
        return self._decide(caller, known, trusting, ASSUME_ROLE, identity)

    def to_stranger(self, identity: Identity, role: str) -> Verdict:
        """Whether a user or role may ask for a role that no snapshot holds: what it answers is not known."""
        account = account_of(role) or ""
        circumstances = self.permissions.circumstances
        known = circumstances.caller(identity), circumstances.resource(role, account)
        request = Request(identity.caller, ASSUME_ROLE, role, account, together(*known))
        if role not in self._trusts:
            self._trusts[role] = Layer("trust", (Policy("", None, f"{role} is not in the snapshot"),))
        return self.permissions.decide(identity, request, resource_policy=self._trusts[role])

    def of_service(self, service: str, trusting: TrustingRole) -> Verdict:
        """Whether an AWS service may: the trust policy alone decides, under the guardrails of the role's account."""
        known = self.permissions.circumstances.service(service)
        return self._decide(Caller(service, "service", ""), known, trusting, ASSUME_ROLE, _NOBODY)

    def of_token(self, caller: Caller, action: str, trusting: TrustingRole) -> Verdict:
        """Whether a provider's users may, by AssumeRoleWithSAML or AssumeRoleWithWebIdentity."""
        known = self.permissions.circumstances.unsigned()
        return self._decide(caller, known, trusting, action, _NOBODY)

    def _decide(self, caller: Caller, known: Context, trusting: TrustingRole, action: str, identity: Layer) -> Verdict:
        closed = self._closed(trusting, caller.account)
        if closed is not None:
            return closed
        resource = self.permissions.circumstances.resource(trusting.arn, trusting.account)
        request = Request(caller, action, trusting.arn, trusting.account, together(known, resource))
        rcps = self.permissions.guards.rcps(trusting.account)
        layers = Layers(identity, self.trust(trusting), rcps=rcps)
        balance = weigh(request, layers)
        chooses = caller.kind == "user"
        return conclude(balance, LONG_TERM if chooses else None)

    def trust(self, trusting: TrustingRole) -> Layer:
        """The trust policy as a layer; equal documents are one."""
        held = Held(TRUST_POLICY, trusting.arn, trusting.document, trusting.unreadable)
        if trusting.document is None:
            return self.permissions.library.layer("trust", (held,))
        name = self.permissions.library.volume(trusting.document).name
        if name not in self._trusts:
            self._trusts[name] = self.permissions.library.layer("trust", (held,))
        return self._trusts[name]

    def _to_account(self, account: str) -> Layer:
        if account not in self._trusts:
            everyone = Statement(0, "Allow", principals=(PrincipalEntry("AWS", account),), actions=(ASSUME_ROLE,))
            self._trusts[account] = Layer("trust", (Policy("", Compiled(Document(VERSION, (everyone,)))),))
        return self._trusts[account]

    def _closed(self, trusting: TrustingRole, caller: str) -> Verdict | None:
        """Where one of the accounts is suspended or closed, nothing in it can be used."""
        shut = next((each for each in (trusting.account, caller) if each in self.permissions.world.closed), None)
        if shut is None:
            return None
        return Verdict(NEVER, (), Shut("suspended", f"account {shut} is suspended or closed"))

    def trust_evidence(self, told: Told, trusting: TrustingRole) -> Iterator[Evidence]:
        """A statement of the trust policy or of a guardrail; nothing for one of the caller's own."""
        if told.layer == "resource" and trusting.document is not None:
            yield trusting.evidence(told.clause.statement)
        elif told.layer in _GUARDS:
            yield from self.permissions.guards.evidence(_GUARDS[told.layer], told.clause)

    def evidence(self, verdict: Verdict, trusting: TrustingRole) -> tuple[Evidence, ...]:
        """What the verdict rests on beside the caller's own policies."""
        return tuple(dict.fromkeys(each for told in verdict.told for each in self.trust_evidence(told, trusting)))

    def guard_evidence(self, verdict: Verdict) -> tuple[Evidence, ...]:
        """The statements of guardrails that the verdict rests on."""
        told = (each for each in verdict.told if each.layer in _GUARDS)
        guards = self.permissions.guards
        return tuple(dict.fromkeys(each for one in told for each in guards.evidence(_GUARDS[one.layer], one.clause)))

    def refusal(self, shut: Shut, trusting: TrustingRole, identity: Identity | None = None) -> Refusal:
        """The layer that closes, with its statements; a trust policy is what the resource of a role is called."""
        evidence = dict.fromkeys(each for told in shut.told for each in self.trust_evidence(told, trusting))
        if identity is not None:
            own = tuple(told for told in shut.told if told.layer in {"identity", "boundary"})
            evidence |= dict.fromkeys(self.permissions.evidence(own, identity))
        if shut.layer == "resource":
            return Refusal("trust", "an explicit Deny in the trust policy", tuple(evidence))
        return Refusal(shut.layer, shut.reason, tuple(evidence))


def edge_from(
    source: str, trusting: TrustingRole, kind: EdgeKind, verdict: Verdict, admissions: Admissions
) -> Iterator[Edge | Block]:
    """The edge to the role from somebody who is no identity of the snapshot, or what closes it."""
    if verdict.expression is not NEVER:
        yield Edge(source, trusting.arn, kind, Proof(verdict.expression, admissions.evidence(verdict, trusting)))
    elif verdict.shut is not None:
        refusal = admissions.refusal(verdict.shut, trusting)
        yield Block(source, trusting.arn, kind, refusal.layer, refusal.reason, refusal.evidence)
