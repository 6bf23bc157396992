"""Whether a condition holds for a request of which everything is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.conditions import context_of, holds
from iamviz.policy.conditions.comparisons import COMPARISONS
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Missing
from iamviz.policy.operators import OPERATORS, Operator
from tests.policy.tables import cases

HOSTILE = st.one_of(
    st.text(max_size=20),
    st.text("0123456789-+:.,/TZWez ", max_size=25),
    st.text("arn:*?${}'a, ", max_size=25),
    st.datetimes().map(str),
    st.ip_addresses().map(str),
    st.decimals().map(str),
)
Given = str | list[str] | None


def decided(condition: Condition, given: Mapping[str, Given], version: str = "2012-10-17") -> bool:
    found = holds(condition, context_of(given), version=version)
    assert found in (ALWAYS, NEVER)
    return found == ALWAYS


@pytest.mark.parametrize("case", cases("conditions"))
def test_a_condition(case: dict[str, Any]) -> None:
    condition = Condition(case["operator"], "k", tuple(case["values"]))
    given = {"k": case["given"], "other": case.get("other")}
    assert decided(condition, given, case.get("version", "2012-10-17")) is case["holds"]


def test_every_operator_has_its_comparison() -> None:
    assert {Operator(name).positive for name in OPERATORS} == set(COMPARISONS)


def test_a_key_may_be_written_in_any_case() -> None:
    assert decided(Condition("StringEquals", "AWS:PrincipalTag/Team", ("a",)), {"aws:principaltag/team": "a"})


def test_a_key_that_the_request_does_not_hold_is_absent() -> None:
    assert not decided(Condition("StringEquals", "k", ("a",)), {})
    assert decided(Condition("Null", "k", ("true",)), {})


@pytest.mark.parametrize("operator", ["StringIs", "ForSomeValues:StringEquals", "NullIfExists", ""])
def test_an_operator_that_aws_does_not_know_decides_nothing(operator: str) -> None:
    found = holds(Condition(operator, "k", ("a",)), context_of({"k": "a"}))
    assert isinstance(found, Missing)
    assert repr(operator) in found.reason


@pytest.mark.parametrize("text", ["9" * 100_000, "1" * 5_000 + ".", "1e999", "9" * 90 + "e999"])
@pytest.mark.parametrize("operator", ["NumericEquals", "NumericNotEquals", "DateEquals", "IpAddress", "NotIpAddress"])
def test_a_number_beyond_all_measure_costs_nothing(operator: str, text: str) -> None:
    found = holds(Condition(operator, "k", (text, "1")), context_of({"k": text}))
    assert found in (ALWAYS, NEVER)


def test_a_long_list_of_values_is_decided_like_a_short_one() -> None:
    values = tuple(f"value-{number}" for number in range(2_000))
    assert decided(Condition("StringEquals", "k", values), {"k": "value-1999"})
    assert not decided(Condition("StringNotEquals", "k", values), {"k": "value-1999"})


@given(
    operator=st.sampled_from(sorted(OPERATORS)),
    values=st.lists(HOSTILE, max_size=3),
    value=st.one_of(HOSTILE, st.lists(HOSTILE, max_size=3)),
)
def test_no_text_stops_a_comparison(operator: str, values: list[str], value: str | list[str]) -> None:
    found = holds(Condition(operator, "k", tuple(values)), context_of({"k": value}))
    assert found in (ALWAYS, NEVER)


@given(HOSTILE)
def test_what_is_read_as_a_date_or_number_is_equal_to_itself(text: str) -> None:
    for family in ("Numeric", "Date"):
        same, less = (
            decided(Condition(f"{family}{order}", "k", (text,)), {"k": text}) for order in ("Equals", "LessThan")
        )
        assert not less
        assert same == decided(Condition(f"{family}LessThanEquals", "k", (text,)), {"k": text})


@pytest.mark.parametrize("piece", ["a*", "a?*", "${other}*"])
def test_a_pattern_made_to_take_long_does_not(piece: str) -> None:
    condition = Condition("StringLike", "k", (f"{piece * 500}b",))
    assert not decided(condition, {"k": "a" * 20_000, "other": "a"})


def test_a_number_or_date_of_a_hundred_characters_is_read_and_no_longer_one() -> None:
    longest = "1" * 100
    for operator in ("NumericEquals", "DateEquals"):
        assert decided(Condition(operator, "k", (longest,)), {"k": longest})
        assert not decided(Condition(operator, "k", (f"{longest}1",)), {"k": f"{longest}1"})


def test_a_part_of_a_second_counts() -> None:
    written = "2026-01-01T00:00:00.25Z"
    assert decided(Condition("DateEquals", "k", ("1767225600.25",)), {"k": written})
    assert not decided(Condition("DateEquals", "k", ("1767225600",)), {"k": written})
