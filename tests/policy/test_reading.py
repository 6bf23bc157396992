"""A document's JSON text is read strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.document import UnreadableDocument, parse_document
from iamviz.policy.reading import read_document

DOCUMENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}


def test_a_text_reads_as_its_decoded_value_does() -> None:
    assert read_document(json.dumps(DOCUMENT, indent=4)) == parse_document(DOCUMENT)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "*"}]}', "'Effect' is given twice"),
        ('{"Statement": [],}', "is no JSON"),
        ('{"Statement": {"Effect": "Allow", "Condition": {"Bool": {"a": NaN}}}}', "NaN"),
        ("[" * 100_000, "nested"),
        ('{"Id": ' + "[" * 65 + "]" * 65 + "}", "nested"),
        ('{"Id": ' + "9" * 10_000 + "}", "beyond all measure"),
        (json.dumps({"Id": "x" * 131_073}), "131,072"),
    ],
)
def test_a_text_that_cannot_be_read_names_the_rule(text: str, rule: str) -> None:
    with pytest.raises(UnreadableDocument, match=rule):
        read_document(text)


def test_bad_json_names_line_and_column() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document('{\n  "Statement": oops}')
    assert caught.value.place == "line 2, column 16"


def test_white_space_does_not_count_as_size() -> None:
    assert read_document(json.dumps(DOCUMENT) + " " * 200_000).statements


def test_a_blank_text_is_an_empty_document() -> None:
    assert read_document(" \n").statements == ()


@given(st.text(alphabet='{}[]":,\\ \nastue01'))
def test_any_text_is_a_document_or_unreadable(text: str) -> None:
    try:
        document = read_document(text)
    except UnreadableDocument:
        return
    # No whole statement can be spelled with these characters.
    assert document.statements == ()
