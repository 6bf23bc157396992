"""The condition operators that AWS knows, taken apart. What they decide is in conditions/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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
"""Not AWS's: the operator of a test that stands for a policy variable whose value nobody knows yet.

The test holds where the pattern that is its value matches the resource.
"""
POLICY_VARIABLE_SPARES = "PolicyVariableSpares"
"""The same for a pattern of NotResource: the test holds where the pattern can be told, and misses the resource."""
VARIABLE_OPERATORS = (POLICY_VARIABLE, POLICY_VARIABLE_SPARES)

_CANONICAL = {operator.lower(): operator for operator in OPERATORS}
SetPrefix = Literal["ForAllValues", "ForAnyValue"]

_SET_PREFIXES: Mapping[str, SetPrefix] = {"forallvalues": "ForAllValues", "foranyvalue": "ForAnyValue"}
_IF_EXISTS = "ifexists"


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator taken apart: `ForAnyValue:StringNotLikeIfExists` is StringNotLike, ForAnyValue, if_exists."""

    name: str
    set_prefix: SetPrefix | None = None
    if_exists: bool = False

    @property
    def negated(self) -> bool:
        return "Not" in self.name

    @property
    def positive(self) -> str:
        """The name of the operator that this one negates, or its own."""
        return self.name.replace("Not", "", 1)


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
