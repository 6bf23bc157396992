"""Under which conditions: of several things that are needed all, of several that would do any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Missing, Test, all_of, any_of


@dataclass(frozen=True, slots=True)
class Sure:
    """The conditions; false where it can never be."""

    term: Expression

    def __bool__(self) -> bool:
        return self.term != NEVER


CERTAIN, NO = Sure(ALWAYS), Sure(NEVER)
UNKNOWN = Sure(Missing("it was not collected"))
POSSIBLE = Sure(Test(Condition("Null", "oracle:Somewhere", ("false",))))
"""What hangs on something that no policy tells of."""


def both(*needed: Sure) -> Sure:
    """All that is needed. The requests of one method are made under the same circumstances."""
    return Sure(all_of([each.term for each in needed]))


def best(ways: Iterable[Sure]) -> Sure:
    """Any of several ways; whoever asks stops at the first that is certain."""
    found = []
    for each in ways:
        if each == CERTAIN:
            return each
        found.append(each.term)
    return Sure(any_of(found))


def yes(*, holds: bool | None) -> Sure:
    """A fact of the snapshot; None where it was not collected."""
    return UNKNOWN if holds is None else CERTAIN if holds else NO
