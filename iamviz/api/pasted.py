"""A resource policy that came with a question: read as a document, or refused with the line where a rule is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec

from iamviz.api.documents import lines_of
from iamviz.api.problems import Misplaced
from iamviz.api.simulation import Simulation
from iamviz.api.verdicts import sentence
from iamviz.ingest.documents import parse_text
from iamviz.inventory.model import PolicyDocument
from iamviz.policy.document import Document, UnreadableDocument

_PLACE = re.compile(r"Statement(?:\[(?P<index>\d+)\])?(?:\.(?P<element>[A-Za-z]+))?")


class _Printed(msgspec.Struct, forbid_unknown_fields=True):
    """What the AWS CLI prints for a bucket, a key or a queue: the document is a text in an object."""

    policy: str = msgspec.field(name="Policy")
    policy_name: str | None = msgspec.field(name="PolicyName", default=None)


_PRINTED = msgspec.json.Decoder(_Printed)


def read_pasted(field: str, text: str) -> PolicyDocument | None:
    """The policy in a text, as a document or as the AWS CLI prints it; None where the text is blank.

    Raises Misplaced with the line, in the text as it was pasted, on which it cannot be read.
    """
    if not text.strip():
        return None
    inner = _unwrapped(text)
    try:
        document = parse_text(text if inner is None else inner)
    except UnreadableDocument as error:
        words = sentence(str(error))
        if inner is not None:
            raise Misplaced(field, f"In the text under Policy: {words}", None, None) from error
        raise Misplaced(field, words, *_place_of(error, text)) from error
    if not document.statements:
        raise Misplaced(field, "There are no statements. Paste the policy itself: an object with a Statement.", 1, None)
    return PolicyDocument(text if inner is None else inner, document)


def _unwrapped(text: str) -> str | None:
    try:
        return _PRINTED.decode(text).policy
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _place_of(error: UnreadableDocument, text: str) -> tuple[int | None, int | None]:
    """Line and column, as far as they can be told."""
    if isinstance(error.__cause__, json.JSONDecodeError):
        return error.__cause__.lineno, error.__cause__.colno
    named = _PLACE.match(error.place)
    lines = lines_of(text).get(int(named["index"] or 0)) if named else None
    if named is None or lines is None:
        return None, None
    first, _ = lines.elements.get(named["element"], (lines.first_line, lines.last_line))
    return first, None


def remarks_on(simulation: Simulation) -> list[str]:
    """What of a pasted policy does not count, and what AWS would ignore or refuse in it."""
    question = simulation.question
    if question.pasted is None or question.pasted.document is None:
        return []
    if simulation.resource_side.standing != "pasted":
        return [f"It does not count: no policy of a resource decides about {question.action} on {question.resource}."]
    document = question.pasted.document
    return [*map(sentence, document.problems), *_nameless(document)]


def _nameless(document: Document) -> Iterator[str]:
    for statement in document.statements:
        if statement.principals is None and statement.not_principals is None:
            yield f"Statement {statement.index + 1} names no Principal: in the policy of a resource it never matches."
