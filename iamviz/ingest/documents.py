"""Policy documents in the six encodings that AWS and its tools use, to one; and each distinct one parsed once."""

from __future__ import annotations

import json
from urllib.parse import unquote

import msgspec

from iamviz.ingest.json_text import check_depth
from iamviz.ingest.limits import DOCUMENT_CHARACTERS, DOCUMENT_STATEMENTS
from iamviz.ingest.source import Refusal
from iamviz.inventory.model import PolicyDocument
from iamviz.policy.document import Document, UnreadableDocument, parse_document
from iamviz.policy.plain import read_plain
from iamviz.policy.repeated import decode_strictly

_LAYERS = 4
"""A JSON string in a URL-encoded string in a JSON string, and one to spare."""
_decode_string = msgspec.json.Decoder(str)
NOT_COLLECTED = "the snapshot does not hold this document"


def normalise(raw: bytes | msgspec.Raw) -> str:
    """One spelling for one document: compact JSON, key order and duplicate keys kept.

    Takes the JSON value as it stands in the file: an object, or a string that holds one, URL-encoded,
    doubly so, or as JSON. What cannot be understood is returned as the text it is.
    """
    text = bytes(raw).strip()
    if text.startswith(b'"'):
        return _normalise_string(_decode_string.decode(text))
    return _compact(text)


def _normalise_string(text: str) -> str:
    for _ in range(_LAYERS):
        text = text.strip().removeprefix("\ufeff")
        if text.startswith("%"):
            # Not unquote_plus: a "+" is part of names and values.
            text = unquote(text)
        elif text.startswith('"'):
            inner = _inner_string(text)
            if inner is None:
                return text
            text = inner
        else:
            break
    if not text.startswith("{"):
        return text
    encoded = text.encode("utf-8", "surrogatepass")
    try:
        check_depth(encoded)
        msgspec.json.decode(encoded, type=msgspec.Raw)
    except (msgspec.DecodeError, Refusal, UnicodeDecodeError, RecursionError):
        return text
    return _compact(encoded)


def _inner_string(text: str) -> str | None:
    try:
        return _decode_string.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        return None


def _compact(raw: bytes) -> str:
    compact = msgspec.json.format(raw, indent=-1)
    if b"\\" in compact:
        compact = _without_needless_escapes(compact)
    return compact.decode("utf-8", "replace")


def _without_needless_escapes(compact: bytes) -> bytes:
    r"""Spell \u002b and + alike. Left as it is where a key is given twice: decoding would drop one."""
    try:
        return msgspec.json.encode(decode_strictly(compact))
    except (UnreadableDocument, ValueError, RecursionError, msgspec.MsgspecError):
        return compact


class DocumentCache:
    """Parsed documents by their text, shared by all accounts of an analysis."""

    __slots__ = ("_documents",)

    def __init__(self) -> None:
        self._documents: dict[str, PolicyDocument] = {}

    def read(self, text: str | None, *, characters: int = DOCUMENT_CHARACTERS) -> PolicyDocument:
        """The document of a normalised text; None stands for one that was not collected."""
        if text is None:
            return PolicyDocument("", None, NOT_COLLECTED)
        if len(text) > characters:
            return PolicyDocument(text, None, f"longer than {characters:,} characters, which no policy can be")
        found = self._documents.get(text)
        if found is None:
            found = self._documents[text] = read_document(text)
        return found


def read_document(text: str) -> PolicyDocument:
    """Parse one; what is wrong with it becomes its `problem`."""
    plain = read_plain(text)
    if plain is not None:
        return PolicyDocument(text, plain)
    try:
        return PolicyDocument(text, parse_text(text))
    except UnreadableDocument as error:
        return PolicyDocument(text, None, f"{error.place}: {error.rule}" if error.place else error.rule)


def parse_text(text: str) -> Document:
    """Parse one. Raises UnreadableDocument; where it is no JSON, its cause is a JSONDecodeError with the place."""
    return _parse(_decode(text))


def _decode(text: str) -> object:
    if not text:
        return text
    try:
        check_depth(text.encode("utf-8", "replace"))
        return decode_strictly(text)
    except Refusal as refusal:
        raise UnreadableDocument("", f"not {refusal.rule}") from refusal
    except json.JSONDecodeError as error:
        rule = f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise UnreadableDocument("", rule) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("", f"not JSON: {error}") from error


def _parse(value: object) -> Document:
    if isinstance(value, dict):
        statements = value.get("Statement", value.get("statement"))
        if isinstance(statements, list) and len(statements) > DOCUMENT_STATEMENTS:
            raise UnreadableDocument("Statement", f"more than {DOCUMENT_STATEMENTS:,} statements")
    return parse_document(value)
