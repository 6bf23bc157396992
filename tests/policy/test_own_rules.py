"""What services decide by rules of their own."""

from __future__ import annotations

import pytest

from iamviz.policy import own_rules
from iamviz.policy.own_rules.s3 import is_on_bucket
from iamviz.policy.principal import Caller
from iamviz.policy.request import Request
from iamviz.policy.verbs import BY_OWN_RULES
from tests.policy.deciding import OBJECT, READ


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        (READ, OBJECT, True),
        ("S3:ListBucket", "arn:aws-cn:s3:::reports", True),
        ("ec2:DescribeVpcs", OBJECT, False),
        (READ, "*", False),
        (READ, "arn:aws:s3:eu-west-1:111111111111:accesspoint/own", False),
    ],
)
def test_only_s3_and_only_a_bucket_is_on_a_bucket(action: str, resource: str, *, expected: bool) -> None:
    assert is_on_bucket(Request(Caller("", "anonymous", ""), action, resource)) is expected


def test_every_service_that_decides_by_rules_of_its_own_is_known_by_the_name_of_its_actions() -> None:
    assert set(own_rules._REFUSALS) | set(own_rules._TRUSTING) | {"sts"} == BY_OWN_RULES
