"""The actions that AWS lists, found while somebody types."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from iamviz.api.actions import find_actions

pytestmark = pytest.mark.django_db

ACTIONS = "/api/v1/actions/"


def found(client: APIClient, search: str, **more: Any) -> Any:
    answer = client.get(ACTIONS, {"search": search, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(answer: Any) -> list[str]:
    return [each["action"] for each in answer["results"]]


def test_an_action_is_found_in_any_case_with_what_it_does_and_acts_on(alices: APIClient) -> None:
    first = found(alices, "S3:GETOBJECT")["results"][0]
    assert (first["action"], first["access_level"]) == ("s3:GetObject", "Read")
    assert "arn:${Partition}:s3:::${BucketName}/${ObjectName}" in first["resources"]


def test_what_acts_on_everything_has_no_resource(alices: APIClient) -> None:
    assert found(alices, "s3:ListAllMyBuckets")["results"][0]["resources"] == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sts:assumerole", "sts:AssumeRole"),
        ("sts:assumerolew", "sts:AssumeRoleWithSAML"),
        ("passrole", "iam:PassRole"),
        ("iam passrole", "iam:PassRole"),
    ],
)
def test_the_best_match_comes_first(typed: str, first: str) -> None:
    assert find_actions(typed)[0] == first


def test_what_begins_with_the_text_comes_before_what_holds_it() -> None:
    listed = find_actions("kms:")
    assert listed
    assert all(name.startswith("kms:") for name in listed)


def test_the_list_is_cut_and_says_how_many_there_are(alices: APIClient) -> None:
    answer = found(alices, "ec2:", limit=3)
    assert len(answer["results"]) == 3
    assert answer["total"] > 500


def test_no_action_is_no_error(alices: APIClient) -> None:
    assert found(alices, "s3:NoSuchAction") == {"total": 0, "results": []}


@pytest.mark.parametrize("wrong", [{}, {"search": ""}, {"search": "s3", "limit": 51}, {"search": "a" * 201}])
def test_what_cannot_be_asked_is_refused(alices: APIClient, wrong: Any) -> None:
    assert alices.get(ACTIONS, wrong).status_code == 400


def test_nobody_asks_without_signing_in() -> None:
    assert APIClient().get(ACTIONS, {"search": "s3"}).status_code == 401
