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
from iamviz.graph.meeting import Meeting, Scattering, Source, Target, meet, refuse
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.openings import Crowd, Openings
from iamviz.graph.permission import Permissions, Refusal
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.expression import ALWAYS, NEVER

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """Edges of every pair of a user or role and a role that it may assume, and what one layer closes."""
    ground = _Ground(permissions)
    for some, accounts in permissions.some_at_a_time():
        rule = _Rule(some, ground)
        for account in accounts:
            yield from rule.of_account(account)
        yield from rule.by_name(accounts)


class _Ground:
    """What is the same whoever calls: the roles in crowds, and sets of them as targets."""

    def __init__(self, permissions: Permissions) -> None:
        self.openings = Openings(permissions)
        self.partition = Partition(permissions.world)
        self.scattering = Scattering()
        self._targets: dict[tuple[Crowd, tuple[int, ...]], tuple[Target, ...]] = {}
        self._unions: dict[tuple[int, ...], list[tuple[Target, ...]]] = {}

    def targets(self, crowd: Crowd, trust: tuple[Told, ...]) -> tuple[Target, ...]:
        """The roles of the crowd, with the statements of their trust policies; the same ones are the same object."""
        places = tuple(told.clause.statement.index for told in trust)
        key = crowd, places
        if key not in self._targets:
            self._targets[key] = tuple(
                (each.arn, Proof(ALWAYS, tuple(each.evidence(told.clause.statement) for told in trust)))
                for each in crowd.roles
            )
        return self._targets[key]

    def union(self, sets: Sequence[tuple[Target, ...]]) -> Sequence[tuple[Target, ...]]:
        """The sets as one; in several, none of which holds a role twice, where they overlap."""
        if len(sets) == 1:
            return sets
        # The sets are kept by whoever made them, so that their ids stay their own.
        key = tuple(sorted(map(id, sets)))
        if key not in self._unions:
            self._unions[key] = list(_disjoint(sets))
        return self._unions[key]


def _disjoint(sets: Sequence[tuple[Target, ...]]) -> Iterator[tuple[Target, ...]]:
    layers: list[dict[str, Proof]] = []
    for target, proof in (each for one in sets for each in one):
        layer = next((each for each in layers if target not in each), None)
        if layer is None:
            layers.append(layer := {})
        layer[target] = proof
    yield from (tuple(layer.items()) for layer in layers)


_Way = tuple[tuple[Target, ...], dict[str, Identity]]
"""A set of targets, and by ARN who reaches all of it."""


class _Outcomes:
    """Members of an account by what they may do and by which statements; those with equal outcomes go together."""

    def __init__(self) -> None:
        self.ways: defaultdict[tuple[tuple[Told, ...], Proof], dict[int, _Way]] = defaultdict(dict)
        self.shut: defaultdict[tuple[Refusal, tuple[Target, ...]], list[Identity]] = defaultdict(list)

    def open(
        self, own: tuple[Told, ...], through: Proof, targets: tuple[Target, ...], members: Iterable[Identity]
    ) -> None:
        """Members that get in by statements of their own, through what else that hangs on."""
        _, known = self.ways[own, through].setdefault(id(targets), (targets, {}))
        known.update((each.arn, each) for each in members)


class _Rule:
    def __init__(self, permissions: Permissions, ground: _Ground) -> None:
        self.permissions = permissions
        self.admissions = Admissions(permissions)
        self.ground = ground
        self.openings = ground.openings
        self.partition = ground.partition

    def of_account(self, account: str) -> Iterator[Found]:
        """Pairs by trust in the whole account, or in anyone. Whom a trust names is left to `by_name`."""
        to_account, own = tuple(self.openings.to_account(account)), tuple(self.openings.own_to_anyone(account))
        # Apart, so that the sets that are open to anyone stay the same for all accounts.
        near, anywhere = _Outcomes(), _Outcomes()
        for callers in callers_of(self.permissions, account):
            if callers.may_call:
                self._note_all(callers, to_account, near)
                self._note_others(callers, account, anywhere)
            for crowd in own:
                for part in self.partition.of(callers, crowd, by_trust=True):
                    self._note(callers, part, part.lead, near)
        yield from self._laid(near, account)
        yield from self._laid(anywhere, account)

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
                # What a trust says of this account beside is noted apart, too.
                lead = next((each for each in part.roles if self._is_plain(each, account)), None)
                if lead is not None:
                    self._note(callers, part, lead, found)

    def _is_plain(self, trusting: TrustingRole, account: str) -> bool:
        return trusting.account != account and not self.openings.names_account(trusting, account)

    def _note(self, callers: Callers, crowd: Crowd, lead: TrustingRole, found: _Outcomes) -> None:
        """Which members get in there, by which statements of their own; or which layer closes them out."""
        for verdict, members in self._verdicts(callers, crowd, lead):
            if verdict.expression is not NEVER:
                trust = tuple(told for told in verdict.told if told.layer == "resource")
                through = Proof(verdict.expression, self.admissions.guard_evidence(verdict))
                found.open(verdict.told_own, through, self.ground.targets(crowd, trust), members)
            elif verdict.shut is not None:
                for member in members:
                    refusal = self.admissions.refusal(verdict.shut, lead, member)
                    found.shut[refusal, self.ground.targets(crowd, ())].append(member)

    def _laid(self, found: _Outcomes, account: str) -> Iterator[Found]:
        for (own, through), sets in found.ways.items():
            together: defaultdict[tuple[str, ...], list[tuple[Target, ...]]] = defaultdict(list)
            for targets, members in sets.values():
                together[tuple(members)].append(targets)
            everyone = {arn: each for _, members in sets.values() for arn, each in members.items()}
            for arns, reached in together.items():
                sources = self._sources([everyone[arn] for arn in arns], own)
                meeting = Meeting(
                    kind="can-assume",
                    account=account,
                    through=through,
                    sources_are=_described(sources),
                    targets_are="roles that let the same in",
                )
                for targets in self.ground.union(reached):
                    yield from meet(sources, targets, meeting, self.ground.scattering)
        for (refusal, targets), refused in found.shut.items():
            meeting = Meeting(kind="can-assume", account=account, sources_are=_described(()))
            yield from refuse(self._sources(refused, ()), targets, refusal, meeting)

    def _sources(self, members: Sequence[Identity], own: tuple[Told, ...]) -> list[Source]:
        return [(each.arn, self.permissions.evidence(own, each)) for each in members]

    def _verdicts(
        self, callers: Callers, crowd: Crowd, lead: TrustingRole
    ) -> Iterable[tuple[Verdict, Sequence[Identity]]]:
        """The members by what becomes of them; those that all trust policies of the crowd name are left out."""
        if callers.members[0].partition != lead.partition:
            return ()
        found: dict[int, tuple[Verdict, list[Identity]]] = {}
        for each in callers.members:
            first = lead if each.arn not in self.openings.mentions(lead) else self._other(each, crowd)
            if first is not None:
                verdict = self.admissions.of_identity(each, first)
                found.setdefault(id(verdict), (verdict, []))[1].append(each)
        return found.values()

    def _other(self, identity: Identity, crowd: Crowd) -> TrustingRole | None:
        """A role of the crowd whose trust policy does not name the identity, as seen from another account."""
        others = (each for each in crowd.roles if self._is_plain(each, identity.account))
        return next((each for each in others if identity.arn not in self.openings.mentions(each)), None)

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


def _described(sources: Sequence[Source]) -> str:
    told = next((evidence[0] for _, evidence in sources if evidence), None)
    if told is None:
        return "identities of the account"
    return f"identities with {told.sid or f'an equal statement {told.statement + 1}'}"
