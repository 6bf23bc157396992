"""Pages: whoever follows `next` sees everything once and in order, and `previous` is the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from iamviz.api.pages import numbered_page
from iamviz.api.rendering import key_of
from iamviz.snapshots.models import Revision
from tests.api.conftest import BASE
from tests.api.world import DEPLOY

R = f"{BASE}/revisions/latest"


def page(total: int, limit: int, cursor: str = "") -> dict[str, Any]:
    request = Request(APIRequestFactory().get("/list/", {"colour": "red", "limit": str(limit)}))
    return numbered_page(
        request, {"limit": limit, "cursor": cursor}, total, lambda first, last: range(total)[first:last]
    )


def cursor_in(address: str) -> str:
    parameters = parse_qs(urlsplit(address).query)
    assert parameters["colour"] == ["red"]
    return parameters.get("cursor", [""])[0]


def walk(start: dict[str, Any], follow: str, load: Callable[[str], dict[str, Any]]) -> list[list[int]]:
    pages, current = [list(start["results"])], start
    while current[follow] is not None:
        current = load(cursor_in(current[follow]))
        pages.append(list(current["results"]))
    return pages


@settings(deadline=None)
@given(total=st.integers(0, 60), limit=st.integers(1, 20))
def test_following_next_shows_everything_once_and_in_order(total: int, limit: int) -> None:
    pages = walk(page(total, limit), "next", lambda cursor: page(total, limit, cursor))
    assert [each for results in pages for each in results] == list(range(total))


@settings(deadline=None)
@given(total=st.integers(1, 60), limit=st.integers(1, 20))
def test_previous_leads_back_over_the_same_pages(total: int, limit: int) -> None:
    there = walk(page(total, limit), "next", lambda cursor: page(total, limit, cursor))
    last = page(total, limit)
    while last["next"] is not None:
        last = page(total, limit, cursor_in(last["next"]))
    assert walk(last, "previous", lambda cursor: page(total, limit, cursor)) == there[::-1]


def outcome(cursor: str) -> Any:
    """The results, or the names of the parameters that are refused."""
    try:
        return list(page(10, 3, cursor)["results"])
    except ValidationError as refused:
        return list(refused.get_full_details())


@settings(deadline=None)
@given(cursor=st.text(max_size=40))
def test_any_text_is_a_cursor_or_refused_by_name(cursor: str) -> None:
    found = outcome(cursor)
    assert found == ["cursor"] or set(found) <= set(range(10))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (f"{BASE}/revisions/", 5),
        (f"{R}/accounts/", 4),
        (f"{R}/coverage/", 6),
        (f"{R}/trusts/", 3),
        (f"{R}/identities/{key_of(DEPLOY)}/inbound/", 4),
        (f"{R}/identities/{key_of(DEPLOY)}/outbound/", 4),
        ("/api/v1/workspaces/", 3),
        ("/api/v1/me/", 3),
        ("/api/v1/tokens/", 3),
    ],
)
def test_a_list_takes_as_many_queries_as_it_has_tables(
    alices: APIClient, revision: Revision, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    # session and member are two; the graph is decoded once for each process
    alices.get(address)
    with django_assert_num_queries(queries):
        alices.get(address)
