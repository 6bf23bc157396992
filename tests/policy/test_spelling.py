"""What is said of elements that never match, and what is said once."""

from __future__ import annotations

import pytest

from iamviz.policy.problems import LONGEST_PROBLEM, MOST_PROBLEMS, Problems
from iamviz.policy.spelling import action_problem


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("s3:Get*", None),
        ("*", None),
        ("*:*", None),
        ("a b:c*:d", None),
        ("X3", "'X3' names no service: it never matches"),
        ("XX", "'XX' names no service: it never matches"),
    ],
)
def test_an_action_that_never_matches_says_why(pattern: str, problem: str | None) -> None:
    assert action_problem(pattern) == problem


def test_a_problem_is_cut_behind_four_hundred_characters() -> None:
    problems = Problems()
    problems.add("", "x" * LONGEST_PROBLEM)
    problems.add("", "y" * (LONGEST_PROBLEM + 1))
    assert problems.listed() == ("x" * LONGEST_PROBLEM, f"{'y' * LONGEST_PROBLEM}…")


def test_the_nearest_known_word_is_suggested_and_nothing_where_none_is_near() -> None:
    assert Problems().meant("conditions", ["Action", "Condition"]) == "; did you mean 'Condition'?"
    assert Problems().meant("xyz", ["Action", "Condition"]) == ""


@pytest.mark.parametrize(("length", "is_compared"), [(64, True), (65, False)])
def test_a_word_of_more_than_64_characters_is_compared_with_none(length: int, *, is_compared: bool) -> None:
    known, written = "a" * length, "a" * (length - 1) + "b"
    assert Problems().meant(written, [known]) == (f"; did you mean {known!r}?" if is_compared else "")


@pytest.mark.parametrize(("count", "is_compared"), [(MOST_PROBLEMS - 1, True), (MOST_PROBLEMS, False)])
def test_no_word_is_suggested_for_a_problem_that_is_only_counted(count: int, *, is_compared: bool) -> None:
    problems = Problems()
    for number in range(count):
        problems.add("", str(number))
    assert problems.meant("conditions", ["Condition"]) == ("; did you mean 'Condition'?" if is_compared else "")
