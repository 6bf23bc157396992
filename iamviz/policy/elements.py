"""Decoded JSON made regular: element names in any case, one value or a list, numbers where texts belong."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from iamviz.policy.arn import ACCOUNT_DIGITS
from iamviz.policy.problems import LONGEST_PROBLEM, Problems

SCALAR_RULE = "must be a text, a number, true or false"
MOST_BITS = 1_024
"""Of a whole number; Python itself refuses to write out much longer ones."""


class UnreadableDocument(Exception):  # noqa: N818 - it names what the document is, not that something failed
    """A policy document from which nothing can be concluded: `place` says where, `rule` what must hold there."""

    def __init__(self, place: str, rule: str) -> None:
        self.place = place[:LONGEST_PROBLEM]
        self.rule = rule
        super().__init__(f"{self.place}: {rule}" if place else rule)


class Names(Struct, frozen=True):
    """The names that AWS gives elements; `spelled` has them by their lower case."""

    exact: frozenset[str]
    spelled: Mapping[str, str]


def spellings(*names: str) -> Names:
    """The names as they are and in lower case."""
    return Names(frozenset(names), {name.lower(): name for name in names})


def by_name(value: object, names: Names, place: str, problems: Problems | None) -> Mapping[str, object]:
    """The elements of an object under the names that AWS gives them. null counts as absent.

    Unknown ones are reported in `problems`; where that is None they make the document unreadable.
    """
    if not isinstance(value, dict):
        raise UnreadableDocument(place, "must be an object")
    if value.keys() <= names.exact and None not in value.values():
        # Nearly every object, and this is asked for each.
        return value
    return _renamed(value, names, place, problems)


def _renamed(value: Mapping[str, object], names: Names, place: str, problems: Problems | None) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for written, element in value.items():
        name = names.spelled.get(written.lower())
        if name is None:
            _unknown(written, names, place, problems)
        elif name in found:
            raise UnreadableDocument(place, f"{name} is given twice, in two spellings: keep one of them")
        elif element is not None:
            found[name] = element
    return found


def _unknown(written: str, names: Names, place: str, problems: Problems | None) -> None:
    if problems is None:
        raise UnreadableDocument(place, f"{written[:LONGEST_PROBLEM]!r} is none of {', '.join(sorted(names.exact))}")
    meant = problems.meant(written, names.exact)
    problems.add(place, f"{written!r} is no element that AWS knows: ignored{meant}")


def listed(value: object) -> list[object]:
    """A single value as a list of one."""
    return value if isinstance(value, list) else [value]


def strings(value: object) -> tuple[str, ...] | None:
    """A text or a list of texts; None where it is neither."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return None
    for each in value:
        if not isinstance(each, str):
            return None
    return tuple(value)


def as_json_text(value: object, place: str) -> str:
    """A scalar as JSON writes it: true, 10, null; a text is itself."""
    if isinstance(value, str):
        return value
    if value is not None and not isinstance(value, int | float):
        raise UnreadableDocument(place, SCALAR_RULE)
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise UnreadableDocument(place, f"is a number of more than {MOST_BITS:,} bits: write a smaller one")
    return json.dumps(value)


def as_account(value: object, place: str, problems: Problems) -> object:
    """An account id that lost its quotes or leading zeros, made whole again; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    digits = _digits(value)
    if digits is None or (isinstance(value, str) and len(digits) >= ACCOUNT_DIGITS):
        return value
    account = digits.zfill(ACCOUNT_DIGITS)
    problems.add(place, f"the number {digits} is read as account {account}")
    return account


def _digits(value: int | str) -> str | None:
    if isinstance(value, int):
        return str(value) if 0 < value < 10**ACCOUNT_DIGITS else None
    return value if value.isascii() and value.isdigit() else None
