"""What is said of JSON that does not fit, in words that need no knowledge of a decoder."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from iamviz.policy.wording import in_words


class _Inner(msgspec.Struct):
    flag: bool
    kind: Literal["a", "b"] = "a"


class _Outer(msgspec.Struct):
    names: list[str] | str | None = None
    inner: dict[str, _Inner] = {}
    count: int = 0


@pytest.mark.parametrize(
    ("text", "path", "rule"),
    [
        ("[]", "", "an object, got a list"),
        ('{"count": "x"}', ".count", "a whole number, got a string"),
        ('{"count": 1.5}', ".count", "a whole number, got a number"),
        ('{"names": ["x", null]}', ".names[1]", "a string, got null"),
        ('{"names": 1}', ".names", "a string or a list or null, got a whole number"),
        ('{"inner": {"k": {"flag": 1}}}', ".inner[...].flag", "true or false, got a whole number"),
        ('{"inner": {"k": {}}}', ".inner[...]", "object missing required field flag"),
        ('{"inner": {"k": {"flag": true, "kind": "c"}}}', ".inner[...].kind", "invalid enum value 'c'"),
    ],
)
def test_the_place_and_what_was_expected_there_are_told(text: str, path: str, rule: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(text, type=_Outer)
    assert in_words(caught.value) == (path, rule)
