"""A decoder that drops a key is found out, and one that drops none is never accused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import decode

from iamviz.policy.elements import UnreadableDocument
from iamviz.policy.repeated import decode_strictly, is_whole

TEXTS = st.text(st.sampled_from('ab:"\\\n \u00e9\u2028{}[],'), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(TEXTS, inner), max_size=4).map(tuple),
    max_leaves=20,
)
"""Values of JSON; an object is a tuple of its members, in which a key may stand twice."""


def written(value: Any, *, ascii_only: bool, colon: str) -> str:
    if isinstance(value, tuple):
        members = (
            f"{json.dumps(key, ensure_ascii=ascii_only)}{colon}{written(each, ascii_only=ascii_only, colon=colon)}"
            for key, each in value
        )
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(each, ascii_only=ascii_only, colon=colon) for each in value)}]"
    return json.dumps(value, ensure_ascii=ascii_only)


def repeats(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(dict(value)) < len(value) or any(repeats(each) for _, each in value)
    return isinstance(value, list) and any(map(repeats, value))


@given(VALUES, st.booleans(), st.sampled_from([":", " : ", "\n:\t"]))
def test_a_text_is_whole_where_no_key_stands_twice_and_only_there(
    value: Any,
    ascii_only: bool,  # noqa: FBT001 - hypothesis gives them by position
    colon: str,
) -> None:
    text = written(value, ascii_only=ascii_only, colon=colon)
    assert is_whole(text.encode(), decode(text)) is not repeats(value)


@given(VALUES)
def test_what_is_refused_is_what_is_not_whole(value: Any) -> None:
    text = written(value, ascii_only=True, colon=":")
    if repeats(value):
        with pytest.raises(UnreadableDocument):
            decode_strictly(text)
    else:
        assert decode_strictly(text) == json.loads(text)


def test_the_key_nearest_to_the_top_is_named_with_its_place() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode_strictly('{"a": [{"b": {"c": 1, "c": 2}}], "d": {"e": 1, "e": 2}}')
    assert caught.value.place == "d"
    assert caught.value.rule.startswith("the key 'e' stands twice")


def test_the_place_of_a_deep_key_is_its_path() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode_strictly('{"a": [0, {"b": {"c": 1, "c": 2}}]}')
    assert caught.value.place == "a[1].b"


def test_hostile_keys_are_cut() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode_strictly(f'{{"{"k" * 1_000}": 1, "{"k" * 1_000}": 2}}')
    assert len(str(caught.value)) < 400


def test_what_is_not_json_stays_so() -> None:
    with pytest.raises(ValueError, match="NaN is not JSON"):
        decode_strictly('{"a": NaN}')


@pytest.mark.parametrize(
    "text",
    [r'{"a\u005c": 1}', r'{"a\\": 1}', r'{"a\u0022b": "\\\""}', r'{"a\"": "\u005c\u0022"}', r'{"\/\u0061": "\\\\"}'],
)
def test_however_a_sign_is_escaped_the_text_is_whole(text: str) -> None:
    assert is_whole(text.encode(), decode(text))
    twice = f'{{"k": {text}, "\\u006b": {text}}}'
    assert not is_whole(twice.encode(), decode(twice))


def test_numbers_are_made_into_what_is_asked_for() -> None:
    long = "1" * 5_000
    found = decode_strictly(f'{{"a": {long}, "b": -1.50, "c": [1e400, true]}}', parse_number=str)
    assert found == {"a": long, "b": "-1.50", "c": ["1e400", True]}
