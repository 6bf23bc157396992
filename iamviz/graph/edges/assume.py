"""can-assume by trust in a whole account or in anyone: both sides must agree, no Deny or boundary stands between.

Who must allow what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
Identities that may call by an equal statement and roles that admit them meet at a pattern node, so that stored
edges grow with the identities and not with the pairs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from iamviz.graph.calling import Calling, content
from iamviz.graph.limits import applies, limits_of
from iamviz.graph.model import Block, Edge, Evidence, Node, Proof
from iamviz.graph.openings import Opening, Openings, literal_resources
from iamviz.graph.trust import Limit, blocked, found, proof_under
from iamviz.graph.world import Identity, TrustingRole, World, evidence_of
from iamviz.inventory.access import Gap, Source
from iamviz.policy.document import Statement
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
    what: object = None
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
    openings = Openings(world)
    for account, identities in world.identities.items():
        roles = _Reachable(openings.of(account), account)
        if roles.open:
            for callers in _callers(account, identities):
                yield from _meet(callers, roles)


class _Reachable:
    """The roles open to one account, and which of them a statement speaks of: asked once for equal statements."""

    def __init__(self, opened: Mapping[str, Opening], account: str) -> None:
        self.open = opened
        self._own = [each for each in opened.values() if each.trusting.account == account and each.is_open_to_anyone]
        self._covered: dict[object, list[tuple[Opening, Expression]]] = {}

    def by(self, callers: Callers) -> Iterable[tuple[Opening, Expression]]:
        """Roles that the callers may call, and under which conditions their own statement lets them."""
        if callers.allowed_by_trust_alone:
            return [(opening, ALWAYS) for opening in self._own]
        if callers.source is None:
            return [(opening, callers.may_call(opening.role)) for opening in self.open.values()]
        key = callers.what
        if key not in self._covered:
            self._covered[key] = list(self._spoken_of(callers, callers.source.statement))
        return self._covered[key]

    def _spoken_of(self, callers: Callers, statement: Statement) -> Iterator[tuple[Opening, Expression]]:
        named = literal_resources(statement)
        if named is None:
            candidates: Iterable[Opening] = self.open.values()
        else:
            candidates = filter(None, map(self.open.get, dict.fromkeys(named)))
        for opening in candidates:
            may_call = callers.may_call(opening.role)
            if may_call != NEVER:
                yield opening, may_call


def _callers(account: str, identities: Iterable[Identity]) -> Iterable[Callers]:
    groups: dict[object, Callers] = {}

    def enter(key: object, identity: Identity, evidence: tuple[Evidence, ...], new: Callers) -> None:
        groups.setdefault(key, new).members.append((identity, evidence))

    for identity in identities:
        calling = identity.calling
        enter(("trust", calling.signature), identity, (), Callers(account, calling))
        for statement, sources in _by_statement(calling.allows).items():
            evidence = tuple(evidence_of(source, "identity") for source in sources)
            what = (statement, sources[0].version, calling.particular(sources[0]))
            enter((what, calling.signature), identity, evidence, Callers(account, calling, sources[0], what=what))
        for gap in dict.fromkeys(calling.gaps):
            enter((gap.policy, calling.signature), identity, (), Callers(account, calling, gap=gap))
    return groups.values()


def _by_statement(sources: Iterable[Source]) -> dict[Statement, list[Source]]:
    """Equal statements once, whatever their position and Sid."""
    groups: defaultdict[Statement, list[Source]] = defaultdict(list)
    for source in sources:
        groups[content(source.statement)].append(source)
    return groups


def _meet(callers: Callers, roles: _Reachable) -> Iterator[Found]:
    targets: list[tuple[TrustingRole, list[Proof]]] = []
    closed: list[tuple[TrustingRole, Limit]] = []
    for opening, may_call in roles.by(callers):
        outcomes = list(_ways(callers, opening, may_call))
        proofs = [each for each in outcomes if isinstance(each, Proof)]
        if proofs:
            targets.append((opening.trusting, proofs))
        elif outcomes:
            closed.append((opening.trusting, next(each for each in outcomes if isinstance(each, Limit))))
    yield from _edges(callers, targets)
    yield from _blocks(callers, closed)


def _ways(callers: Callers, opening: Opening, may_call: Expression) -> Iterator[Proof | Limit]:
    """How the callers get in by statements that admit their whole account."""
    if callers.members[0][0].partition != opening.trusting.partition:
        return
    same_account = callers.account == opening.trusting.account
    refused = opening.refusal(callers.account)
    for entrance in opening.entrances:
        trust_suffices = same_account and entrance.anyone and opening.trusting.unreadable is None
        if not entrance.admits(callers.account) or callers.allowed_by_trust_alone != trust_suffices:
            continue
        limits = limits_of(callers.calling, opening.role, boundary_must_allow=not trust_suffices)
        yield from found(proof_under(all_of((may_call, entrance.trusted)), entrance.evidence, (*refused, *limits)))


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
    label = callers.source.statement.sid or f"statement {callers.source.statement.index + 1}"
    return f"identities with {label} of {callers.source.policy.rsplit('/', 1)[-1]}"
