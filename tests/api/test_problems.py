"""Errors are problem documents, whatever is wrong; inputs have bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIClient

from iamviz.api.me import MeView
from iamviz.api.problems import answer_failure, problem_of
from iamviz.snapshots.models import Revision
from tests.api.conftest import BASE
from tests.api.world import DEPLOY, EVE

R = f"{BASE}/revisions/latest"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"{R}/identities/?limit=0", "limit"),
        (f"{R}/identities/?limit=201", "limit"),
        (f"{R}/identities/?limit=many", "limit"),
        (f"{R}/identities/?cursor=%25%25", "cursor"),
        (f"{R}/identities/?cursor=PDU", "cursor"),
        (f"{R}/identities/?cursor=QDk5OTk5OTk5OTk5OTk5OTk5OTk", "cursor"),
        (f"{R}/identities/?cursor=%C3%A4", "cursor"),
        (f"{R}/identities/?kind=robot", "kind.0"),
        (f"{R}/identities/?ordering=tags", "ordering"),
        (f"{R}/identities/?search={'x' * 201}", "search"),
        (f"{R}/identities/?search=%00", "search"),
        (f"{R}/identities/?colour=red", "colour"),
        (f"{R}/identities/?external=perhaps", "external"),
        (f"{R}/search/", "q"),
        (f"{R}/search/?q=", "q"),
        (f"{R}/search/?q={'x' * 2049}", "q"),
        (f"{R}/search/?q=x&limit=51", "limit"),
        (f"{R}/edges/?source=x", "target"),
        (f"{BASE}/uploads/?cursor=QDU", "cursor"),
        (f"{BASE}/revisions/?limit=-1", "limit"),
    ],
)
def test_a_wrong_parameter_is_named(alices: APIClient, revision: Revision, address: str, field: str) -> None:
    answer = alices.get(address)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (problem["type"], problem["status"]) == ("about:blank", 400)
    assert [each["field"] for each in problem["errors"]] == [field]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"from": EVE}, "to"),
        ({"from": EVE, "to": [5]}, "to"),
        ({"from": EVE, "to": DEPLOY, "limit": 51}, "limit"),
        ({"from": EVE, "to": DEPLOY, "max_hops": 11}, "max_hops"),
        ({"from": EVE, "to": DEPLOY, "via": ["x"] * 11}, "via"),
        ({"from": EVE, "to": DEPLOY, "kinds": ["\ud800"]}, "kinds.0"),
        ({"from": EVE, "to": "\ud800"}, "to"),
        ({"from": EVE, "to": DEPLOY, "maxhops": 3}, "maxhops"),
        ([], ""),
    ],
)
def test_a_wrong_field_is_named(alices: APIClient, revision: Revision, body: Any, field: str) -> None:
    answer = alices.post(f"{R}/paths/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert field in [each["field"] for each in answer.json()["errors"]]


@pytest.mark.django_db
def test_a_field_that_stands_twice_is_never_read_as_its_last(alices: APIClient, revision: Revision) -> None:
    body = json.dumps({"from": EVE, "to": DEPLOY})[:-1] + ', "to": "arn:aws:iam::1:role/x"}'
    answer = alices.post(f"{R}/paths/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "the key 'to' stands twice" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "extra", "status"),
    [
        ("put", f"{R}/", {}, 405),
        ("get", "/api/v1/nothing/", {}, 404),
        ("post", "/api/v1/me", {}, 404),
        ("get", "/api/v1/workspaces/ä/", {}, 404),
        ("get", f"{R}/identities/", {"HTTP_ACCEPT": "text/csv"}, 406),
        ("post", f"{R}/paths/", {"data": "{", "content_type": "application/json"}, 400),
        ("post", f"{R}/paths/", {"data": b"\xff", "content_type": "application/json"}, 400),
        ("post", f"{R}/paths/", {"data": "<x/>", "content_type": "application/xml"}, 415),
        ("post", f"{R}/paths/", {"data": '"' + "x" * 300_000 + '"', "content_type": "application/json"}, 413),
        ("post", f"{R}/paths/", {"data": "[" * 100_000, "content_type": "application/json"}, 400),
    ],
)
def test_everything_else_is_a_problem_document_too(
    alices: APIClient, revision: Revision, method: str, address: str, extra: dict[str, Any], status: int
) -> None:
    answer = getattr(alices, method)(address, **extra)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


@settings(deadline=None)
@given(detail=st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10))
def test_whatever_is_wrong_can_be_written_as_utf8(detail: Any) -> None:
    problem = problem_of(ValidationError(detail))
    assert json.dumps(problem, ensure_ascii=False).encode()
    assert problem["status"] == 400


@pytest.mark.django_db
def test_what_nobody_foresaw_is_a_problem_document_to_programs_and_a_page_to_people(
    alices: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(MeView, "get", broken)
    alices.raise_request_exception = False
    answer = alices.get("/api/v1/me/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["title"] == "Failure"
    page = answer_failure(RequestFactory().get("/w/acme/"))
    assert (page.status_code, page["Content-Type"]) == (500, "text/html; charset=utf-8")
