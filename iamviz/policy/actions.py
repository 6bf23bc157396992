"""Which actions a statement covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iamviz.policy.document import Statement
from iamviz.policy.glob import Glob, compile_glob

_EVERYTHING = ("*", "*:*")
_FEW = 8
"""Patterns that are tried faster than an index of them is made."""
_NOTHING: frozenset[int] = frozenset()


def _any_matches(patterns: Iterable[str], action: str) -> bool:
    # A loop, for this is asked of every statement of every document that is asked once.
    for pattern in patterns:
        lower = pattern.lower()
        if lower == action or lower in _EVERYTHING or (("*" in lower or "?" in lower) and _matches(lower, action)):
            return True
    return False


def _matches(pattern: str, action: str) -> bool:
    """Whether a pattern with wildcards matches; both in lower case."""
    written, _, rest = pattern.partition(":")
    service, _, name = action.partition(":")
    return written == service and compile_glob(rest).matches(name)


def covers_action(statement: Statement, action: str) -> bool:
    """Whether the statement speaks of the action, by Action or by NotAction.

    Case does not count; wildcards only behind the colon, but for a lone `*` and `*:*`. A pattern with a space or a
    comma around it never matches. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    return _covers(statement, action.lower())


def _covers(statement: Statement, action: str) -> bool:
    if statement.actions is not None:
        return _any_matches(statement.actions, action)
    return statement.not_actions is not None and not _any_matches(statement.not_actions, action)


class _Tables:
    """Statements by the actions that they name; `others` are those that are tried one by one. All by place."""

    __slots__ = ("globs", "named", "others")

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.named: dict[str, set[int]] = {}
        self.globs: dict[str, list[tuple[Glob, int]]] = {}
        self.others: list[int] = []
        for place, statement in enumerate(statements):
            self._add(place, statement)

    def _add(self, place: int, statement: Statement) -> None:
        if statement.actions is None or any(pattern in _EVERYTHING for pattern in statement.actions):
            self.others.append(place)
            return
        for pattern in statement.actions:
            service, colon, rest = pattern.lower().partition(":")
            if not colon:
                continue
            if "*" in rest or "?" in rest:
                self.globs.setdefault(service, []).append((compile_glob(rest), place))
            else:
                self.named.setdefault(pattern.lower(), set()).add(place)


class ActionIndex:
    """Which statements cover an action: found by the action's name where there are too many to try each.

    The tables are made when a second action is asked for: most documents that are decided on are asked for one.
    """

    __slots__ = ("_is_asked", "_statements", "_tables")

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = tuple(statements)
        self._is_asked = False
        self._tables: _Tables | None = None

    def covering(self, action: str) -> list[Statement]:
        """The statements that speak of the action, by Action or by NotAction, in their order."""
        lower = action.lower()
        if self._tables is None:
            if not self._is_asked or self._are_few:
                self._is_asked = True
                return [each for each in self._statements if _covers(each, lower)]
            self._tables = _Tables(self._statements)
        tables = self._tables
        service, _, name = lower.partition(":")
        found = {place for place in tables.others if _covers(self._statements[place], lower)}
        found |= tables.named.get(lower, _NOTHING)
        found.update(
            place for glob, place in tables.globs.get(service, ()) if place not in found and glob.matches(name)
        )
        return [self._statements[place] for place in sorted(found)]

    @property
    def _are_few(self) -> bool:
        return sum(len(each.actions or each.not_actions or ()) for each in self._statements) <= _FEW
