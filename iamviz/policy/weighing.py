"""What each layer says of a request: under which conditions it allows, under which it denies, by which statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from iamviz.policy.conditions import holds
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing, all_of, any_of
from iamviz.policy.layers import Clause, Layer, Spoken
from iamviz.policy.principal import Caller, Way, guard_of, match_principal
from iamviz.policy.request import Request
from iamviz.policy.resources import PolicyType, covers_resource


class Weighed(Struct, frozen=True):
    """A clause, and under which conditions it speaks of the request; `way`: how its Principal names the caller."""

    clause: Clause
    term: Expression
    way: Way | None = None


Weighing = list[Weighed]


def allows(layer: Layer, request: Request) -> Weighing:
    """The Allow clauses that may speak of the request, in a layer where Principal means nothing."""
    return _weighed(layer.about(request.action).allows, layer.kind, request)


def denies(layer: Layer, request: Request) -> Weighing:
    """The Deny clauses that may speak of the request, in a layer where Principal means nothing."""
    return _weighed(layer.about(request.action).denies, layer.kind, request)


def allows_caller(layer: Layer, request: Request, caller: Caller) -> Weighing:
    """The Allow clauses that may speak of the request, once for each way in which they name the caller."""
    return _named(layer, request, caller, _allow_clauses)


def denies_caller(layer: Layer, request: Request, caller: Caller) -> Weighing:
    """The Deny clauses that may speak of the request and the caller, in whichever way they name it."""
    return _named(layer, request, caller, _deny_clauses)


def _allow_clauses(spoken: Spoken) -> Sequence[Clause]:
    return spoken.allows


def _deny_clauses(spoken: Spoken) -> Sequence[Clause]:
    return spoken.denies


def passes(layer: Layer, request: Request) -> Expression:
    """Under which conditions a layer where Principal means nothing allows the request."""
    if layer.about(request.action).is_open:
        return ALWAYS
    return any_of([*(each.term for each in allows(layer, request)), *layer.unknown])


def _weighed(clauses: Iterable[Clause], kind: PolicyType, request: Request) -> Weighing:
    found: Weighing = []
    for clause in clauses:
        term = _applies(clause, kind, request)
        if term is not NEVER:
            found.append(Weighed(clause, term))
    return found


def _named(layer: Layer, request: Request, caller: Caller, clauses: Callable[[Spoken], Sequence[Clause]]) -> Weighing:
    found: Weighing = []
    for clause in clauses(layer.about(request.action)):
        statement = clause.statement
        if layer.kind in _NAMELESS and statement.principals is None and statement.not_principals is None:
            ways: Iterable[tuple[Way, Expression]] = ((_ANYONE, ALWAYS),)
        else:
            match = match_principal(statement, caller)
            ways = [(way, match.guard if way.kind == "anyone" else guard_of((way,))) for way in match.ways]
        term = _applies(clause, layer.kind, request) if ways else NEVER
        if term is not NEVER:
            found += [Weighed(clause, term if guard is ALWAYS else all_of((term, guard)), way) for way, guard in ways]
    return found


_ANYONE = Way("anyone")
_NAMELESS = frozenset({"endpoint", "rcp"})
"""Layers that hang on no resource: a statement without Principal speaks of everyone there."""


def _applies(clause: Clause, kind: PolicyType, request: Request) -> Expression:
    """Under which conditions the clause speaks of the request's resource and circumstances."""
    if clause.always:
        return ALWAYS
    context, statement = request.context, clause.statement
    covered: Expression = ALWAYS
    if not clause.everywhere:
        variables = context.variables if clause.substitutes else None
        covered = covers_resource(statement, request.resource, kind, variables=variables, version=clause.version)
        if covered is NEVER or not statement.conditions:
            return covered
    terms = [covered]
    for condition in statement.conditions:
        held = holds(condition, context, version=clause.version)
        if held is NEVER or (isinstance(held, Missing) and not context.keeps_doubt):
            return NEVER
        if held is not ALWAYS:
            terms.append(held)
    return terms[0] if len(terms) == 1 else all_of(terms)
