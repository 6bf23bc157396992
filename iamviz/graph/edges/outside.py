"""can-assume between the snapshot and what it does not hold: anyone, other accounts, deleted principals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.meeting import Meeting, meet
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.outsiders import without_insiders
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import ASSUME_ROLE, UNIQUE_ID_PREFIXES, Scope, scopes, statements
from iamviz.graph.vendors import foreign_name
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity, TrustingRole, World
from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.document import Statement
from iamviz.policy.expression import NEVER, Missing, all_of
from iamviz.policy.principal import Caller
from iamviz.policy.request import parse_principal

ANYONE = Node("anyone", "anyone", "Anyone")
WHOEVER = Caller("", "user", "")
"""Somebody with an account of his own, who grants himself the caller's side."""

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """What outsiders may become, and what insiders may become outside."""
    rule = _Rule(permissions)
    for trusting in permissions.world.trusting:
        yield from rule.inwards(trusting)
    for account in permissions.world.identities:
        yield from rule.outwards(account)


def account_node(world: World, account: str) -> Node:
    """The node of an account that was not collected: the organization's own, or a foreign one."""
    if account in world.members:
        return Node(f"account:{account}", "account", account, account)
    return Node(f"account:{account}", "external-account", foreign_name(account), account)


class _Rule:
    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.world = permissions.world
        self.admissions = Admissions(permissions)

    def inwards(self, trusting: TrustingRole) -> Iterator[Found]:
        """What each principal that the trust names, and the snapshot does not hold, may do."""
        named: dict[Scope, Statement] = {}
        for statement in statements(trusting, "Allow"):
            for scope in scopes(statement):
                named.setdefault(scope, statement)
        for scope, statement in named.items():
            yield from self._inwards(trusting, statement, scope)

    def _inwards(self, trusting: TrustingRole, statement: Statement, scope: Scope) -> Iterator[Found]:
        if scope.level == "anyone":
            yield from self._anyone(trusting)
        elif scope.partition not in {"", trusting.partition}:
            yield from _dead(trusting, statement, scope, "no trust crosses partitions")
        elif scope.level == "account":
            if scope.value not in self.world.inventories:
                yield from self._account(trusting, scope.value)
        elif scope.value.startswith(UNIQUE_ID_PREFIXES):
            yield from self._unique_id(trusting, statement, scope.value)
        elif self.world.find(scope.value) is None:
            yield from self._stranger(trusting, statement, scope)

    def _anyone(self, trusting: TrustingRole) -> Iterator[Found]:
        known = self.permissions.circumstances.anyone()
        verdict = self.admissions.of_stranger(WHOEVER, known, trusting, "")
        expression = without_insiders(verdict.expression, self.world)
        if expression is NEVER and verdict.shut is None:
            return
        yield ANYONE
        told = Verdict(expression, verdict.told, verdict.shut)
        yield from edge_from(ANYONE.id, trusting, "can-assume", told, self.admissions)

    def _account(self, trusting: TrustingRole, account: str) -> Iterator[Found]:
        caller = Caller(f"arn:{trusting.partition}:iam::{account}:root", "user", account)
        known = self.permissions.circumstances.account(account)
        missing = f"account {account} is not in the snapshot: what its identities may call is not known"
        verdict = self.admissions.of_stranger(caller, known, trusting, missing)
        yield account_node(self.world, account)
        yield from edge_from(f"account:{account}", trusting, "can-assume", verdict, self.admissions)

    def _unique_id(self, trusting: TrustingRole, statement: Statement, unique_id: str) -> Iterator[Found]:
        if unique_id in self.world.by_unique_id:
            return
        node = Node(f"dangling:{unique_id}", "dangling", unique_id, trusting.account)
        yield node
        reason = "the principal was deleted: only its unique id is left in the trust policy"
        yield Block(node.id, trusting.arn, "can-assume", "dead", reason, (trusting.evidence(statement),))

    def _stranger(self, trusting: TrustingRole, statement: Statement, scope: Scope) -> Iterator[Found]:
        value = scope.value
        caller, arn = parse_principal(value), parse_arn(value)
        if caller is None or arn is None or caller.kind not in {"user", "role", "session"}:
            yield from _dead(trusting, statement, scope, "no principal of this form can assume a role")
            return
        yield Node(value, "external-principal", arn.resource.split("/", 1)[-1], arn.account)
        is_collected = arn.account in self.world.inventories
        missing = f"{value} is not in the snapshot{' of its account' if is_collected else ''}"
        known = self.permissions.circumstances.principal(value)
        verdict = self.admissions.of_stranger(caller, known, trusting, missing)
        if is_collected:
            # Even where the trust suffices: it was deleted, or left out when the account was collected.
            verdict = Verdict(all_of((verdict.expression, Missing(missing))), verdict.told, verdict.shut)
        yield from edge_from(value, trusting, "can-assume", verdict, self.admissions)

    def outwards(self, account: str) -> Iterator[Found]:
        """Roles of accounts that were not collected, and which identities may call for by name."""
        groups: defaultdict[object, list[Identity]] = defaultdict(list)
        for identity in self.world.identities[account]:
            groups[self.permissions.class_key(identity, ASSUME_ROLE)].append(identity)
        for members in groups.values():
            for role in self._foreign_roles(members[0]):
                particular = self.permissions.is_particular(members[0], ASSUME_ROLE)
                for together in ([each] for each in members) if particular else [members]:
                    yield from self._outwards(together, role, account)

    def _foreign_roles(self, lead: Identity) -> Sequence[str]:
        clauses = self.permissions.standing(lead, ASSUME_ROLE).identity.about(ASSUME_ROLE).allows
        named = (role for clause in clauses for role in clause.statement.resources or ())
        return [role for role in dict.fromkeys(named) if self._is_foreign_role(role)]

    def _is_foreign_role(self, role: str) -> bool:
        arn = parse_arn(role)
        named = arn is not None and arn.kind == "role" and not any(mark in role for mark in "*?$")
        return named and arn is not None and is_account(arn.account) and arn.account not in self.world.inventories

    def _outwards(self, members: Sequence[Identity], role: str, account: str) -> Iterator[Found]:
        verdict = self.admissions.to_stranger(members[0], role)
        if verdict.expression is NEVER:
            return
        arn = parse_arn(role)
        yield Node(role, "external-principal", role.rsplit("/", 1)[-1], arn.account if arn else None)
        sources = [(each.arn, self.permissions.evidence(verdict.told, each)) for each in members]
        yield from meet(sources, [(role, Proof(verdict.expression))], Meeting(kind="can-assume", account=account))


def _dead(trusting: TrustingRole, statement: Statement, scope: Scope, reason: str) -> Iterator[Found]:
    """A principal that can never assume the role stands as written, and nothing walks from it."""
    arn = parse_arn(scope.value)
    written = f"arn:{scope.partition}:iam::{scope.value}:root" if scope.level == "account" else scope.value
    yield Node(written, "external-principal", written, arn.account if arn else None)
    yield Block(written, trusting.arn, "can-assume", "dead", reason, (trusting.evidence(statement),))
