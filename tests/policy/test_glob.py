"""IAM's wildcards, against a slow and obvious matcher."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.glob import Wildcard, compile_glob, compile_tokens

patterns = st.text(alphabet="ab*?", max_size=10)
texts = st.text(alphabet="ab", max_size=12)


@cache
def obviously_matches(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(obviously_matches(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and obviously_matches(pattern[1:], text[1:])


@given(patterns, texts)
def test_a_glob_matches_as_the_obvious_matcher_does(pattern: str, text: str) -> None:
    assert compile_glob(pattern).matches(text) is obviously_matches(pattern, text)


def words(alphabet: str, longest: int) -> list[str]:
    return ["".join(letters) for length in range(longest + 1) for letters in product(alphabet, repeat=length)]


def test_every_short_pattern_matches_the_short_texts_that_it_obviously_does() -> None:
    for pattern in (*words("ab*?", 4), *words("a*", 6)):
        glob = compile_glob(pattern)
        found = [text for text in words("ab", 4) if glob.matches(text)]
        assert found == [text for text in words("ab", 4) if obviously_matches(pattern, text)], pattern


@given(st.text(max_size=20))
def test_a_pattern_matches_itself(text: str) -> None:
    assert compile_glob(text).matches(text)


@given(st.text(alphabet="aBÄß*?", max_size=8), st.text(alphabet="aBÄß", max_size=8))
def test_without_case_a_glob_matches_the_folded_text(pattern: str, text: str) -> None:
    found = compile_glob(pattern, ignore_case=True).matches(text)
    assert found is compile_glob(pattern.casefold()).matches(text.casefold())


@pytest.mark.parametrize("pattern", ["Straße", "STRASSE", "stra*", "STRA??E", "*ASS*", "S*A*E"])
def test_without_case_every_kind_of_pattern_folds_itself_and_the_text(pattern: str) -> None:
    assert compile_glob(pattern, ignore_case=True).matches("Strasse")
    assert compile_glob(pattern, ignore_case=True).matches("STRASSE")


@pytest.mark.parametrize(("pattern", "literal"), [("abc", "abc"), ("", ""), ("a*", None), ("a?", None)])
def test_a_glob_without_wildcards_is_its_text(pattern: str, literal: str | None) -> None:
    assert compile_glob(pattern).literal == literal


def test_wildcards_in_the_text_are_plain_characters() -> None:
    assert not compile_glob("ab").matches("a?")
    assert not compile_glob("a").matches("*")


def test_a_literal_star_is_no_wildcard() -> None:
    glob = compile_tokens(["*", Wildcard.ANY])
    assert glob.matches("*ab")
    assert not glob.matches("ab")


def test_a_line_break_is_a_character_like_any_other() -> None:
    assert compile_glob("a*b?c").matches("a\nb\nc")


@pytest.mark.parametrize("pattern", ["*a" * 400 + "*b", "*?a" * 400 + "b", "a*" * 400 + "?b", "*" * 5_000 + "b"])
def test_a_hostile_pattern_ends(pattern: str) -> None:
    assert not compile_glob(pattern).matches("a" * 2_000)


def test_pieces_without_a_wildcard_fold_the_text_where_case_does_not_count() -> None:
    assert compile_tokens(["A", "b"], ignore_case=True).matches("aB")
    assert not compile_tokens(["A", "b"]).matches("aB")
