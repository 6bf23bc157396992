"""Patterns compared: checked against texts that match them."""

from __future__ import annotations

from itertools import product

import pytest

from iamviz.graph.subjects.naming import MOST_SUBJECTS, subjects_of
from iamviz.graph.subjects.patterns import common_pattern, covers, is_anything, meet, overlaps
from iamviz.graph.subjects.subject import Provider
from iamviz.policy.expression import Condition, Test
from iamviz.policy.glob import compile_glob

TEXTS = ["".join(letters) for size in range(5) for letters in product("ab", repeat=size)]
PATTERNS = ["*", "a*", "*b", "a*b", "?", "?*", "a?", "ab", "*a*", "**", "a", ""]


@pytest.mark.parametrize(("wider", "narrower"), list(product(PATTERNS, PATTERNS)))
def test_what_a_pattern_covers_matches_it(wider: str, narrower: str) -> None:
    inside = {text for text in TEXTS if compile_glob(narrower).matches(text)}
    matched = {text for text in TEXTS if compile_glob(wider).matches(text)}
    assert not covers(wider, narrower) or inside <= matched
    assert overlaps(wider, narrower) or not inside & matched


def test_of_two_patterns_the_narrower_is_left() -> None:
    assert meet("repo:acme/*", "repo:acme/app:*") == "repo:acme/app:*"
    assert meet("repo:acme/app:*", "repo:acme/*") == "repo:acme/app:*"
    assert meet("repo:acme/*", "repo:evil/*") is None
    assert meet("*:main", "repo:acme/*") == "repo:acme/*"


def test_only_patterns_that_match_every_text_are_anything() -> None:
    assert [is_anything(each) for each in ("*", "**", "?*", "?", "", "a*")] == [True, True, True, False, False, False]


def test_a_common_pattern_covers_all() -> None:
    assert common_pattern(["repo:acme/a:*", "repo:acme/b", "repo:acme/*"]) == "repo:acme/*"


def test_more_subjects_than_a_trust_policy_can_hold_are_one() -> None:
    provider = Provider("acme.auth0.com")
    values = tuple(f"user-{number}" for number in range(MOST_SUBJECTS + 1))
    found = subjects_of(provider, Test(Condition("StringEquals", provider.key("sub"), values)))
    assert [each.pattern for each in found.admitted] == ["user-*"]
