"""alice owns the workspace, bob looks into it, charlie is a stranger: what each of them gets from every address."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.snapshots.models import Revision, Upload
from iamviz.workspaces.models import Member, Workspace
from tests.api.conftest import BASE, signed_in
from tests.api.world import DEPLOY, EVE, A
from tests.snapshots.deliveries import details, send

pytestmark = pytest.mark.django_db

R = f"{BASE}/revisions/latest"
DEPLOY_KEY = key_of(DEPLOY)

READING = [
    f"{BASE}/",
    f"{BASE}/uploads/",
    f"{BASE}/revisions/",
    f"{R}/",
    f"{BASE}/revisions/1/",
    f"{R}/coverage/",
    f"{R}/accounts/",
    f"{R}/identities/",
    f"{R}/identities/{DEPLOY_KEY}/",
    f"{R}/identities/{DEPLOY_KEY}/inbound/",
    f"{R}/identities/{DEPLOY_KEY}/outbound/",
    f"{R}/identities/{DEPLOY_KEY}/policies/",
    f"{R}/edges/?source={EVE}&target={DEPLOY}",
    f"{R}/graph/",
    f"{R}/graph/?level=identity&account={A}",
    f"{R}/neighbourhood/?of={DEPLOY}",
    f"{R}/trusts/",
    f"{R}/cycles/",
    f"{R}/search/?q=deploy",
]
EVERYBODYS = ["/api/v1/me/", "/api/v1/tokens/", "/api/v1/workspaces/", "/api/v1/schema/", "/api/docs/"]


@pytest.mark.parametrize("address", READING)
def test_owners_and_viewers_read_what_strangers_cannot_see_to_exist(
    alices: APIClient, bobs: APIClient, charlies: APIClient, revision: Revision, address: str
) -> None:
    assert [client.get(address).status_code for client in (alices, bobs, charlies)] == [200, 200, 404]


@pytest.mark.parametrize("address", [*READING, *EVERYBODYS])
def test_who_is_not_signed_in_is_told_so(db: None, address: str) -> None:
    answer = APIClient().get(address)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_strangers_own_lists_are_empty_of_what_is_not_his(charlies: APIClient, revision: Revision) -> None:
    assert [each["slug"] for each in charlies.get("/api/v1/workspaces/").json()] == ["elsewhere"]
    assert [each["slug"] for each in charlies.get("/api/v1/me/").json()["workspaces"]] == ["elsewhere"]


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ("paths", {"from": EVE, "to": DEPLOY}),
        ("cuts", {"from": EVE, "to": DEPLOY}),
        ("reach", {"from": EVE}),
    ],
)
def test_walks_may_be_asked_for_by_viewers_but_not_by_strangers(
    bobs: APIClient, charlies: APIClient, revision: Revision, what: str, question: dict[str, str]
) -> None:
    assert [client.post(f"{R}/{what}/", question).status_code for client in (bobs, charlies)] == [200, 404]


@pytest.mark.parametrize("what", ["cancel", "retry"])
def test_only_who_may_upload_may_cancel_or_retry(
    alices: APIClient,
    bobs: APIClient,
    charlies: APIClient,
    workspace: Workspace,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("iamviz.api.uploads.queue", bool)
    sent = send(workspace, a=details(A, "deploy"))
    if what == "retry":
        sent.cancel()
    address = f"{BASE}/uploads/{sent.pk}/{what}/"
    assert [client.post(address).status_code for client in (charlies, bobs, alices)] == [404, 403, 200]


def test_an_upload_of_another_workspace_is_not_found_through_ones_own(
    charlies: APIClient, workspace: Workspace
) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    for tail in ("", "events/"):
        assert charlies.get(f"/api/v1/workspaces/elsewhere/uploads/{sent.pk}/{tail}").status_code == 404
    assert charlies.post(f"/api/v1/workspaces/elsewhere/uploads/{sent.pk}/cancel/").status_code == 404
    assert Upload.objects.get(pk=sent.pk).state == "queued"


def test_the_same_revision_number_elsewhere_is_another_revision(charlie: Member, revision: Revision) -> None:
    assert signed_in(charlie).get("/api/v1/workspaces/elsewhere/revisions/1/").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "-1", "newest", "99999999999999999999", "1.0", "²"])
def test_a_revision_that_is_not_there_is_not_found(alices: APIClient, revision: Revision, number: str) -> None:
    assert alices.get(f"{BASE}/revisions/{number}/").status_code == 404


@pytest.mark.parametrize("name", ["latest", "1"])
def test_every_answer_of_a_revision_names_its_number(alices: APIClient, revision: Revision, name: str) -> None:
    assert alices.get(f"{BASE}/revisions/{name}/identities/")["X-Revision"] == "1"


def test_a_cookie_alone_changes_nothing_without_the_csrf_token(alice: Member) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice)
    answer = client.post("/api/v1/tokens/", {"name": "mine"})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
