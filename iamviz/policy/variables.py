"""Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` and the literal `${*}`, `${?}`, `${$}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iamviz.policy.document import OLD_VERSION
from iamviz.policy.glob import Glob, Token, Wildcard, compile_tokens, tokens_of

Values = Mapping[str, str | None]
"""What is known of a caller: casefolded key -> value, or None where it is known that the key is absent.

A key that is not in it is unknown, but for those that a family with None (`EVERY_OTHER_TAG`) or `EVERY_OTHER_KEY`
speaks of.
"""

EVERY_OTHER_TAG = "aws:principaltag/*"
"""As a key with None: the caller has no tags but those that are given."""
EVERY_OTHER_KEY = "*"
"""As a key with None: there are no keys at all but those that are given."""

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_DEFAULT = re.compile(r"\s*([^,']*?)\s*,\s*'([^']*)'\s*")
_LITERALS = ("*", "?", "$")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a pattern; `key` as it is written."""

    key: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Substituted:
    """A pattern with the values put in.

    `glob` is None where a variable has no value: such a pattern matches nothing. `unknown` are the keys that nobody
    knows yet, as written; the glob then has a `*` in their places, so it matches all that could be meant.
    """

    glob: Glob | None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariablePattern:
    """A pattern taken apart into literal text, wildcards and variables."""

    pieces: tuple[Token | Variable, ...]

    def substitute(self, values: Values) -> Substituted:
        """The pattern for a caller. A value is literal: its `*` is no wildcard."""
        pieces = self.resolve(values)
        if pieces is None:
            return Substituted(None)
        unknown = dict.fromkeys(piece.key for piece in pieces if isinstance(piece, Variable))
        return Substituted(compile_tokens(any_text(pieces)), tuple(unknown))

    def resolve(self, values: Values) -> list[Token | Variable] | None:
        """The pieces with the known values put in; None where a variable is known to have none."""
        resolved: list[Token | Variable] = []
        for piece in self.pieces:
            if not isinstance(piece, Variable) or not is_known(piece.key, values):
                resolved.append(piece)
                continue
            value = values.get(piece.key.casefold())
            value = piece.default if value is None else value
            if value is None:
                return None
            resolved.append(value)
        return resolved


def any_text(pieces: Iterable[Token | Variable]) -> list[Token]:
    """The pieces with a `*` for each variable that is left: they match all that could be meant."""
    return [Wildcard.ANY if isinstance(piece, Variable) else piece for piece in pieces]


def has_variables(pattern: str, version: str) -> bool:
    """Whether `${` means anything in the pattern: it is plain text under the old version."""
    return version != OLD_VERSION and "${" in pattern


def parse_variables(pattern: str) -> VariablePattern:
    """The pattern of a document whose version has variables."""
    pieces: list[Token | Variable] = []
    # Splitting by a pattern with one group gives text and variables in turn.
    for number, part in enumerate(_VARIABLE.split(pattern)):
        if number % 2 == 0:
            pieces += tokens_of(part)
        else:
            pieces.append(part if part in _LITERALS else _variable(part))
    return VariablePattern(tuple(pieces))


def _variable(text: str) -> Variable:
    with_default = _DEFAULT.fullmatch(text)
    if with_default is not None:
        return Variable(with_default[1], with_default[2])
    return Variable(text.strip())


def is_known(key: str, values: Mapping[str, object]) -> bool:
    """Whether the key's value, or its absence, is known; in any case."""
    folded = key.casefold()
    if folded in values or EVERY_OTHER_KEY in values:
        return True
    family, slash, _ = folded.partition("/")
    return bool(slash) and f"{family}/*" in values
