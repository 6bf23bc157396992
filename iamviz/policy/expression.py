"""Under which conditions something holds: small expressions that can be evaluated again under other assumptions.

An expression is true (ALWAYS), false (NEVER), a test of one condition block entry, a document that
is missing, or a combination of these. The constructors simplify, so that no key is kept that
cannot change the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum


class Certainty(IntEnum):
    """How sure an edge is, the stronger the larger."""

    UNKNOWN = 1
    CONDITIONAL = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator and key of a Condition element, e.g. Condition("StringEquals", "sts:ExternalId", ("x",))."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """ALWAYS or NEVER; nothing else makes one."""

    value: bool


ALWAYS = Constant(value=True)
NEVER = Constant(value=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the snapshot does not hold or that cannot be read: `reason` is shown to the user."""

    reason: str


@dataclass(frozen=True, slots=True)
class Test:
    """A condition whose outcome the request decides."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Not:
    term: Expression


@dataclass(frozen=True, slots=True)
class All:
    terms: frozenset[Expression]


@dataclass(frozen=True, slots=True)
class Any:
    terms: frozenset[Expression]


Expression = Constant | Missing | Test | Not | All | Any


def all_of(terms: Iterable[Expression]) -> Expression:
    """The conjunction: NEVER wins, ALWAYS is left out, a single term stands alone."""
    return _combine(terms, All, neutral=ALWAYS, absorbing=NEVER)


def any_of(terms: Iterable[Expression]) -> Expression:
    """The disjunction: ALWAYS wins, NEVER is left out, a single term stands alone."""
    return _combine(terms, Any, neutral=NEVER, absorbing=ALWAYS)


def _combine(
    terms: Iterable[Expression], node: type[All] | type[Any], *, neutral: Constant, absorbing: Constant
) -> Expression:
    kept: set[Expression] = set()
    for term in terms:
        if term == absorbing:
            return absorbing
        if isinstance(term, node):
            kept |= term.terms
        elif term != neutral:
            kept.add(term)
    if not kept:
        return neutral
    return kept.pop() if len(kept) == 1 else node(frozenset(kept))


def negate(term: Expression) -> Expression:
    """The negation. What is missing stays missing: nothing follows from its absence."""
    match term:
        case Constant(value):
            return NEVER if value else ALWAYS
        case Not(inner):
            return inner
        case Missing():
            return term
        case _:
            return Not(term)


def certainty(term: Expression) -> Certainty | None:
    """How sure: CERTAIN, CONDITIONAL (holds for some request), UNKNOWN (hangs on what is missing), None for NEVER."""
    if term == ALWAYS:
        return Certainty.CERTAIN
    known = without_missing(term)
    if known == ALWAYS:
        return Certainty.CERTAIN
    if known != NEVER:
        return Certainty.CONDITIONAL
    return None if term == NEVER else Certainty.UNKNOWN


def without_missing(term: Expression) -> Expression:
    """What holds even if everything that is missing turns out against the caller."""
    return _replace(term, lambda _: NEVER)


def _replace(term: Expression, leaf: Callable[[Missing], Expression]) -> Expression:
    match term:
        case Missing():
            return leaf(term)
        case Not(Missing() as inner):
            return leaf(inner)
        case Not(inner):
            # A missing part below a negation is against the caller when it is true.
            return negate(_replace(inner, lambda _: ALWAYS))
        case All(terms):
            return all_of(_replace(each, leaf) for each in terms)
        case Any(terms):
            return any_of(_replace(each, leaf) for each in terms)
        case _:
            return term


def tests(term: Expression, *, negated: bool = False) -> Iterator[tuple[Condition, bool]]:
    """Every condition that can change the result, with True where it must not hold (it stands in a Deny)."""
    match term:
        case Test(condition):
            yield condition, negated
        case Not(inner):
            yield from tests(inner, negated=not negated)
        case All(terms) | Any(terms):
            for each in terms:
                yield from tests(each, negated=negated)


def reasons(term: Expression) -> Iterator[str]:
    """What is missing, in words."""
    match term:
        case Missing(reason):
            yield reason
        case Not(inner):
            yield from reasons(inner)
        case All(terms) | Any(terms):
            for each in terms:
                yield from reasons(each)
