"""Identities of one account on which the same policies decide who they may assume, and which roles these tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iamviz.graph.library import reads_resource_keys
from iamviz.graph.openings import Crowd
from iamviz.graph.permission import Permissions, Standing
from iamviz.graph.trust import ASSUME_ROLE
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.document import Statement
from iamviz.policy.expression import NEVER
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.resources import PolicyType, covers_resource

Spoken = tuple[PolicyType, Clause]


@dataclass(frozen=True, slots=True, eq=False)
class Callers:
    """`particular`: the answer hangs on who of the members calls. `allows`: some policy allows, or might allow, it.

    `telling` are the clauses that speak of some roles and not of others; `singling`: one of them hangs on more than
    the role's ARN.
    """

    members: tuple[Identity, ...]
    particular: bool
    allows: tuple[Clause, ...]
    unknown: bool
    telling: tuple[Spoken, ...]
    singling: bool

    @property
    def may_call(self) -> bool:
        """Whether any policy of theirs allows, or might allow, to assume roles."""
        return bool(self.allows) or self.unknown


def callers_of(permissions: Permissions, account: str) -> Iterator[Callers]:
    """The identities of the account, in groups."""
    groups: defaultdict[object, list[Identity]] = defaultdict(list)
    for identity in permissions.world.identities[account]:
        groups[permissions.class_key(identity, ASSUME_ROLE)].append(identity)
    for members in groups.values():
        lead = members[0]
        standing = permissions.standing(lead, ASSUME_ROLE)
        telling = tuple(_telling(standing))
        singling = any(reads_resource_keys(clause.statement) for clause in _all_clauses(standing))
        yield Callers(
            tuple(members),
            permissions.is_particular(lead, ASSUME_ROLE),
            standing.identity.about(ASSUME_ROLE).allows,
            bool(standing.identity.unknown),
            telling,
            singling,
        )


def _layers(standing: Standing) -> Iterator[Layer]:
    yield standing.identity
    if standing.boundary is not None:
        yield standing.boundary
    yield from standing.scps


def _all_clauses(standing: Standing) -> Iterator[Clause]:
    for layer in _layers(standing):
        spoken = layer.about(ASSUME_ROLE)
        yield from spoken.allows
        yield from spoken.denies


def _telling(standing: Standing) -> Iterator[Spoken]:
    for layer in _layers(standing):
        spoken = layer.about(ASSUME_ROLE)
        for clause in (*spoken.allows, *spoken.denies):
            if not clause.everywhere:
                yield layer.kind, clause


class Partition:
    """Crowds cut into roles that the clauses of callers do not tell apart; worked out once for equal clauses."""

    def __init__(self) -> None:
        self._known: dict[tuple[Crowd, tuple[tuple[PolicyType, int], ...]], list[Crowd]] = {}
        self._statements: list[Statement] = []
        """Kept, so that no other statement gets the number of one that is gone."""

    def of(self, callers: Callers, crowd: Crowd) -> Sequence[Crowd]:
        """The crowd in parts."""
        if callers.singling:
            return [Crowd((trusting,)) for trusting in crowd.roles]
        if not callers.telling:
            return (crowd,)
        key = crowd, tuple((kind, id(clause.statement)) for kind, clause in callers.telling)
        if key not in self._known:
            self._statements += [clause.statement for _, clause in callers.telling]
            self._known[key] = list(_parted(callers.telling, crowd))
        return self._known[key]


def _parted(telling: Sequence[Spoken], crowd: Crowd) -> Iterator[Crowd]:
    groups: defaultdict[tuple[bool, ...], list[TrustingRole]] = defaultdict(list)
    for trusting in crowd.roles:
        groups[tuple(covers(kind, clause, trusting.arn) for kind, clause in telling)].append(trusting)
    yield from (Crowd(tuple(group)) for group in groups.values())


def covers(kind: PolicyType, clause: Clause, arn: str) -> bool:
    """Whether the clause speaks, or might speak, of the resource."""
    return covers_resource(clause.statement, arn, kind, version=clause.version) is not NEVER
