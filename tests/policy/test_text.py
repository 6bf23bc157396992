"""A document's text for people, and the lines on which its elements stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.text import nesting, pretty, statement_lines

TRUST = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": [
          "111122223333",
          "arn:aws:iam::444455556666:root"
        ]
      },
      "Action": "sts:AssumeRole",
      "Condition": {}
    },
    {
      "effect": "Deny",
      "Principal": "*",
      "Action": [
        "sts:TagSession"
      ]
    }
  ]
}"""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_pretty_text_is_laid_out_as_json_does_it(value: object) -> None:
    assert pretty(json.dumps(value, ensure_ascii=False)) == json.dumps(value, ensure_ascii=False, indent=2)


@given(json_values)
def test_pretty_text_stays_as_it_is(value: object) -> None:
    text = pretty(json.dumps(value))
    assert pretty(text) == text


def test_order_repetition_and_spelling_are_kept() -> None:
    assert pretty('{"b":1.0,"a":1e3,"b":"\\u00e9"}') == '{\n  "b": 1.0,\n  "a": 1e3,\n  "b": "\\u00e9"\n}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON at all",
        '{"a": ',
        pytest.param("[" * 100_000, id="unclosed"),
        pytest.param("[" * 65 + "]" * 65, id="deep"),
    ],
)
def test_what_is_no_json_is_shown_as_it_came(text: str) -> None:
    assert pretty(text) == text


@given(st.text(alphabet='{}[]":,\\ \nStatement'))
def test_any_text_has_lines(text: str) -> None:
    assert all(1 <= found.first_line <= found.last_line for found in statement_lines(text))


def test_each_statement_and_each_element_has_its_lines() -> None:
    first, second = statement_lines(TRUST)
    assert (first.index, first.first_line, first.last_line) == (0, 4, 14)
    assert first.elements == {"Effect": (5, 5), "Principal": (6, 11), "Action": (12, 12), "Condition": (13, 13)}
    assert (second.index, second.first_line, second.last_line) == (1, 15, 21)
    assert second.elements == {"Effect": (16, 16), "Principal": (17, 17), "Action": (18, 20)}


def test_a_statement_that_is_an_object_is_the_first() -> None:
    text = pretty('{"Statement": {"Effect": "Allow", "Action": ["a:b"], "Resource": "*"}, "Version": "2012-10-17"}')
    (only,) = statement_lines(text)
    assert (only.index, only.first_line, only.last_line) == (0, 2, 8)
    assert only.elements == {"Effect": (3, 3), "Action": (4, 6), "Resource": (7, 7)}


@pytest.mark.parametrize(
    "text", ["{}", '{"Statement": []}', '{"Statement": null}', '{"Id": {"Statement": [{}]}}', "[]"]
)
def test_a_document_without_statements_has_no_lines(text: str) -> None:
    assert statement_lines(text) == []


def test_brackets_in_texts_do_not_nest() -> None:
    assert nesting('{"a": ["[[[[", "\\"[["]}') == 2


def test_a_text_full_of_open_quotes_is_looked_at_once() -> None:
    assert nesting('"' + '\\"' * 100_000) == 0


def test_empty_brackets_stay_together() -> None:
    assert pretty('{"a":{},"b":[ ],"c":[{}]}') == '{\n  "a": {},\n  "b": [],\n  "c": [\n    {}\n  ]\n}'


def test_sixty_four_brackets_in_brackets_are_laid_out() -> None:
    deepest = "[" * 64 + "]" * 64
    assert pretty(deepest) == json.dumps(json.loads(deepest), indent=2)
    statement = '{"Statement": [{"Sid": ' + "[" * 61 + "]" * 61 + "}]}"
    assert [found.index for found in statement_lines(statement)] == [0]
    assert statement_lines(statement.replace("[]", "[[]]")) == []


def test_a_number_of_any_length_is_laid_out() -> None:
    assert pretty("[" + "1" * 5_000 + "]") == "[\n  " + "1" * 5_000 + "\n]"


@pytest.mark.parametrize(
    ("text", "lines", "elements"),
    [
        ('\n{"Statement": [{}]}', (2, 2), {}),
        ('{"Statement":\n["a"]}', (2, 2), {}),
        (
            '{"Statement": {"effect": "Allow",\n"Xtra": 1,\n"NOTACTION": []}}',
            (1, 3),
            {"Effect": (1, 1), "Xtra": (2, 2), "NotAction": (3, 3)},
        ),
        (
            '{"Statement": [{"effect": "Allow",\n"Xtra": 1, "X": 2}]}',
            (1, 2),
            {"Effect": (1, 1), "Xtra": (2, 2), "X": (2, 2)},
        ),
        ('{"Statement": [{ {} }]}', (1, 1), {"": (1, 1)}),
        ('{"Statement": {"Sid": 1,\n{} }}', (1, 2), {"Sid": (1, 1), "": (1, 2)}),
    ],
)
def test_lines_are_told_however_a_statement_is_written(
    text: str, lines: tuple[int, int], elements: dict[str, tuple[int, int]]
) -> None:
    (only,) = statement_lines(text)
    assert (only.first_line, only.last_line) == lines
    assert only.elements == elements
