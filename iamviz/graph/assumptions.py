"""What a question takes as known of the requests along a walk, and the graph as it is where that is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from iamviz.policy.conditions import context_of, decide_under
from iamviz.policy.expression import Condition, Expression, any_of, tests
from iamviz.policy.operators import VARIABLE_OPERATORS, parse_operator
from iamviz.policy.principal import CALLER_SESSION, SESSION_NAME

Value = str | tuple[str, ...] | None
"""A single value, the values of a key that holds a list, or None: the key is absent."""

Setting = tuple[tuple[str, Value], ...]
"""Keys, casefolded, that have these values together."""

MOST_WORLDS = 64
"""Combinations of what the caller can choose from. Beyond, an edge stays as it is stored: conditional, if it was."""

_ELSEWHERE = "a text that no policy holds: \x00"
_MFA, _MFA_AGE, _EXTERNAL_ID = "aws:multifactorauthpresent", "aws:multifactorauthage", "sts:externalid"
_ORGANIZATION, _ORGANIZATION_PATHS = "aws:principalorgid", "aws:principalorgpaths"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`choices` are settings that the caller picks one of each from, for every request anew.

    `suited` are keys, casefolded, of which the caller has whatever value a policy asks for.
    """

    choices: tuple[tuple[Setting, ...], ...] = ()
    suited: frozenset[str] = frozenset()

    def __add__(self, other: Assumptions) -> Assumptions:
        return Assumptions((*self.choices, *other.choices), self.suited | other.suited)


NOTHING_ASSUMED = Assumptions()


def assume_mfa(*, present: bool) -> Assumptions:
    """Whether the caller can sign in with MFA; who can may leave it out, and use keys that never carry it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: the key is absent with
    long-term credentials and "false" in a session that began without MFA.
    """
    without: tuple[Setting, ...] = (((_MFA, None), (_MFA_AGE, None)), ((_MFA, "false"), (_MFA_AGE, None)))
    just_now: Setting = ((_MFA, "true"), (_MFA_AGE, "0"))
    return Assumptions(((just_now, *without) if present else without,))


def assume_external_id(value: str | None) -> Assumptions:
    """The ExternalId that the caller sends; None: it knows none, and sends nothing or a guess that is wrong."""
    return assume_one_of(_EXTERNAL_ID, value) if value is not None else assume_one_of(_EXTERNAL_ID, None, _ELSEWHERE)


def assume_external_ids_known() -> Assumptions:
    """The caller knows every ExternalId that it is asked for."""
    return Assumptions(suited=frozenset({_EXTERNAL_ID}))


def assume_member(*, inside: bool) -> Assumptions:
    """Whether callers of whom nobody knows it belong to the organization that a policy names."""
    if inside:
        return Assumptions(suited=frozenset({_ORGANIZATION}))
    nowhere: Setting = ((_ORGANIZATION, None), (_ORGANIZATION_PATHS, None))
    elsewhere: Setting = ((_ORGANIZATION, _ELSEWHERE), (_ORGANIZATION_PATHS, (_ELSEWHERE,)))
    return Assumptions(((nowhere, elsewhere),))


def assume_session_tags(tags: Mapping[str, str]) -> Assumptions:
    """The session tags that are passed, and that the session then has.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    passed = {f"aws:RequestTag/{name}": value for name, value in tags.items()}
    own = {f"aws:PrincipalTag/{name}": value for name, value in tags.items()}
    return assume_keys({**passed, **own, "aws:TagKeys": tuple(tags)})


def assume_keys(values: Mapping[str, Value]) -> Assumptions:
    """Each of the keys, in any case, has just this value."""
    found = Assumptions()
    for key, value in values.items():
        found += assume_one_of(key, value)
        if key.casefold() == SESSION_NAME.casefold():
            # Of a way it is said for all sessions along it: those that call, and those that are asked for.
            found += assume_one_of(CALLER_SESSION, value)
    return found


def assume_one_of(key: str, *values: Value) -> Assumptions:
    return Assumptions((tuple(((key.casefold(), value),) for value in values),))


def decide(expression: Expression, assumptions: Assumptions, resource: str | None = None) -> Expression:
    """What the expression comes to: it holds where it does for one of the settings that the caller can choose.

    `resource` is the ARN that is asked for, None where it cannot be told.
    """
    conditions = [condition for condition, _ in tests(expression)]
    choices = [choice for choice in _all_choices(conditions, assumptions) if _matters(choice, conditions)]
    if not choices or prod(map(len, choices)) > MOST_WORLDS:
        return expression
    worlds = (context_of(_merged(settings), complete=False) for settings in product(*choices))
    return any_of([decide_under(expression, world, resource=resource) for world in worlds])


def asks_for_resource(expression: Expression) -> bool:
    """Whether a test of the expression can be settled only for a certain resource."""
    return any(condition.operator in VARIABLE_OPERATORS for condition, _ in tests(expression))


def _all_choices(conditions: Sequence[Condition], assumptions: Assumptions) -> Iterator[tuple[Setting, ...]]:
    yield from assumptions.choices
    for key in sorted(assumptions.suited):
        asked = (each for condition in conditions if condition.key.casefold() == key for each in _suiting(condition))
        yield tuple(((key, value),) for value in dict.fromkeys((*asked, _ELSEWHERE, None)))


def _suiting(condition: Condition) -> Iterator[str]:
    """A value that each value of the condition matches."""
    operator = parse_operator(condition.operator)
    has_wildcards = operator is not None and operator.positive in {"StringLike", "ArnLike", "ArnEquals"}
    for value in condition.values:
        yield value.replace("*", "").replace("?", "x") if has_wildcards else value


def _matters(choice: tuple[Setting, ...], conditions: Iterable[Condition]) -> bool:
    """Whether a condition tests one of the keys, or has it as a variable in a value."""
    keys = {key for setting in choice for key, _ in setting}
    return any(
        condition.key.casefold() in keys or any(key in value.casefold() for key in keys for value in condition.values)
        for condition in conditions
    )


def _merged(settings: Iterable[Setting]) -> dict[str, Value]:
    return {key: value for setting in settings for key, value in setting}
