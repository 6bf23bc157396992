"""Which actions a statement covers."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.policy.document import Statement
from iamviz.policy.glob import compile_glob

_EVERYTHING = ("*", "*:*")


def matches_action(patterns: Iterable[str], action: str) -> bool:
    """Whether one of the patterns matches the action, e.g. "sts:AssumeRole".

    Case does not count; wildcards only behind the colon, but for a lone `*` and `*:*`. A pattern with a space or a
    comma around it never matches. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    service, _, name = action.lower().partition(":")
    return any(_matches(pattern, service, name) for pattern in patterns)


def _matches(pattern: str, service: str, name: str) -> bool:
    if pattern in _EVERYTHING:
        return True
    written, colon, rest = pattern.partition(":")
    if not colon or written.lower() != service:
        return False
    rest = rest.lower()
    return rest == name or (("*" in rest or "?" in rest) and compile_glob(rest).matches(name))


def covers_action(statement: Statement, action: str) -> bool:
    """Whether the statement speaks of the action, by Action or by NotAction."""
    if statement.actions is not None:
        return matches_action(statement.actions, action)
    return statement.not_actions is not None and not matches_action(statement.not_actions, action)
