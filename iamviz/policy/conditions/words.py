"""Conditions in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iamviz.policy.expression import Condition
from iamviz.policy.operators import POLICY_VARIABLE_SPARES, VARIABLE_OPERATORS, Operator, parse_operator

MOST_VALUES = 4
LONGEST = 120

_VERBS: Mapping[str, str] = {
    "StringEquals": "is",
    "StringEqualsIgnoreCase": "is (in any case)",
    "StringLike": "is like",
    "ArnEquals": "is like",
    "ArnLike": "is like",
    "NumericEquals": "is",
    "NumericLessThan": "is less than",
    "NumericLessThanEquals": "is at most",
    "NumericGreaterThan": "is more than",
    "NumericGreaterThanEquals": "is at least",
    "DateEquals": "is",
    "DateLessThan": "is before",
    "DateLessThanEquals": "is at latest",
    "DateGreaterThan": "is after",
    "DateGreaterThanEquals": "is at earliest",
    "Bool": "is",
    "BinaryEquals": "is",
    "IpAddress": "is in",
}


def in_words(condition: Condition, *, negated: bool = False) -> str:
    """One entry of a Condition element: "sts:ExternalId is x". `negated`: it must not hold."""
    if condition.operator in VARIABLE_OPERATORS:
        return _of_variable(condition, negated=negated)
    operator = parse_operator(condition.operator)
    values = listed([_short(value) or "empty" for value in condition.values], "or", most=MOST_VALUES)
    if operator is None:
        holds = "does not hold" if negated else "holds"
        return f"{condition.operator} {holds} for {condition.key} and {values}"
    if operator.name == "Null":
        return f"{condition.key} is {_presence(condition, operator, negated=negated)}"
    subject = _subject(condition.key, operator, negated=negated)
    return f"{subject} {values or 'nothing'}{_or_absent(operator, negated=negated)}"


_PRESENCE: Mapping[tuple[bool, bool], str] = {
    (True, False): "present",
    (False, True): "absent",
    (True, True): "present or absent (always true)",
    (False, False): "neither present nor absent (never true)",
}
"""By whether Null holds for a key that is there, and for one that is not."""


def _presence(condition: Condition, operator: Operator, *, negated: bool) -> str:
    """One value that fits is enough. A set operator says itself what it makes of an absent key."""
    asked = {value.lower() for value in condition.values}
    absent = "true" in asked if operator.set_prefix is None else operator.set_prefix == "ForAllValues"
    return _PRESENCE[("false" in asked) != negated, absent != negated]


def _of_variable(condition: Condition, *, negated: bool) -> str:
    hits = (condition.operator == POLICY_VARIABLE_SPARES) == negated
    verb = "covers" if hits else "leaves out"
    return f"{_short(condition.values[0])} {verb} the resource, with the request's {condition.key}"


def _subject(key: str, operator: Operator, *, negated: bool) -> str:
    """The key and the verb. That each value is not so, is said of none."""
    is_so = operator.negated == negated
    verb = _VERBS[operator.positive]
    denied = f"is not{verb.removeprefix('is')}"
    if operator.set_prefix is None:
        present = f"{key} is present and" if negated and operator.if_exists and not operator.negated else key
        return f"{present} {verb if is_so else denied}"
    if (operator.set_prefix == "ForAnyValue") != negated:
        return f"one of {key} {verb if is_so else denied}"
    return f"{'each' if is_so else 'none'} of {key} {verb}"


def _or_absent(operator: Operator, *, negated: bool) -> str:
    return " or absent" if operator.if_exists and operator.set_prefix is None and not negated else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def listed(parts: Sequence[str], word: str, *, most: int) -> str:
    """One part as it is; several with commas and `word`; more than `most` with the number of those left out."""
    shown = list(parts) if len(parts) <= most else [*parts[: most - 1], f"{len(parts) - most + 1} more"]
    if len(shown) < 2:  # noqa: PLR2004  # one needs no comma
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}"
