"""What one IAM pattern says of another, on the safe side: that it covers it, or is apart, is never said wrongly."""

from __future__ import annotations

from itertools import takewhile

from iamviz.policy.glob import compile_glob

WILDCARDS = "*?"


def is_literal(pattern: str) -> bool:
    """Whether it stands for one text: no wildcard and no policy variable."""
    return "${" not in pattern and not any(mark in pattern for mark in WILDCARDS)


def is_anything(pattern: str) -> bool:
    """Whether every text matches: nothing but wildcards, a `*` among them."""
    return "*" in pattern and not pattern.strip(WILDCARDS)


def covers(wider: str, narrower: str) -> bool:
    """Whether whatever matches the narrower matches the wider."""
    if wider == narrower:
        return True
    if "?" in wider and "*" in narrower:
        # A `?` would take the `*` for one character.
        return False
    return compile_glob(wider).matches(narrower)


def overlaps(one: str, other: str) -> bool:
    """Whether a text may match both: their beginnings and their ends agree as far as they are told."""
    if is_literal(one) and is_literal(other):
        return one == other
    if is_literal(other):
        one, other = other, one
    if is_literal(one):
        return covers(other, one)
    return _agree(_head(one), _head(other)) and _agree(_head(one[::-1]), _head(other[::-1]))


def meet(one: str, other: str) -> str | None:
    """The narrower of two patterns, None where nothing matches both; of two that overlap, the one that begins longer.

    A subject begins with whom it belongs to.
    """
    if covers(other, one):
        return one
    if covers(one, other):
        return other
    return max(one, other, key=lambda pattern: (len(_head(pattern)), pattern)) if overlaps(one, other) else None


def common_pattern(patterns: list[str]) -> str:
    """One pattern that covers them all: what they begin with."""
    first, last = min(patterns), max(patterns)
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(_head(first), _head(last), strict=False))
    return "".join(letter for letter, _ in shared) + "*"


def _head(pattern: str) -> str:
    """The text before the first wildcard."""
    return "".join(takewhile(lambda letter: letter not in WILDCARDS, pattern))


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
