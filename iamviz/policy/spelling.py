"""What AWS would not accept inside a well-formed element: reported, never repaired."""

from __future__ import annotations

import re

from iamviz.policy.arn import is_account, parse_arn

UNIQUE_ID = re.compile(r"A[A-Z0-9]{3}[A-Z0-9]{5,124}")
"""AIDA… is a user, AROA… a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""

_EVERYTHING = ("*", "*:*")
_WELL_SPELLED = re.compile(r"[a-zA-Z0-9-]+:[^\s,]+")


def action_problem(pattern: str) -> str | None:
    """Why this action never matches, or None where it is well spelled."""
    if _WELL_SPELLED.fullmatch(pattern) or pattern in _EVERYTHING:
        return None
    if not pattern.strip():
        return "is blank: it never matches"
    if pattern.strip().strip(",") != pattern:
        return f"{pattern!r} begins or ends with a space or a comma: it never matches"
    service, colon, _ = pattern.partition(":")
    if not colon:
        return f"{pattern!r} names no service: it never matches"
    if "*" in service or "?" in service:
        return f"{pattern!r} has a wildcard before the colon: it never matches"
    return None


def resource_problem(pattern: str) -> str | None:
    """Why this resource never matches, or None where it begins as an ARN does."""
    if pattern == "*" or pattern[:4].lower() == "arn:":
        return None
    return f"{pattern!r} is neither * nor an ARN: it never matches"


def principal_problem(kind: str, value: str) -> str | None:
    """Why this principal matches nobody, or None where it is well spelled."""
    if value == "*":
        return None if kind == "AWS" else f"{kind} * is not allowed: it matches nobody"
    if kind != "AWS":
        return None
    if "*" in value or "?" in value:
        return f"{value!r} has a wildcard: a principal takes none but a lone *, so it matches nobody"
    if is_account(value) or parse_arn(value) is not None or UNIQUE_ID.fullmatch(value):
        return None
    return f"{value!r} is no account, ARN or unique id: it matches nobody"
