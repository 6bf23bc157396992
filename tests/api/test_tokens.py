"""Tokens: shown once, refused when wrong, expired or revoked, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from iamviz.workspaces.models import Member, Token

pytestmark = pytest.mark.django_db

TOKENS = "/api/v1/tokens/"


def with_token(secret: str) -> APIClient:
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_is_shown_once_and_signs_in(alices: APIClient) -> None:
    made = alices.post(TOKENS, {"name": "ci", "expiry_days": 7})
    assert made.status_code == 201
    secret = made.json()["token"]
    assert secret.startswith("iamviz_")
    assert with_token(secret).get("/api/v1/me/").json()["email"] == "alice@example.com"
    (listed,) = alices.get(TOKENS).json()
    assert "token" not in listed
    assert (listed["name"], secret.startswith(listed["start"])) == ("ci", True)
    assert len(listed["start"]) < len(secret) / 3
    assert secret not in str(Token.objects.values().get())


def test_a_revoked_token_is_refused(alices: APIClient) -> None:
    made = alices.post(TOKENS, {"name": "ci"}).json()
    assert alices.delete(f"{TOKENS}{made['id']}/").status_code == 204
    assert with_token(made["token"]).get("/api/v1/me/").status_code == 401
    assert alices.delete(f"{TOKENS}{made['id']}/").status_code == 404


def test_an_expired_token_is_refused(alice: Member) -> None:
    token, secret = Token.objects.create(user=alice, name="old", expiry=timedelta(days=1))
    Token.objects.filter(pk=token.pk).update(expiry=timezone.now() - timedelta(seconds=1))
    assert with_token(secret).get("/api/v1/me/").status_code == 401


def test_a_member_revokes_only_tokens_of_his_own(alices: APIClient, charlies: APIClient) -> None:
    made = alices.post(TOKENS, {"name": "ci"}).json()
    assert charlies.get(TOKENS).json() == []
    assert charlies.delete(f"{TOKENS}{made['id']}/").status_code == 404
    assert with_token(made["token"]).get("/api/v1/me/").status_code == 200


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer nonsense", "Bearer a b", "Bearer \xff\xfe", "Basic YTpi"]
)
def test_a_wrong_header_is_a_401(db: None, header: str) -> None:
    answer = APIClient().get("/api/v1/me/", HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize(
    "wish",
    [{}, {"name": ""}, {"name": "x" * 101}, {"name": "x", "expiry_days": 0}, {"name": "x", "expiry_days": 10**9}],
)
def test_a_wish_that_does_not_fit_is_refused(alices: APIClient, wish: dict[str, object]) -> None:
    assert alices.post(TOKENS, wish).status_code == 400
    assert not Token.objects.exists()
