"""Identities of one account on which the same policies decide who they may assume, and which roles these tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iamviz.graph.library import covers, grain_of
from iamviz.graph.openings import Crowd
from iamviz.graph.permission import Permissions
from iamviz.graph.shapes import Spoken
from iamviz.graph.standing import Standing
from iamviz.graph.trust import ASSUME_ROLE
from iamviz.graph.world import Grain, Identity, TrustingRole, World
from iamviz.policy.arn import FIELDS, is_account
from iamviz.policy.document import Statement
from iamviz.policy.layers import Clause
from iamviz.policy.resources import PolicyType


@dataclass(frozen=True, slots=True, eq=False)
class Callers:
    """`allows`: some policy allows, or might allow, it.

    `telling` are the clauses that speak of some roles and not of others; `grain` is what else tells roles apart.
    """

    members: tuple[Identity, ...]
    allows: tuple[Clause, ...]
    unknown: bool
    telling: tuple[Spoken, ...]
    grain: Grain

    @property
    def may_call(self) -> bool:
        """Whether any policy of theirs allows, or might allow, to assume roles."""
        return bool(self.allows) or self.unknown

    @property
    def speak_of_all(self) -> bool:
        """Whether a policy of theirs allows, or might allow, to assume any role at all."""
        return self.unknown or any(clause.everywhere for clause in self.allows)


def callers_of(permissions: Permissions, account: str) -> Iterator[Callers]:
    """The identities of the account, in groups."""
    groups: defaultdict[object, list[Identity]] = defaultdict(list)
    for identity in permissions.world.identities[account]:
        groups[permissions.class_key(identity, ASSUME_ROLE)].append(identity)
    for members in groups.values():
        lead = members[0]
        standing = permissions.standing(lead, ASSUME_ROLE)
        spoken = tuple(_spoken(standing))
        yield Callers(
            tuple(members),
            standing.identity.about(ASSUME_ROLE).allows,
            bool(standing.identity.unknown),
            tuple((kind, clause) for kind, clause in spoken if not clause.everywhere),
            grain_of(clause.statement for _, clause in spoken),
        )


def _spoken(standing: Standing) -> Iterator[Spoken]:
    """All that the layers of the callers say of it."""
    boundary = (standing.boundary,) if standing.boundary is not None else ()
    for layer in (standing.identity, *boundary, *standing.scps):
        yield from ((layer.kind, clause) for clause in layer.about(ASSUME_ROLE).clauses)


def _grants(spoken: Spoken) -> bool:
    kind, clause = spoken
    return kind == "identity" and clause.statement.effect == "Allow"


class Partition:
    """Crowds cut into roles that the clauses of callers do not tell apart."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._grains: dict[tuple[Crowd, Grain], tuple[Crowd, ...]] = {}
        self._same: dict[tuple[TrustingRole, ...], Crowd] = {}
        self._cut: dict[tuple[object, ...], Sequence[Crowd]] = {}
        self._covered: dict[tuple[Crowd, PolicyType, str, object], frozenset[str]] = {}

    def of(self, callers: Callers, crowd: Crowd, *, by_trust: bool = False) -> Iterable[Crowd]:
        """The crowd in parts; without the roles that no policy of the callers speaks of, unless the trust suffices."""
        rest = by_trust or callers.speak_of_all
        parts = self._parts(callers, crowd, rest=rest) if callers.telling else (crowd,) if rest else ()
        if callers.grain is Grain.ALL:
            return parts
        return (grain for part in parts for grain in self._grained(part, callers.grain))

    def _grained(self, crowd: Crowd, grain: Grain) -> tuple[Crowd, ...]:
        if len(crowd.roles) == 1:
            return (crowd,)
        key = crowd, grain
        if key not in self._grains:
            groups: defaultdict[object, list[TrustingRole]] = defaultdict(list)
            for trusting in crowd.roles:
                groups[self._world.told_apart(trusting, grain)].append(trusting)
            self._grains[key] = tuple(Crowd(tuple(group)) for group in groups.values())
        return self._grains[key]

    def _parts(self, callers: Callers, crowd: Crowd, *, rest: bool) -> Sequence[Crowd]:
        """Worked out once for callers with the same clauses on roles of the crowd, whatever they say of others."""
        speaking = [(each, covered) for each in callers.telling if (covered := self._covered_by(*each, crowd))]
        key = crowd, tuple((kind, id(clause)) for (kind, clause), _ in speaking), rest
        if key not in self._cut:
            # The clauses are kept by the library and the guardrails, so that their ids stay their own.
            self._cut[key] = tuple(self._cut_by(speaking, crowd, rest=rest))
        return self._cut[key]

    def _cut_by(
        self, speaking: Sequence[tuple[Spoken, frozenset[str]]], crowd: Crowd, *, rest: bool
    ) -> Iterator[Crowd]:
        spoken: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_, covered) in enumerate(speaking):
            for arn in covered:
                spoken[arn].append(number)
        groups: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
        for arn, numbers in spoken.items():
            groups[tuple(numbers)].append(arn)
        granting = {number for number, (each, _) in enumerate(speaking) if _grants(each)}
        for told, arns in groups.items():
            if rest or not granting.isdisjoint(told):
                yield self._part(tuple(crowd.by_arn[arn] for arn in sorted(arns)))
        if rest and len(spoken) < len(crowd.roles):
            yield self._part(tuple(each for each in crowd.roles if each.arn not in spoken)) if spoken else crowd

    def _part(self, roles: tuple[TrustingRole, ...]) -> Crowd:
        """The same roles are the same part: what is worked out of it is worked out once."""
        found = self._same.get(roles)
        if found is None:
            found = self._same[roles] = Crowd(roles)
        return found

    def _covered_by(self, kind: PolicyType, clause: Clause, crowd: Crowd) -> frozenset[str]:
        """ARNs of the crowd's roles of which the clause speaks; worked out once for equal resources."""
        statement = clause.statement
        key = crowd, kind, clause.version, statement.resources or ("not", statement.not_resources)
        found = self._covered.get(key)
        if found is None:
            near = _near(statement, crowd)
            found = self._covered[key] = frozenset(each.arn for each in near if covers(kind, clause, each.arn))
        return found


def _near(statement: Statement, crowd: Crowd) -> Iterable[TrustingRole]:
    """The roles that the statement may speak of: where it names accounts, theirs."""
    near: dict[str, TrustingRole] = {}
    for pattern in statement.resources or ("*",):
        fields = pattern.split(":", 5)
        if "*" not in pattern and "?" not in pattern and "$" not in pattern and pattern in crowd.by_arn:
            near[pattern] = crowd.by_arn[pattern]
        elif len(fields) == FIELDS and is_account(fields[4]):
            near |= {each.arn: each for each in crowd.by_account.get(fields[4], ())}
        else:
            return crowd.roles
    return near.values()
