"""Signing in and out, and who is handed a workspace's pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from iamviz.workspaces.models import Member, Workspace
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in/", {"username": email, "password": password}).status_code


def test_a_member_signs_in_with_any_case_of_the_address_and_lands_in_his_workspace(
    client: Client, alice: Member
) -> None:
    assert sign_in(client, "Alice@Example.com") == 302
    answer = client.get("/")
    assert answer.headers["Location"] == "/w/acme/uploads"


def test_a_member_without_a_workspace_lands_in_the_settings(client: Client) -> None:
    client.force_login(Member.objects.create_user("dora@example.com", PASSWORD))
    assert client.get("/").headers["Location"] == "/settings"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, alice: Member) -> None:
    answers = [
        client.post("/sign-in/", {"username": email, "password": "wrong"}).content.decode()
        for email in ("alice@example.com", "nobody@example.com")
    ]
    plain = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert plain[0] == plain[1]
    assert "do not belong together" in plain[0]


def test_five_wrong_attempts_lock_the_address_out_in_every_spelling(client: Client, alice: Member) -> None:
    for spelling in ("alice@example.com", "ALICE@example.com", "Alice@example.com", "aLice@example.com"):
        assert sign_in(client, spelling, "wrong") == 200
    assert sign_in(client, "alicE@example.com", "wrong") == 429
    answer = client.post("/sign-in/", {"username": "alice@example.com", "password": PASSWORD})
    assert answer.status_code == 429
    assert b"Wait ten minutes" in answer.content


def test_a_member_who_was_switched_off_cannot_sign_in(client: Client, alice: Member) -> None:
    Member.objects.update(is_active=False)
    assert sign_in(client, "alice@example.com") == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/", "/settings", "/w/acme/uploads", "/w/acme", "/w/nowhere/r/1/map"])
def test_every_page_needs_sign_in_and_tells_a_stranger_nothing(client: Client, workspace: Workspace, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"


def test_pages_of_a_workspace_are_there_for_its_members_only(
    client: Client, alice: Member, bob: Member, charlie: Member
) -> None:
    found = {}
    for member in (alice, bob, charlie):
        client.force_login(member)
        found[member.name] = client.get("/w/acme/r/latest/map").status_code
    assert found == {"alice": 200, "bob": 200, "charlie": 404}


def test_the_page_carries_its_nonce_and_no_script_or_style_of_its_own(client: Client, alice: Member) -> None:
    client.force_login(alice)
    answer = client.get("/settings")
    text = answer.content.decode()
    nonce = re.search(r'name="csp-nonce" content="([^"]+)"', text)
    assert nonce is not None
    assert f"'nonce-{nonce[1]}'" in answer.headers["Content-Security-Policy"]
    assert "<noscript>" in text
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", text)
    assert "iamviz_csrf" in answer.cookies


def test_the_sign_in_page_has_no_dead_links_and_no_inline_style(client: Client) -> None:
    text = client.get("/sign-in/").content.decode()
    assert "<a " not in text
    assert not re.search(r"<style|<script|\sstyle=", text)


def test_hostile_text_in_the_address_comes_back_as_text(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": '"><script>alert(1)</script>', "password": "x"})
    assert b"<script>" not in answer.content


def test_signing_out_takes_a_post(client: Client, alice: Member) -> None:
    client.force_login(alice)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/settings").status_code == 302


def test_signing_out_needs_the_token_of_the_page(alice: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/sign-out/").status_code == 403


def test_after_sign_in_one_goes_on_within_this_site_only(client: Client, alice: Member) -> None:
    answer = client.post("/sign-in/?next=https://evil.example/", {"username": alice.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
