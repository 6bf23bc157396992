"""ARNs taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.arn import Arn, account_of, parse_arn


def test_the_resource_may_hold_colons() -> None:
    arn = parse_arn("arn:aws:logs:eu-west-1:111122223333:log-group:a:b")
    assert arn == Arn("aws", "logs", "eu-west-1", "111122223333", "log-group:a:b")


def test_a_name_stands_behind_the_path() -> None:
    arn = parse_arn("arn:aws-cn:iam::111122223333:role/team/a/deploy")
    assert arn is not None
    assert (arn.partition, arn.kind, arn.name) == ("aws-cn", "role", "deploy")


@pytest.mark.parametrize(
    "text", ["", "*", "arn:aws:iam", "urn:a:b:c:d:e", "arn::iam::1:x", "arn:aws:::1:x", "arn:aws:s3:::"]
)
def test_what_lacks_a_field_is_no_arn(text: str) -> None:
    assert parse_arn(text) is None


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("arn:aws:iam::111122223333:root", "111122223333"),
        ("111122223333", "111122223333"),
        ("arn:aws:iam::aws:policy/AdministratorAccess", None),
        ("arn:aws:s3:::bucket", None),
        ("11112222333", None),
        ("\u0661" * 12, None),
    ],
)
def test_the_account_of(text: str, account: str | None) -> None:
    assert account_of(text) == account


@given(st.text(alphabet="arn:/x1"))
def test_an_arn_is_written_as_it_was_read(text: str) -> None:
    arn = parse_arn(f"arn:{text}")
    assert arn is None or str(arn) == f"arn:{text}"
