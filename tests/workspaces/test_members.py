"""Members, memberships and tokens as rows, and the commands that make them."""

from __future__ import annotations

import io
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from iamviz.workspaces.first_member import create_first_member
from iamviz.workspaces.models import Member, Membership, Token, Workspace

pytestmark = pytest.mark.django_db


def test_a_member_sees_the_workspaces_that_he_belongs_to(alice: Member, bob: Member, charlie: Member) -> None:
    seen = {
        member.name: [each.slug for each in Workspace.objects.visible_to(member)] for member in (alice, bob, charlie)
    }
    assert seen == {"alice": ["acme"], "bob": ["acme"], "charlie": ["elsewhere"]}
    assert not Workspace.objects.visible_to(AnonymousUser()).exists()


def test_memberships_of_a_workspace_are_seen_by_its_members(alice: Member, bob: Member, charlie: Member) -> None:
    assert Membership.objects.visible_to(bob).count() == 2
    assert not Membership.objects.visible_to(charlie).filter(member=alice).exists()


def test_viewers_do_not_upload(workspace: Workspace, alice: Member, bob: Member) -> None:
    may = {each.member.name: each.may_upload for each in workspace.memberships.select_related("member")}
    assert may == {"alice": True, "bob": False}
    assert workspace.role_of(bob) == "viewer"


def test_a_stranger_has_no_role(workspace: Workspace, charlie: Member) -> None:
    assert workspace.role_of(charlie) is None


def test_an_address_is_one_member_whatever_its_case(alice: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(email="ALICE@example.com")
    assert Member.objects.get_by_natural_key(" Alice@Example.com") == alice


def test_a_token_is_named_and_kept_as_its_hash(alice: Member) -> None:
    token, text = Token.objects.create(user=alice, name="nightly upload")
    assert str(token) == "nightly upload"
    assert text not in token.digest


def test_the_first_member_owns_a_workspace_and_is_made_once() -> None:
    made = create_first_member()
    assert made is not None
    email, password = made
    member = Member.objects.get(email=email)
    assert member.check_password(password)
    assert [each.role for each in member.memberships.all()] == ["owner"]
    assert create_first_member() is None


def test_the_command_prints_how_to_sign_in_and_the_password_only_once() -> None:
    first, second = io.StringIO(), io.StringIO()
    call_command("first_member", email="me@example.com", stdout=first)
    call_command("first_member", stdout=second)
    assert json.loads(first.getvalue())["email"] == "me@example.com"
    assert json.loads(second.getvalue()) == {"email": "me@example.com"}


def make_member(monkeypatch: pytest.MonkeyPatch, password: str, email: str = "dora@example.com") -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    out = io.StringIO()
    call_command("create_member", email, "--workspace", "Blue Team", "--role", "editor", stdout=out)
    return out.getvalue()


def test_create_member_makes_the_workspace_too(monkeypatch: pytest.MonkeyPatch) -> None:
    told = make_member(monkeypatch, "a-long-password-indeed")
    assert told == "dora@example.com is editor of Blue Team (/w/blue-team/)\n"
    assert Member.objects.get().check_password("a-long-password-indeed")


def test_create_member_gives_a_known_member_another_role_and_keeps_his_password(
    monkeypatch: pytest.MonkeyPatch, alice: Member
) -> None:
    make_member(monkeypatch, "ignored", email="Alice@example.com")
    assert Membership.objects.get(workspace__slug="blue-team").member == alice


@pytest.mark.parametrize(
    ("password", "email"), [("short", "dora@example.com"), ("a-long-password-indeed", "no-address")]
)
def test_create_member_refuses_in_one_line(monkeypatch: pytest.MonkeyPatch, password: str, email: str) -> None:
    with pytest.raises(CommandError) as refused:
        make_member(monkeypatch, password, email)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert not Member.objects.exists()
