"""The table of condition operators: how one value of a policy compares with one value of a request.

Negation, lists, IfExists and absent keys are not in it: they are the same for all and stand in compiled.py.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from iamviz.policy.arn import FIELDS
from iamviz.policy.conditions.readings import address, moment, network, number
from iamviz.policy.glob import Token, Wildcard, compile_tokens


class Fixed(Enum):
    """What a policy's value decides whatever the request's is."""

    NOTHING = "it matches no value"
    EVERYTHING = "it matches every value"
    GARBAGE = "it cannot be read: no comparison with it holds, a negated one neither"


Matcher = Callable[[str], bool | None] | Fixed
"""Whether a value of the request matches; None where it cannot be read, so that the negation does not hold either."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an operator reads a policy's value, which comes as literal pieces and wildcards.

    `has_wildcards`: a `*` means any text; elsewhere it is a character like others.
    """

    matcher: Callable[[Sequence[Token]], Matcher]
    takes_variables: bool = False
    has_wildcards: bool = False
    ignore_case: bool = False


def literal(tokens: Sequence[Token]) -> str:
    """The pieces as the text that was written."""
    return "".join(token if isinstance(token, str) else token.value for token in tokens)


def _string(tokens: Sequence[Token]) -> Matcher:
    return literal(tokens).__eq__


def _string_ignoring_case(tokens: Sequence[Token]) -> Matcher:
    folded = literal(tokens).casefold()
    return lambda value: value.casefold() == folded


def _like(tokens: Sequence[Token]) -> Matcher:
    if tokens and all(token is Wildcard.ANY for token in tokens):
        return Fixed.EVERYTHING
    return compile_tokens(tokens).matches


def _arn(tokens: Sequence[Token]) -> Matcher:
    fields = _fields(tokens)
    if len(fields) != FIELDS:
        return Fixed.NOTHING
    globs = [compile_tokens(field) for field in fields]

    def matches(value: str) -> bool:
        parts = value.split(":", FIELDS - 1)
        return len(parts) == FIELDS and all(glob.matches(part) for glob, part in zip(globs, parts, strict=True))

    return matches


def _fields(tokens: Sequence[Token]) -> list[list[Token]]:
    """The pieces of each field of an ARN; behind the fifth colon they are not taken apart."""
    fields: list[list[Token]] = [[]]
    for token in tokens:
        if isinstance(token, str):
            first, *others = token.split(":", FIELDS - len(fields))
            fields[-1].append(first)
            fields += ([each] for each in others)
        else:
            fields[-1].append(token)
    return fields


def _bool(tokens: Sequence[Token]) -> Matcher:
    wanted = literal(tokens).lower()
    return (lambda value: value.lower() == wanted) if wanted in ("true", "false") else Fixed.NOTHING


def _null(tokens: Sequence[Token]) -> Matcher:
    """For a value that is there: it is what "false" asks for."""
    return Fixed.EVERYTHING if literal(tokens).lower() == "false" else Fixed.NOTHING


def _ip_address(tokens: Sequence[Token]) -> Matcher:
    block = network(literal(tokens))
    if block is None:
        return Fixed.GARBAGE

    def matches(value: str) -> bool | None:
        found = address(value)
        return None if found is None else found in block

    return matches


def _ordered(
    read: Callable[[str], Decimal | None], compare: Callable[[Decimal, Decimal], bool]
) -> Callable[[Sequence[Token]], Matcher]:
    def matcher(tokens: Sequence[Token]) -> Matcher:
        bound = read(literal(tokens))
        if bound is None:
            return Fixed.GARBAGE

        def matches(value: str) -> bool | None:
            found = read(value)
            return None if found is None else compare(found, bound)

        return matches

    return matcher


def _family(name: str, read: Callable[[str], Decimal | None]) -> dict[str, Comparison]:
    orders = {
        "Equals": operator.eq,
        "LessThan": operator.lt,
        "LessThanEquals": operator.le,
        "GreaterThan": operator.gt,
        "GreaterThanEquals": operator.ge,
    }
    return {f"{name}{order}": Comparison(_ordered(read, compare)) for order, compare in orders.items()}


COMPARISONS: Mapping[str, Comparison] = {
    "StringEquals": Comparison(_string, takes_variables=True),
    "StringEqualsIgnoreCase": Comparison(_string_ignoring_case, takes_variables=True, ignore_case=True),
    "StringLike": Comparison(_like, takes_variables=True, has_wildcards=True),
    "ArnEquals": Comparison(_arn, takes_variables=True, has_wildcards=True),
    "ArnLike": Comparison(_arn, takes_variables=True, has_wildcards=True),
    "Bool": Comparison(_bool),
    "BinaryEquals": Comparison(_string),
    "IpAddress": Comparison(_ip_address),
    "Null": Comparison(_null),
    **_family("Numeric", number),
    **_family("Date", moment),
}
"""The operators that negate none, by name."""
