"""From the conditions of a trust to the subjects that get in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iamviz.graph.subjects.guards import confined
from iamviz.graph.subjects.issuers import Issuer, everyone_words, issuer_of
from iamviz.graph.subjects.patterns import common_pattern, is_anything, is_literal
from iamviz.graph.subjects.pools import COGNITO, pool_subjects
from iamviz.graph.subjects.subject import Claim, Provider, Subject, Width, Words
from iamviz.policy.expression import All, Any, Expression, all_of

MOST_SUBJECTS = 500
"""Of one statement; AWS's limit for a trust policy lets in fewer. More are shown as one with a common beginning."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Who gets in, and who was meant to and cannot: `broken` have a `*` where it is a plain character."""

    admitted: tuple[Subject, ...]
    broken: tuple[Subject, ...] = ()


def subjects_of(provider: Provider, expression: Expression) -> Subjects:
    """The subjects whom the conditions let in, as far as they tell them apart.

    Where nothing guards the subject: all whom the issuer signs in, or all of a tenant that another claim tells.
    """
    told = [_subjects(provider, each) for each in _alternatives(expression)]
    return Subjects(
        tuple(dict.fromkeys(each for found in told for each in found.admitted)),
        tuple(dict.fromkeys(each for found in told for each in found.broken)),
    )


def _alternatives(expression: Expression) -> Sequence[Expression]:
    """Conjunctions any of which suffices, such as the statements of a trust policy; in an order of their own."""
    if isinstance(expression, Any):
        return sorted(expression.terms, key=repr)
    choice = min((term for term in _terms(expression) if isinstance(term, Any)), key=repr, default=None)
    if choice is None:
        return [expression]
    others = [term for term in _terms(expression) if term != choice]
    return sorted((all_of((*others, term)) for term in choice.terms), key=repr)


def _terms(expression: Expression) -> Iterable[Expression]:
    return expression.terms if isinstance(expression, All) else ()


def _subjects(provider: Provider, expression: Expression) -> Subjects:
    if provider.url == COGNITO:
        return Subjects(tuple(pool_subjects(provider, expression)))
    issuer = issuer_of(provider)
    key = provider.key(issuer.subject)
    guard = confined(expression, key)
    if guard is not None:
        broken = tuple(_subject(issuer, provider, key, each) for each in _few(guard.broken))
        return Subjects(tuple(_subject(issuer, provider, key, each) for each in _few(guard.patterns)), broken)
    tenants = tuple(_tenants(issuer, provider, expression))
    return Subjects(tenants or (_subject(issuer, provider, key, "*"),))


def _few(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return patterns if len(patterns) <= MOST_SUBJECTS else (common_pattern(list(patterns)),)


def _subject(issuer: Issuer, provider: Provider, key: str, pattern: str) -> Subject:
    words = everyone_words(issuer, provider) if is_anything(pattern) else issuer.read(pattern, provider)
    label, width = words or Words(f"{pattern} of {provider.name or provider.url}", _width(pattern))
    return Subject(pattern, label, width, (Claim(key, pattern),))


def _width(pattern: str) -> Width:
    return "one" if is_literal(pattern) else "some"


def _tenants(issuer: Issuer, provider: Provider, expression: Expression) -> Iterator[Subject]:
    """The tenants to which the first claim that guards confines; where nobody has such a claim, none."""
    for claim, words in issuer.tenants.items():
        key = provider.key(claim)
        guard = confined(expression, key)
        if guard is None or any(map(is_anything, guard.patterns)):
            continue
        for pattern in _few(guard.patterns):
            yield Subject(f"{claim}={pattern}", words.format(pattern), "tenant", (Claim(key, pattern),))
        return
