"""Which actions a statement covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iamviz.policy.document import Statement
from iamviz.policy.glob import Glob, compile_glob

_EVERYTHING = ("*", "*:*")
_FEW = 8
"""Patterns that are tried faster than an index of them is made."""
_NOTHING: frozenset[int] = frozenset()


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


class ActionIndex:
    """Which statements cover an action: found by the action's name where there are too many to try each."""

    __slots__ = ("_globs", "_named", "_others", "_statements")

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = tuple(statements)
        self._named: dict[str, set[int]] = {}
        self._globs: dict[str, list[tuple[Glob, int]]] = {}
        self._others: list[int] = []
        """By place: statements that are tried one by one."""
        if sum(len(each.actions or each.not_actions or ()) for each in statements) > _FEW:
            for place, statement in enumerate(statements):
                self._add(place, statement)
        else:
            self._others.extend(range(len(statements)))

    def _add(self, place: int, statement: Statement) -> None:
        if statement.actions is None or any(pattern in _EVERYTHING for pattern in statement.actions):
            self._others.append(place)
            return
        for pattern in statement.actions:
            service, colon, rest = pattern.lower().partition(":")
            if not colon:
                continue
            if "*" in rest or "?" in rest:
                self._globs.setdefault(service, []).append((compile_glob(rest), place))
            else:
                self._named.setdefault(pattern.lower(), set()).add(place)

    def covering(self, action: str) -> list[Statement]:
        """The statements that speak of the action, by Action or by NotAction, in their order."""
        lower = action.lower()
        service, _, name = lower.partition(":")
        found = {place for place in self._others if covers_action(self._statements[place], action)}
        found |= self._named.get(lower, _NOTHING)
        found.update(place for glob, place in self._globs.get(service, ()) if place not in found and glob.matches(name))
        return [self._statements[place] for place in sorted(found)]
