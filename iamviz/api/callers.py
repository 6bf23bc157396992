"""What a caller's own policies and its boundary say of assuming one role, each by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iamviz.inventory.access import AccountAccess, Gap, Source, variables_of
from iamviz.inventory.model import Inventory, Role, User
from iamviz.policy.evaluation import applies
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing, all_of, any_of, certainty, negate

ASSUME_ROLE = "sts:AssumeRole"


@dataclass(frozen=True, slots=True)
class Side:
    """One layer: under which conditions it allows, the statement that allows best, the one that denies always."""

    holds: Expression
    allowing: Source | None
    denying: Source | None


@dataclass(frozen=True, slots=True)
class CallerSides:
    """`boundary` is None where the caller has none."""

    identity: Side
    boundary: Side | None


def caller_sides(inventory: Inventory, caller: User | Role, role: str) -> CallerSides:
    """What the caller's own side says, whatever the role's trust policy says."""
    access = AccountAccess(inventory).of(caller)
    variables = variables_of(caller, inventory.account)

    def terms(sources: Iterable[Source]) -> dict[Source, Expression]:
        return {
            source: applies(source.statement, ASSUME_ROLE, role, variables=variables, version=source.version)
            for source in sources
        }

    boundary = None
    if access.boundary_gap is not None:
        boundary = _side({}, (access.boundary_gap,))
    elif access.boundary is not None:
        boundary = _side(terms(access.boundary), ())
    return CallerSides(_side(terms(access.sources), access.gaps), boundary)


def _side(terms: dict[Source, Expression], gaps: Iterable[Gap]) -> Side:
    allows = {source: term for source, term in terms.items() if source.statement.effect == "Allow"}
    denies = {source: term for source, term in terms.items() if source.statement.effect == "Deny"}
    missing = (Missing(gap.reason) for gap in gaps)
    best = max(allows, key=lambda source: certainty(allows[source]) or 0, default=None)
    return Side(
        all_of((any_of((*allows.values(), *missing)), negate(any_of(denies.values())))),
        best if best is not None and allows[best] != NEVER else None,
        next((source for source, term in denies.items() if term == ALWAYS), None),
    )
