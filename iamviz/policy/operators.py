"""The condition operators that AWS knows, as a table. What they decide is not evaluated here."""

from __future__ import annotations

from dataclasses import dataclass

OPERATORS = frozenset(
    {
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnNotEquals",
        "ArnLike",
        "ArnNotLike",
        "Null",
    }
)
"""November 2026.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

POLICY_VARIABLE = "PolicyVariable"
"""Not AWS's: the operator of a test that stands for a policy variable whose value nobody knows yet."""

_CANONICAL = {operator.lower(): operator for operator in OPERATORS}
_SET_PREFIXES = {"forallvalues": "ForAllValues", "foranyvalue": "ForAnyValue"}
_IF_EXISTS = "ifexists"


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator taken apart: `ForAnyValue:StringLikeIfExists` is StringLike, ForAnyValue, if_exists."""

    name: str
    set_prefix: str | None = None
    if_exists: bool = False


def parse_operator(text: str) -> Operator | None:
    """The operator, in whatever case it is written; None where AWS knows no such operator."""
    prefix, colon, rest = text.lower().rpartition(":")
    set_prefix = _SET_PREFIXES.get(prefix)
    if colon and set_prefix is None:
        return None
    base = rest.removesuffix(_IF_EXISTS)
    name = _CANONICAL.get(base)
    if_exists = base != rest
    if name is None or (if_exists and name == "Null"):
        return None
    return Operator(name, set_prefix, if_exists)
