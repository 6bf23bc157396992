"""A condition made ready for many requests: lists, IfExists, negation and absent keys, the same for all operators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions.comparisons import COMPARISONS, Comparison, Fixed, Matcher, literal
from iamviz.policy.conditions.context import Context
from iamviz.policy.expression import Condition
from iamviz.policy.glob import Glob, Token, compile_glob, compile_tokens, tokens_of
from iamviz.policy.operators import Operator, parse_operator
from iamviz.policy.variables import Variable, VariablePattern, any_text, has_variables, parse_variables

_LONGEST_KEPT = 4_096

Keys = tuple[str, ...]
Outcome = bool | Keys
"""Whether a condition holds; where that is not known, the keys on which it hangs, as written."""


@dataclass(frozen=True, slots=True)
class _Hanging:
    """A value with variables that nobody knows: what it could match, and their keys."""

    possible: Glob
    keys: Keys


_Ready = Matcher | _Hanging


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The operator and the values of a condition; those with policy variables wait for a context."""

    operator: Operator
    comparison: Comparison
    values: tuple[str, ...]
    patterns: tuple[Matcher | VariablePattern, ...]
    when_absent: bool

    def outcome(self, key: str, context: Context) -> Outcome:
        """Whether the condition on this key holds for a request."""
        ready = [self._ready(pattern, context) for pattern in self.patterns]
        if not context.knows(key):
            beginning = context.beginnings.get(key.casefold())
            if beginning is not None:
                return self._while_begun(key, beginning, ready)
            return self._while_unknown(key, ready, is_list=context.is_list(key))
        values = context.get(key)
        if not values:
            return self.when_absent
        if self._refuses_lists and context.is_list(key):
            return False
        found = [self._of_value(value, ready) for value in values]
        return _each(found) if self.operator.set_prefix == "ForAllValues" else _some(found)

    @property
    def _refuses_lists(self) -> bool:
        return self.operator.set_prefix is None and self.operator.name != "Null"

    def _ready(self, pattern: Matcher | VariablePattern, context: Context) -> _Ready:
        if not isinstance(pattern, VariablePattern):
            return pattern
        pieces = pattern.resolve(context.variables)
        if pieces is None:
            return Fixed.NOTHING
        keys = tuple(piece.key for piece in pieces if isinstance(piece, Variable))
        if not keys:
            return self.comparison.matcher([piece for piece in pieces if not isinstance(piece, Variable)])
        if not self.comparison.has_wildcards:
            pieces = [piece if isinstance(piece, Variable) else literal([piece]) for piece in pieces]
        return _Hanging(compile_tokens(any_text(pieces), ignore_case=self.comparison.ignore_case), keys)

    def _of_value(self, value: str, ready: Iterable[_Ready]) -> Outcome:
        """Whether one value of the request satisfies: it matches some, or for a negated operator none, of ours."""
        negated = self.operator.negated
        hanging: Keys = ()
        for each in ready:
            found = _compare(each, value)
            if isinstance(found, tuple):
                hanging += found
            elif found or (negated and found is None):
                return not negated
        return hanging or negated

    def _while_begun(self, key: str, beginning: str, ready: Sequence[_Ready]) -> Outcome:
        """Of a key that is there, whatever follows the beginning of its value."""
        pairs = zip(self.values, ready, strict=True)
        return self._of_value(beginning, [_begun(self.operator, *pair, beginning, key) for pair in pairs])

    def _while_unknown(self, key: str, ready: Sequence[_Ready], *, is_list: bool) -> Outcome:
        """A key is named only where it can change the result: its mere presence may decide, or nothing may."""
        when_present = False if self._refuses_lists and is_list else self._whatever_the_value(ready)
        if when_present is None:
            return (key, *(name for each in ready if isinstance(each, _Hanging) for name in each.keys))
        may_be_refused = when_present and self._refuses_lists and catalogue().is_multivalued(key)
        return (key,) if may_be_refused or when_present != self.when_absent else when_present

    def _whatever_the_value(self, ready: Sequence[_Ready]) -> bool | None:
        """What a condition says of every value alike; None where it tells them apart."""
        negated = self.operator.negated
        if Fixed.EVERYTHING in ready:
            return not negated
        if negated and Fixed.GARBAGE in ready:
            return False
        return negated if all(isinstance(each, Fixed) for each in ready) else None


