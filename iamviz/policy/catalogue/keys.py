"""Condition keys: how AWS spells them, and which hold several values. A part of some keys is the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

_VARIABLE = re.compile(r"\$\{.*\}")
_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}
"""Tag keys hold any letters, and `str.lower` makes some of them two."""
_HEAD_ENDS = re.compile(r"[/:.-]")


@dataclass(frozen=True, slots=True)
class _Known:
    """A key, or what stands before and after its part that varies."""

    head: str
    tail: str = ""
    multivalued: bool = False


class Keys:
    """Looks keys up in any case."""

    def __init__(self, keys: Iterable[str], multivalued: Iterable[str]) -> None:
        several = frozenset(multivalued)
        self._exact: dict[str, _Known] = {}
        self._by_head: dict[str, list[_Known]] = {}
        for key in keys:
            head, *tail = _VARIABLE.split(key, maxsplit=1)
            known = _Known(head, "".join(tail), key in several)
            if tail:
                self._by_head.setdefault(head.lower(), []).append(known)
            else:
                self._exact[key.lower()] = known
        self._longest = max(map(len, self._by_head), default=0)

    def casing(self, key: str) -> str:
        """The key as AWS spells it, with the user's own part as it is. A key that AWS does not list stays as it is."""
        known = self._find(key)
        if known is None:
            return key
        return known.head + key[len(known.head) : len(key) - len(known.tail)] + known.tail

    def is_multivalued(self, key: str) -> bool:
        """Whether a request may bring several values under the key."""
        known = self._find(key)
        return known is not None and known.multivalued

    def _find(self, key: str) -> _Known | None:
        """Uploads choose the key: only as much of it is looked at as a known head is long."""
        lower = key.translate(_LOWER)
        return self._exact.get(lower) or self._find_by_head(lower)

    def _find_by_head(self, lower: str) -> _Known | None:
        ends = [match.end() for match in _HEAD_ENDS.finditer(lower, 0, self._longest)]
        for end in reversed(ends):
            for known in self._by_head.get(lower[:end], ()):
                if len(lower) > end + len(known.tail) and lower.endswith(known.tail.lower()):
                    return known
        return None
