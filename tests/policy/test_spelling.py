"""What is said of elements that never match, and what is said once."""

from __future__ import annotations

import pytest

from iamviz.policy.problems import LONGEST_PROBLEM, Problems
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