def _compare(ready: _Ready, value: str) -> bool | Keys | None:
    if isinstance(ready, _Hanging):
        return ready.keys if ready.possible.matches(value) else False
    if isinstance(ready, Fixed):
        return None if ready is Fixed.GARBAGE else ready is Fixed.EVERYTHING
    return ready(value)


_ANYTHING = compile_glob("*")
_WHATEVER = (2 * "\x00", 100 * "\x00")
"""Rests of a value that no policy writes out: what matches both has a `*` there."""


def _begun(operator: Operator, value: str, ready: _Ready, beginning: str, key: str) -> _Ready:
    """A policy's value as what it says of all that begin so: it matches each, or none, or that hangs on the rest."""
    if isinstance(ready, Fixed):
        return ready
    if isinstance(ready, _Hanging):
        return _Hanging(_ANYTHING, (key, *ready.keys))
    if operator.positive not in _TEXTS:
        return _Hanging(_ANYTHING, (key,))
    if all(ready(beginning + rest) for rest in _WHATEVER):
        return Fixed.EVERYTHING
    return _Hanging(_ANYTHING, (key,)) if _may_begin(operator, value, beginning) else Fixed.NOTHING


def _may_begin(operator: Operator, value: str, beginning: str) -> bool:
    if operator.positive == "StringEqualsIgnoreCase":
        value, beginning = value.casefold(), beginning.casefold()
    if "${" in value:
        return True
    if operator.positive != "StringLike" or not any(mark in value for mark in "*?"):
        return value.startswith(beginning) and _REST.fullmatch(value, len(beginning)) is not None
    head = value[: min(at for mark in "*?" if (at := value.find(mark)) >= 0)]
    return head.startswith(beginning) or beginning.startswith(head)


_REST = re.compile(r"[A-Za-z0-9_+=,.@:-]+")
"""Of an id: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (RoleSessionName)."""
_TEXTS = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringLike"})


def _each(found: Sequence[Outcome]) -> Outcome:
    return False if False in found else _hanging(found) or True


def _some(found: Sequence[Outcome]) -> Outcome:
    return True if True in found else _hanging(found) or False


def _hanging(found: Iterable[Outcome]) -> Keys:
    return tuple(key for each in found if isinstance(each, tuple) for key in each)


def compiled(condition: Condition, version: str) -> Compiled | None:
    """The condition of a document of this version; None where AWS knows no such operator."""
    # A long list is an upload's way to fill the memory.
    make = _remembered if sum(map(len, condition.values)) <= _LONGEST_KEPT else _compile
    return make(condition.operator, condition.values, version)


def _compile(operator: str, values: tuple[str, ...], version: str) -> Compiled | None:
    parsed = parse_operator(operator)
    if parsed is None:
        return None
    comparison = COMPARISONS[parsed.positive]
    patterns = tuple(_pattern(value, comparison, version) for value in values)
    return Compiled(parsed, comparison, values, patterns, _when_absent(parsed, values))


def _pattern(value: str, comparison: Comparison, version: str) -> Matcher | VariablePattern:
    if comparison.takes_variables and has_variables(value, version):
        return parse_variables(value)
    tokens: list[Token] = tokens_of(value)
    return comparison.matcher(tokens)


def _when_absent(operator: Operator, values: Iterable[str]) -> bool:
    if operator.set_prefix is not None:
        return operator.set_prefix == "ForAllValues"
    if operator.name == "Null":
        return any(value.lower() == "true" for value in values)
    return operator.if_exists or operator.negated


# Pure, so remembering changes nothing but time: the same policies meet many requests.
_remembered = lru_cache(maxsize=4_096)(_compile)
