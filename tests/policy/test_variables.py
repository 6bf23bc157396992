"""Which condition keys are known of a caller."""

from __future__ import annotations

import pytest

from iamviz.policy.variables import EVERY_OTHER_KEY, EVERY_OTHER_TAG, Values, is_known


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("aws:Username", {"aws:username": "eve"}, True),
        ("aws:username", {"aws:username": None}, True),
        ("aws:username", {}, False),
        ("aws:username", {EVERY_OTHER_KEY: None}, True),
        ("aws:PrincipalTag/team", {EVERY_OTHER_TAG: None}, True),
        ("aws:PrincipalTag/a/b", {EVERY_OTHER_TAG: None}, True),
        ("aws:PrincipalTag", {EVERY_OTHER_TAG: None}, False),
        ("aws:RequestTag/team", {EVERY_OTHER_TAG: None}, False),
    ],
)
def test_a_key_is_known_by_itself_or_with_its_family(key: str, values: Values, *, expected: bool) -> None:
    assert is_known(key, values) is expected
