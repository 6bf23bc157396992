"""can-assume between the identities of the snapshot: trust, own policies, boundary and guardrails must all agree.

Who must allow what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
Identities on which the same policies decide are asked about once, as far as no statement tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iamviz.graph.admission import Admissions
from iamviz.graph.meeting import Meeting, Source, Target, meet, refuse
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.openings import Openings
from iamviz.graph.permission import Permissions, Refusal
from iamviz.graph.trust import ASSUME_ROLE, literal_resources
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.expression import NEVER

Found = Node | Edge | Block


@dataclass(frozen=True, slots=True)
class Callers:
    """Identities of one account on which the same policies decide; `particular`: but for who each of them is."""

    members: tuple[Identity, ...]
    particular: bool
    allows: bool
    """Whether any policy of theirs allows, or might allow, to assume roles."""
    literal: frozenset[str] | None
    """The only roles that their policies speak of, where these are named one by one."""

    def speak_of(self, trusting: TrustingRole) -> bool:
        return self.allows and (self.literal is None or trusting.arn in self.literal)


class _Outcomes:
    """Members of an account by what they may do and by which statements; those with equal outcomes go together."""

    def __init__(self) -> None:
        self.ways: defaultdict[tuple[tuple[Told, ...], tuple[Target, ...]], list[Identity]] = defaultdict(list)
        self.shut: defaultdict[tuple[tuple[str, Refusal], ...], list[Identity]] = defaultdict(list)


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """Edges of every pair of a user or role and a role that it may assume, and what one layer closes."""
    rule = _Rule(permissions)
    for account in permissions.world.identities:
        yield from rule.of_account(account)
    yield from rule.by_name()


class _Rule:
    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.admissions = Admissions(permissions)
        self.openings = Openings(permissions.world)

    def of_account(self, account: str) -> Iterator[Found]:
        """Pairs by trust in the whole account, or in anyone. Whom a trust names is left to `by_name`."""
        opened = tuple(self.openings.of(account))
        own = tuple(self.openings.own_to_anyone(account))
        if not opened:
            return
        found = _Outcomes()
        for callers in self._callers(account):
            candidates = [each for each in opened if callers.speak_of(each)]
            candidates += [each for each in own if not callers.speak_of(each)]
            self._note(callers, candidates, found)
        yield from self._laid(found, account)

    def _callers(self, account: str) -> Iterator[Callers]:
        groups: defaultdict[object, list[Identity]] = defaultdict(list)
        for identity in self.permissions.world.identities[account]:
            groups[self.permissions.class_key(identity, ASSUME_ROLE)].append(identity)
        for members in groups.values():
            lead = members[0]
            particular = self.permissions.is_particular(lead, ASSUME_ROLE)
            yield Callers(tuple(members), particular, *self._reach(lead))

    def _reach(self, lead: Identity) -> tuple[bool, frozenset[str] | None]:
        layer = self.permissions.standing(lead, ASSUME_ROLE).identity
        spoken = layer.about(ASSUME_ROLE)
        if layer.unknown:
            return True, None
        named = [literal_resources(clause.statement) for clause in spoken.allows]
        if None in named:
            return True, None
        return bool(named), frozenset(arn for each in named for arn in each or ())

    def _note(self, callers: Callers, candidates: Iterable[TrustingRole], found: _Outcomes) -> None:
        """Which members get in where: by the same statements of their own, or closed out."""
        ways: defaultdict[tuple[tuple[Identity, ...], tuple[Told, ...]], list[Target]] = defaultdict(list)
        shut: defaultdict[tuple[Identity, ...], list[tuple[str, Refusal]]] = defaultdict(list)
        for trusting in candidates:
            for members, verdict in self._verdicts(callers, trusting):
                if verdict.expression is not NEVER:
                    proof = Proof(verdict.expression, self.admissions.evidence(verdict, trusting))
                    ways[members, verdict.told_own].append((trusting.arn, proof))
                elif verdict.shut is not None:
                    refusal = self.admissions.refusal(verdict.shut, trusting, members[0])
                    shut[members].append((trusting.arn, refusal))
        for (members, own), targets in ways.items():
            found.ways[own, tuple(targets)] += members
        for members, refused in shut.items():
            found.shut[tuple(refused)] += members

    def _laid(self, found: _Outcomes, account: str) -> Iterator[Found]:
        for (own, targets), members in found.ways.items():
            yield from meet(self._sources(members, own), targets, _meeting(account, own))
        for refused, members in found.shut.items():
            yield from refuse(self._sources(members, ()), refused, _meeting(account, ()))

    def _sources(self, members: Sequence[Identity], own: tuple[Told, ...]) -> list[Source]:
        return [(each.arn, self.permissions.evidence(own, each)) for each in members]

    def _verdicts(self, callers: Callers, trusting: TrustingRole) -> Iterator[tuple[tuple[Identity, ...], Verdict]]:
        """One verdict for all members that no statement tells apart; those that the trust names are left out."""
        if callers.members[0].partition != trusting.partition:
            return
        mentioned = self.openings.mentions(trusting)
        members = callers.members
        if mentioned:
            members = tuple(each for each in members if each.arn not in mentioned)
        if not members:
            return
        if callers.particular or self._is_particular(trusting):
            yield from self._apart(members, trusting)
        else:
            yield members, self.admissions.of_identity(members[0], trusting)

    def _is_particular(self, trusting: TrustingRole) -> bool:
        """Whether the trust, or a guardrail of the role's account, hangs on who calls."""
        document = trusting.document
        own = document is not None and self.permissions.library.volume(document).is_particular(ASSUME_ROLE)
        return own or self.permissions.guards.bears_on_callers(trusting.account, ASSUME_ROLE)

    def _apart(
        self, members: Sequence[Identity], trusting: TrustingRole
    ) -> Iterator[tuple[tuple[Identity, ...], Verdict]]:
        """Members asked about one by one; those with equal answers go together."""
        alike: defaultdict[Verdict, list[Identity]] = defaultdict(list)
        for identity in members:
            alike[self.admissions.of_identity(identity, trusting)].append(identity)
        for verdict, together in alike.items():
            yield tuple(together), verdict

    def by_name(self) -> Iterator[Found]:
        """Pairs of a role and an identity that its trust policy names, for good or ill."""
        for trusting, identity in self._named_pairs():
            verdict = self.admissions.of_identity(identity, trusting)
            if verdict.expression is not NEVER:
                own = self.permissions.evidence(verdict.told_own, identity)
                evidence = tuple(dict.fromkeys((*own, *self.admissions.evidence(verdict, trusting))))
                yield Edge(identity.arn, trusting.arn, "can-assume", Proof(verdict.expression, evidence))
            elif verdict.shut is not None:
                refusal = self.admissions.refusal(verdict.shut, trusting, identity)
                yield Block(identity.arn, trusting.arn, "can-assume", refusal.layer, refusal.reason, refusal.evidence)

    def _named_pairs(self) -> Iterator[tuple[TrustingRole, Identity]]:
        for trusting in self.permissions.world.trusting:
            admitted = self.openings.admitted(trusting)
            for identity in self.openings.mentions(trusting).values():
                by_account = admitted.admits_whole(identity.account, identity.partition)
                if identity.partition == trusting.partition and (by_account or admitted.named):
                    yield trusting, identity


def _meeting(account: str, own: Sequence[Told]) -> Meeting:
    return Meeting(kind="can-assume", account=account, sources_are=_described(own))


def _described(own: Sequence[Told]) -> str:
    if not own:
        return "identities of the account"
    statement = own[0].clause.statement
    return f"identities with {statement.sid or f'an equal statement {statement.index + 1}'}"
