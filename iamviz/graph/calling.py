"""What of an identity's access decides whether it may assume roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from iamviz.inventory.access import Access, Gap, Source
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import covers_action
from iamviz.policy.variables import Values

ASSUME_ROLE = "sts:AssumeRole"


@dataclass(frozen=True)
class Calling:
    """What of an identity's access decides whether it may assume roles; equal ones decide alike."""

    allows: tuple[Source, ...]
    denies: tuple[Source, ...]
    boundary: tuple[Source, ...] | None
    gaps: tuple[Gap, ...]
    boundary_gap: Gap | None
    variables: Values

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """Equal for identities that the same statements limit, so that one's proof is the other's too."""
        limiting = (*self.denies, *(self.boundary or ()))
        return (
            frozenset(self.denies),
            None if self.boundary is None else frozenset(self.boundary),
            self.boundary_gap and self.boundary_gap.policy,
            self._particular(limiting),
        )

    def particular(self, source: Source) -> str | None:
        """The caller itself where a policy variable of the statement makes the outcome its own."""
        return self._particular((source,))

    def _particular(self, sources: Iterable[Source]) -> str | None:
        return self.variables.get("aws:principalarn") if any(map(_has_variable, sources)) else None


def content(statement: Statement) -> Statement:
    """The statement without its place and Sid: what it says."""
    return replace(statement, index=0, sid=None)


def calling_of(access: Access, variables: Values) -> Calling:
    """The part of an identity's access that concerns sts:AssumeRole."""
    relevant = [source for source in access.sources if covers_action(source.statement, ASSUME_ROLE)]
    boundary = access.boundary
    return Calling(
        tuple(source for source in relevant if source.statement.effect == "Allow"),
        tuple(source for source in relevant if source.statement.effect == "Deny"),
        None if boundary is None else tuple(each for each in boundary if covers_action(each.statement, ASSUME_ROLE)),
        access.gaps,
        access.boundary_gap,
        variables,
    )


def _has_variable(source: Source) -> bool:
    statement: Statement = source.statement
    return any("${" in value for value in (*(statement.resources or ()), *(statement.not_resources or ())))
