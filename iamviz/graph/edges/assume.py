"""can-assume between the identities of the snapshot: trust, own policies, boundary and guardrails must all agree.

Who must allow what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
Identities on which the same policies decide are asked about once, and so are roles with equal trust policies, as far
as no statement tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from iamviz.graph.admission import Admissions
from iamviz.graph.callers import Callers, Partition, callers_of
from iamviz.graph.meeting import Meeting, Source, Target, meet, refuse
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.openings import Crowd, Openings
from iamviz.graph.permission import Permissions, Refusal
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.expression import ALWAYS, NEVER

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """Edges of every pair of a user or role and a role that it may assume, and what one layer closes."""
    openings, partition = Openings(permissions), Partition(permissions.world)
    for some, accounts in permissions.some_at_a_time():
        rule = _Rule(some, openings, partition)
        for account in accounts:
            yield from rule.of_account(account)
        yield from rule.by_name(accounts)


class _Outcomes:
    """Members of an account by what they may do and by which statements; those with equal outcomes go together."""

    def __init__(self) -> None:
        self.ways: defaultdict[tuple[tuple[Told, ...], Proof, tuple[Target, ...]], list[Identity]] = defaultdict(list)
        self.shut: defaultdict[tuple[Refusal, tuple[Target, ...]], list[Identity]] = defaultdict(list)


class _Rule:
    def __init__(self, permissions: Permissions, openings: Openings, partition: Partition) -> None:
        self.permissions = permissions
        self.admissions = Admissions(permissions)
        self.openings = openings
        self.partition = partition
        self._targets: dict[tuple[Crowd, tuple[Told, ...]], tuple[Target, ...]] = {}

    def of_account(self, account: str) -> Iterator[Found]:
        """Pairs by trust in the whole account, or in anyone. Whom a trust names is left to `by_name`."""
        to_account, own = tuple(self.openings.to_account(account)), tuple(self.openings.own_to_anyone(account))
        found = _Outcomes()
        for callers in callers_of(self.permissions, account):
            if callers.may_call:
                self._note_all(callers, to_account, found)
                self._note_others(callers, account, found)
            for crowd in own:
                for part in self.partition.of(callers, crowd, by_trust=True):
                    self._note(callers, part, part.lead, found)
        yield from self._laid(found, account)

    def _note_all(self, callers: Callers, crowds: Iterable[Crowd], found: _Outcomes) -> None:
        for crowd in crowds:
            for part in self.partition.of(callers, crowd):
                self._note(callers, part, part.lead, found)

    def _note_others(self, callers: Callers, account: str, found: _Outcomes) -> None:
        """Roles that are open to anyone, as those of other accounts see it.

        The account's own are not taken out, so that all accounts share the crowd: whoever gets in across accounts gets
        in at home, and what more he gets there is noted apart.
        """
        for crowd in self.openings.to_anyone:
            for part in self.partition.of(callers, crowd):
                lead = next((each for each in part.roles if each.account != account), None)
                if lead is not None:
                    self._note(callers, part, lead, found)

    def _note(self, callers: Callers, crowd: Crowd, lead: TrustingRole, found: _Outcomes) -> None:
        """Which members get in there, by which statements of their own; or which layer closes them out."""
        for verdict, members in self._verdicts(callers, lead):
            if verdict.expression is not NEVER:
                trust = tuple(told for told in verdict.told if told.layer == "resource")
                through = Proof(verdict.expression, self.admissions.guard_evidence(verdict))
                found.ways[verdict.told_own, through, self._all(crowd, trust)] += members
            elif verdict.shut is not None:
                for member in members:
                    refusal = self.admissions.refusal(verdict.shut, lead, member)
                    found.shut[refusal, self._all(crowd, ())].append(member)

    def _all(self, crowd: Crowd, trust: tuple[Told, ...]) -> tuple[Target, ...]:
        key = crowd, trust
        if key not in self._targets:
            self._targets[key] = tuple(
                (each.arn, Proof(ALWAYS, tuple(each.evidence(told.clause.statement) for told in trust)))
                for each in crowd.roles
            )
        return self._targets[key]

    def _laid(self, found: _Outcomes, account: str) -> Iterator[Found]:
        for (own, through, targets), members in found.ways.items():
            meeting = Meeting(
                kind="can-assume",
                account=account,
                through=through,
                sources_are=_described(own),
                targets_are="roles with equal trust policies",
            )
            yield from meet(self._sources(members, own), targets, meeting)
        for (refusal, targets), members in found.shut.items():
            meeting = Meeting(kind="can-assume", account=account, sources_are=_described(()))
            yield from refuse(self._sources(members, ()), targets, refusal, meeting)

    def _sources(self, members: Sequence[Identity], own: tuple[Told, ...]) -> list[Source]:
        return [(each.arn, self.permissions.evidence(own, each)) for each in members]

    def _verdicts(self, callers: Callers, lead: TrustingRole) -> Iterable[tuple[Verdict, Sequence[Identity]]]:
        """The members by what becomes of them; those that the trust names are left out."""
        members: Sequence[Identity] = callers.members
        if members[0].partition != lead.partition:
            return ()
        mentioned = self.openings.mentions(lead)
        found: dict[int, tuple[Verdict, list[Identity]]] = {}
        for each in members:
            if each.arn not in mentioned:
                verdict = self.admissions.of_identity(each, lead)
                found.setdefault(id(verdict), (verdict, []))[1].append(each)
        return found.values()

    def by_name(self, accounts: Iterable[str]) -> Iterator[Found]:
        """Pairs of a role of the accounts and an identity that its trust policy names, for good or ill."""
        for trusting, identity in self._named_pairs(accounts):
            verdict = self.admissions.of_identity(identity, trusting)
            if verdict.expression is not NEVER:
                own = self.permissions.evidence(verdict.told_own, identity)
                evidence = tuple(dict.fromkeys((*own, *self.admissions.evidence(verdict, trusting))))
                yield Edge(identity.arn, trusting.arn, "can-assume", Proof(verdict.expression, evidence))
            elif verdict.shut is not None:
                refusal = self.admissions.refusal(verdict.shut, trusting, identity)
                yield Block(identity.arn, trusting.arn, "can-assume", refusal.layer, refusal.reason, refusal.evidence)

    def _named_pairs(self, accounts: Iterable[str]) -> Iterator[tuple[TrustingRole, Identity]]:
        trusting_of = self.permissions.world.trusting_of
        for trusting in (each for account in accounts for each in trusting_of[account]):
            mentions = self.openings.mentions(trusting)
            if mentions:
                admitted = self.openings.admitted(trusting)
                for identity in mentions.values():
                    by_account = admitted.admits_whole(identity.account, identity.partition)
                    if identity.partition == trusting.partition and (by_account or admitted.named):
                        yield trusting, identity


def _described(own: Sequence[Told]) -> str:
    if not own:
        return "identities of the account"
    statement = own[0].clause.statement
    return f"identities with {statement.sid or f'an equal statement {statement.index + 1}'}"
