"""A managed policy of AWS that the snapshot names without its document is shown as AWS published it."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.workspaces.models import Workspace
from tests.api.conftest import BASE
from tests.api.world import A, arn, details, role, trusts, user
from tests.snapshots.deliveries import upload

pytestmark = pytest.mark.django_db

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
GONE = "arn:aws:iam::aws:policy/InNoBundle"
R = f"{BASE}/revisions/latest"
ROLE = role(A, "deploy", trusts({"AWS": f"arn:aws:iam::{A}:root"}))


def attached(*arns: str) -> list[dict[str, str]]:
    return [{"PolicyName": each.rpartition("/")[2], "PolicyArn": each} for each in arns]


@pytest.fixture(autouse=True)
def _uploaded(workspace: Workspace) -> None:
    eve = user(A, "eve", AttachedManagedPolicies=attached(ADMINISTRATOR, GONE))
    upload(workspace, prod=details(users=(eve,), roles=(ROLE,)))


def test_its_text_and_statements_are_listed_and_the_unknown_one_says_what_to_do(alices: APIClient) -> None:
    answer = alices.get(f"{R}/identities/{key_of(arn(A, 'user/eve'))}/policies/").json()
    known, unknown = answer
    assert (known["source"], known["arn"], known["problem"]) == ("aws-managed", ADMINISTRATOR, None)
    assert '"Action": "*"' in known["text"]
    assert [each["effect"] for each in known["statements"]] == ["Allow"]
    assert (unknown["source"], unknown["text"]) == ("aws-managed", "")
    assert "not in the snapshot" in unknown["problem"]


def test_an_edge_by_it_is_certain_and_shows_it(alices: APIClient) -> None:
    answer = alices.get(f"{R}/edges/", {"source": arn(A, "user/eve"), "target": arn(A, "role/deploy")}).json()
    relations = {relation["kind"]: relation["certainty"] for relation in answer["relations"]}
    assert relations["can-assume"] == "certain"
    assert {document["arn"] for document in answer["documents"]} == {ADMINISTRATOR, None}


def test_coverage_tells_which_was_taken_from_the_bundle(alices: APIClient) -> None:
    notices = alices.get(f"{R}/coverage/").json()["notices"]["results"]
    kinds = {notice["place"]: notice["kind"] for notice in notices}
    assert (kinds[ADMINISTRATOR], kinds[GONE]) == ("warning", "missing")
