"""can-assume by trust in a whole account or in anyone: both sides must agree, no Deny or boundary stands between.

Who must allow what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
Identities that may call by an equal statement and roles that admit them meet at a pattern node, so that stored
edges grow with the identities and not with the pairs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from iamviz.graph.calling import Calling, content
from iamviz.graph.limits import applies, limits_of
from iamviz.graph.model import Block, Edge, Evidence, Node, Proof
from iamviz.graph.trust import (
    Limit,
    Scope,
    blocked,
    concerns_account,
    found,
    is_particular,
    proof_under,
    refusals,
    scopes,
    statements,
)
from iamviz.graph.world import Identity, TrustingRole, World, evidence_of
from iamviz.inventory.access import Gap, Source
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing, all_of

PATTERN_FROM = 24
"""Pairs from which a pattern node is worth its two hops."""

Found = Node | Edge | Block


@dataclass(slots=True)
class Callers:
    """Identities of one account that may call by an equal statement (None: by the trust alone) under equal limits."""

    account: str
    calling: Calling
    source: Source | None = None
    gap: Gap | None = None
    members: list[tuple[Identity, tuple[Evidence, ...]]] = field(default_factory=list)

    @property
    def allowed_by_trust_alone(self) -> bool:
        return self.source is None and self.gap is None

    def may_call(self, role: str) -> Expression:
        if self.source is not None:
            return applies(self.source, role, self.calling.variables)
        return ALWAYS if self.gap is None else Missing(self.gap.reason)


def find_edges(world: World) -> Iterator[Found]:
    """Pairs of an identity and a role that is open to its whole account or to anyone."""
    openings = _Openings(world)
    for account, identities in world.identities.items():
        roles = openings.of(account)
        if roles:
            for callers in _callers(account, identities):
                yield from _meet(callers, roles)


class _Openings:
    """Which roles are open to a whole account, by account."""

    def __init__(self, world: World) -> None:
        self._anyone: list[TrustingRole] = []
        self._by_account: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        for trusting in world.trusting:
            if not is_particular(trusting):
                self._enter(trusting)

    def _enter(self, trusting: TrustingRole) -> None:
        if trusting.unreadable is not None:
            self._anyone.append(trusting)
            return
        found = {scope for statement in statements(trusting, "Allow") for scope in scopes(statement)}
        if Scope("anyone") in found:
            self._anyone.append(trusting)
            return
        for scope in found:
            if scope.is_account(scope.value, trusting.partition):
                self._by_account[scope.value].append(trusting)

    def of(self, account: str) -> Sequence[TrustingRole]:
        return [*self._by_account[account], *self._anyone]


def _callers(account: str, identities: Iterable[Identity]) -> Iterable[Callers]:
    groups: dict[object, Callers] = {}

    def enter(key: object, identity: Identity, evidence: tuple[Evidence, ...], new: Callers) -> None:
        groups.setdefault(key, new).members.append((identity, evidence))

    for identity in identities:
        calling = identity.calling
        enter(("trust", *calling.signature), identity, (), Callers(account, calling))
        for statement, sources in _by_statement(calling.allows).items():
            evidence = tuple(evidence_of(source, "identity") for source in sources)
            key = (statement, *calling.signature_with(sources[0]))
            enter(key, identity, evidence, Callers(account, calling, sources[0]))
        for gap in dict.fromkeys(calling.gaps):
            enter((gap.policy, *calling.signature), identity, (), Callers(account, calling, gap=gap))
    return groups.values()


def _by_statement(sources: Iterable[Source]) -> dict[Statement, list[Source]]:
    """Equal statements once, whatever their position and Sid."""
    groups: defaultdict[Statement, list[Source]] = defaultdict(list)
    for source in sources:
        groups[content(source.statement)].append(source)
    return groups


def _meet(callers: Callers, roles: Iterable[TrustingRole]) -> Iterator[Found]:
    targets: list[tuple[TrustingRole, list[Proof]]] = []
    closed: list[tuple[TrustingRole, Limit]] = []
    for trusting in roles:
        outcomes = list(_ways(callers, trusting))
        proofs = [each for each in outcomes if isinstance(each, Proof)]
        if proofs:
            targets.append((trusting, proofs))
        elif outcomes:
            closed.append((trusting, next(each for each in outcomes if isinstance(each, Limit))))
    yield from _edges(callers, targets)
    yield from _blocks(callers, closed)


def _ways(callers: Callers, trusting: TrustingRole) -> Iterator[Proof | Limit]:
    """How the callers get in by statements that admit their whole account."""
    if callers.members[0][0].partition != trusting.partition:
        return
    may_call = callers.may_call(trusting.role.arn)
    same_account = callers.account == trusting.account
    if trusting.unreadable is not None:
        if not callers.allowed_by_trust_alone:
            limits = limits_of(callers.calling, trusting.role.arn, boundary_must_allow=True)
            yield from found(proof_under(all_of((may_call, Missing(trusting.unreadable))), (), limits))
        return
    concerns = concerns_account(callers.account, trusting.partition)
    held, denying = refusals(trusting, concerns)
    refused = Limit("trust", held, "an explicit Deny in the trust policy", denying)
    for statement in statements(trusting, "Allow"):
        anyone = any(scope.level == "anyone" for scope in scopes(statement))
        if concerns(statement) == NEVER or callers.allowed_by_trust_alone != (same_account and anyone):
            continue
        limits = limits_of(callers.calling, trusting.role.arn, boundary_must_allow=not (same_account and anyone))
        allowed = all_of((may_call, conditions_of(statement)))
        yield from found(proof_under(allowed, (trusting.evidence(statement),), (refused, *limits)))


def _edges(callers: Callers, targets: Sequence[tuple[TrustingRole, list[Proof]]]) -> Iterator[Found]:
    ways = [(trusting.role.arn, proof) for trusting, proofs in targets for proof in proofs]
    if not _worth_a_pattern(len(callers.members), len(targets)):
        for (role, proof), (identity, evidence) in product(ways, callers.members):
            both = Proof(proof.expression, (*evidence, *proof.evidence))
            yield Edge(identity.arn, role, "can-assume", both)
        return
    pattern = _pattern(callers, "")
    yield pattern
    yield from _members(callers, pattern)
    for role, proof in ways:
        yield Edge(pattern.id, role, "can-assume", proof)


def _members(callers: Callers, pattern: Node) -> Iterator[Edge]:
    for identity, evidence in callers.members:
        yield Edge(identity.arn, pattern.id, "can-assume", Proof(ALWAYS, evidence))


def _blocks(callers: Callers, closed: Sequence[tuple[TrustingRole, Limit]]) -> Iterator[Found]:
    """What one layer keeps out; the pattern stands for the callers here too, but nothing walks it."""
    if not _worth_a_pattern(len(callers.members), len(closed)):
        for (trusting, limit), (identity, _) in product(closed, callers.members):
            yield blocked(identity.arn, trusting, limit)
        return
    pattern = _pattern(callers, "blocked ")
    yield pattern
    yield from _members(callers, pattern)
    for trusting, limit in closed:
        yield blocked(pattern.id, trusting, limit)


def _worth_a_pattern(members: int, targets: int) -> bool:
    pairs = members * targets
    return pairs >= PATTERN_FROM and pairs > 2 * (members + targets)


def _pattern(callers: Callers, purpose: str) -> Node:
    what = callers.source.statement if callers.source else callers.gap
    arns = "\n".join(sorted(identity.arn for identity, _ in callers.members))
    digest = hashlib.sha256(f"{purpose}\n{what!r}\n{callers.calling.signature!r}\n{arns}".encode()).hexdigest()[:32]
    return Node(f"pattern:{digest}", "pattern", f"{len(callers.members)} {_described(callers)}", callers.account)


def _described(callers: Callers) -> str:
    if callers.gap is not None:
        return f"identities with {callers.gap.policy}, which the snapshot lacks"
    if callers.source is None:
        return "identities of the account"
    label = callers.source.statement.sid or f"statement {callers.source.statement.index}"
    return f"identities with {label} of {callers.source.policy.rsplit('/', 1)[-1]}"
