"""Under which conditions something holds: small expressions that can be evaluated again under other assumptions.

An expression is true (ALWAYS), false (NEVER), a test of one condition block entry, a document that
is missing, or a combination of these. The constructors simplify, so that no key is kept that
cannot change the result; make combinations with them only. Negation is pushed down to the tests:
`Not` holds nothing but a `Test`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import ClassVar

from msgspec import Struct


class Certainty(IntEnum):
    """How sure an edge is, the stronger the larger."""

    UNKNOWN = 1
    CONDITIONAL = 2
    CERTAIN = 3


class Condition(Struct, frozen=True):
    """One operator and key of a Condition element, e.g. Condition("StringEquals", "sts:ExternalId", ("x",))."""

    operator: str
    key: str
    values: tuple[str, ...]


class Constant(Struct, frozen=True):
    """ALWAYS or NEVER; nothing else makes one."""

    value: bool


ALWAYS = Constant(value=True)
NEVER = Constant(value=False)


class Missing(Struct, frozen=True):
    """Something that the snapshot does not hold or that cannot be read: `reason` is shown to the user."""

    reason: str


class Test(Struct, frozen=True):
    """A condition whose outcome the request decides."""

    __test__: ClassVar[bool] = False
    """Not a test of ours, whatever pytest makes of the name."""

    condition: Condition


class Not(Struct, frozen=True):
    term: Expression


class All(Struct, frozen=True):
    terms: frozenset[Expression]


class Any(Struct, frozen=True):
    terms: frozenset[Expression]


Expression = Constant | Missing | Test | Not | All | Any

MOST_ABSORBED = 64
MOST_ROUNDS = 8
"""Simplifying ends here, so that no upload makes it slow: beyond, a key too many may be named, never one too few."""


def all_of(terms: Iterable[Expression]) -> Expression:
    """The conjunction: NEVER wins, ALWAYS is left out, a single term stands alone."""
    return _combine(terms, All, neutral=ALWAYS, absorbing=NEVER)


def any_of(terms: Iterable[Expression]) -> Expression:
    """The disjunction: ALWAYS wins, NEVER is left out, a single term stands alone."""
    return _combine(terms, Any, neutral=NEVER, absorbing=ALWAYS)


def negate(term: Expression) -> Expression:
    """The negation. What is missing stays missing: nothing follows from its absence."""
    match term:
        case Constant(value):
            return NEVER if value else ALWAYS
        case Missing():
            return term
        case Not(inner):
            return inner
        case All(terms):
            return any_of(map(negate, terms))
        case Any(terms):
            return all_of(map(negate, terms))
        case _:
            return Not(term)


def _combine(
    terms: Iterable[Expression], node: type[All | Any], *, neutral: Constant, absorbing: Constant
) -> Expression:
    # Nearly all terms are constants, and this is asked many times for every request.
    open_terms: list[Expression] = []
    for term in terms:
        if term is absorbing:
            return absorbing
        if term is not neutral:
            open_terms.append(term)
    if not open_terms:
        return neutral
    return _combine_open(open_terms, node, neutral=neutral, absorbing=absorbing)


def _combine_open(
    terms: Iterable[Expression], node: type[All | Any], *, neutral: Constant, absorbing: Constant
) -> Expression:
    kept = _flattened(terms, node, absorbing=absorbing)
    if len(kept) <= 1:
        return kept.pop() if kept else neutral
    for _ in range(MOST_ROUNDS):
        if _contradicts(kept):
            return absorbing
        narrowed = _narrowed(kept, node)
        if narrowed == kept:
            break
        kept = _flattened(narrowed, node, absorbing=absorbing)
    kept = _unabsorbed(kept)
    return node(frozenset(kept)) if len(kept) > 1 else kept.pop()


def _flattened(terms: Iterable[Expression], node: type[All | Any], *, absorbing: Constant) -> set[Expression]:
    """The terms, those of nested nodes of the same kind among them; nothing but the absorbing one if it is there."""
    kept: set[Expression] = set()
    for term in terms:
        if isinstance(term, Constant):
            if term == absorbing:
                return {absorbing}
        elif isinstance(term, node):
            kept |= term.terms
        else:
            kept.add(term)
    return kept


def _contradicts(kept: set[Expression]) -> bool:
    """Whether a test and its negation stand side by side: one of them holds. What is missing has no opposite."""
    return any(isinstance(term, Not) and term.term in kept for term in kept)


def _narrowed(kept: set[Expression], node: type[All | Any]) -> set[Expression]:
    """The terms as they are where the tests beside them are settled.

    In a conjunction, what stands beside a test matters only where the test holds; in a disjunction, where it fails.
    """
    literals: set[Expression] = {term for term in kept if isinstance(term, Test | Not)}
    if not 0 < len(literals) < len(kept):
        return kept
    settled = literals if node is All else {negate(term) for term in literals}
    return literals | {_settle(term, settled) for term in kept - literals}


def _settle(term: Expression, settled: set[Expression]) -> Expression:
    """The term where the tests in `settled` are known to hold."""
    match term:
        case All(terms) | Any(terms):
            found = {each: _settle(each, settled) for each in terms}
            if all(before is after for before, after in found.items()):
                # Building it anew at every level would double the work with each.
                return term
            return all_of(found.values()) if isinstance(term, All) else any_of(found.values())
        case Test() | Not():
            if term in settled:
                return ALWAYS
            return NEVER if negate(term) in settled else term
        case _:
            return term


def _unabsorbed(terms: set[Expression]) -> set[Expression]:
    """The terms without those that say no more than a shorter one: `a or (a and b)` is `a`."""
    if not 1 < len(terms) <= MOST_ABSORBED:
        return terms
    parts = {term: term.terms if isinstance(term, All | Any) else frozenset({term}) for term in terms}
    return {term for term, own in parts.items() if not any(other < own for other in parts.values())}


def answered(term: Expression, answer: Callable[[Condition], Expression]) -> Expression:
    """The expression with an answer in place of each test; one that is the test again leaves it open."""
    match term:
        case Test(condition):
            return answer(condition)
        case Not(inner):
            return negate(answered(inner, answer))
        case All(terms):
            return all_of([answered(each, answer) for each in terms])
        case Any(terms):
            return any_of([answered(each, answer) for each in terms])
        case _:
            return term


def certainty(term: Expression) -> Certainty | None:
    """How sure: CERTAIN, CONDITIONAL (holds for some request), UNKNOWN (hangs on what is missing), None for NEVER."""
    known = without_missing(term)
    if known == ALWAYS:
        return Certainty.CERTAIN
    if known != NEVER:
        return Certainty.CONDITIONAL
    return None if term == NEVER else Certainty.UNKNOWN


def without_missing(term: Expression) -> Expression:
    """What holds even if everything that is missing turns out against the caller."""
    match term:
        case Missing():
            return NEVER
        case All(terms):
            return all_of(map(without_missing, terms))
        case Any(terms):
            return any_of(map(without_missing, terms))
        case _:
            return term


def tests(term: Expression) -> tuple[tuple[Condition, bool], ...]:
    """Every condition once, sorted by key, with True where it must not hold (it stands in a Deny)."""
    found: set[tuple[Condition, bool]] = set()
    for leaf in _leaves(term):
        match leaf:
            case Test(condition):
                found.add((condition, False))
            case Not(Test(condition)):
                found.add((condition, True))
    return tuple(sorted(found, key=_reading_order))


def _reading_order(found: tuple[Condition, bool]) -> tuple[str, str, tuple[str, ...], bool]:
    condition, negated = found
    return condition.key, condition.operator, condition.values, negated


def reasons(term: Expression) -> tuple[str, ...]:
    """What is missing, in words, each once, sorted."""
    return tuple(sorted({leaf.reason for leaf in _leaves(term) if isinstance(leaf, Missing)}))


def _leaves(term: Expression) -> Iterator[Expression]:
    match term:
        case All(terms) | Any(terms):
            for each in terms:
                yield from _leaves(each)
        case _:
            yield term
