"""A policy document from its JSON text: strict, because which of two equal keys counts decides who gets in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from iamviz.policy.document import Document, UnreadableDocument, parse_document
from iamviz.policy.text import DEEPEST, nesting

MOST_CHARACTERS = 131_072
"""Without white space, as AWS counts. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html"""


def read_document(text: str, *, most_characters: int = MOST_CHARACTERS) -> Document:
    """The document in a JSON text. Raises UnreadableDocument with the place and the rule that is broken."""
    if len(text) > most_characters and sum(map(len, text.split())) > most_characters:
        raise UnreadableDocument("", f"has more than {most_characters:,} characters")
    if text.count("{") + text.count("[") > DEEPEST and nesting(text) > DEEPEST:
        raise UnreadableDocument("", f"is nested more than {DEEPEST} levels deep")
    return parse_document(_decode(text))


def _decode(text: str) -> object:
    if not text.strip():
        return None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        rule = f"is no JSON: {error.msg}"
        raise UnreadableDocument(f"line {error.lineno}, column {error.colno}", rule) from error
    except ValueError as error:
        # Python refuses whole numbers of thousands of digits.
        raise UnreadableDocument("", "holds a number beyond all measure") from error


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise UnreadableDocument("", f"the key {twice[:100]!r} is given twice in one object")
    return found


def _constant(name: str) -> object:
    raise UnreadableDocument("", f"{name} is no JSON")
