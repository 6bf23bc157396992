"""The list of identities: filters, facets, order, pages; and one identity in detail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.snapshots.models import IdentityRow, Revision
from iamviz.snapshots.reading import Kept
from tests.api.conftest import BASE
from tests.api.world import BOUNDARY, CONSOLE, DEPLOY, EVE, HOSTILE, OPS, PIPELINE, VENDOR, WORKER, A, B, X, arn

pytestmark = pytest.mark.django_db

ISSUER = "token.actions.githubusercontent.com"
IDENTITIES = f"{BASE}/revisions/latest/identities/"


def found(client: APIClient, **question: Any) -> list[str]:
    answer = client.get(IDENTITIES, question)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def detail(client: APIClient, identity: str, tail: str = "") -> Any:
    return client.get(f"{IDENTITIES}{key_of(identity)}/{tail}").json()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ({}, ["console", "deploy", "eve", "mallory", "ops", "pipeline", "runner", "vendor", "worker"]),
        ({"kind": "user"}, ["eve", "mallory"]),
        ({"kind": ["user", "group"]}, ["eve", "mallory", "ops"]),
        ({"account": B}, ["runner"]),
        ({"external": "true"}, ["vendor"]),
        ({"external": "false", "kind": "role"}, ["console", "deploy", "pipeline", "runner", "worker"]),
        ({"admin": "certain"}, []),
        ({"search": "script alert"}, ["eve"]),
        ({"search": "AROADEPLOY"}, ["deploy"]),
        ({"search": "%"}, []),
        ({"mfa": "unknown"}, ["eve", "mallory"]),
        ({"mfa": "no"}, []),
        ({"keys": "unknown"}, ["eve", "mallory"]),
        ({"used": "30"}, []),
        ({"used": ["older", "365"]}, ["deploy"]),
        ({"used": "never", "kind": "role"}, ["console", "pipeline", "runner", "vendor", "worker"]),
        ({"ordering": "-trusted_by", "limit": 1}, ["deploy"]),
        ({"ordering": "-can_become", "limit": 3}, ["deploy", "eve", "runner"]),
        ({"ordering": "last_used", "limit": 1}, ["deploy"]),
        ({"ordering": "-last_used", "limit": 1}, ["deploy"]),
    ],
)
def test_filters_narrow_and_orderings_sort(
    alices: APIClient, revision: Revision, question: Mapping[str, Any], names: list[str]
) -> None:
    assert found(alices, **question) == names


def test_facets_count_what_was_found_but_for_their_own_filter(alices: APIClient, revision: Revision) -> None:
    page = alices.get(IDENTITIES, {"kind": "role"}).json()
    assert page["total"] == 6
    assert page["facets"] == {
        "kind": {"user": 2, "role": 6, "group": 1},
        "account": [{"value": A, "label": A, "count": 5}, {"value": B, "label": B, "count": 1}],
        "admin": {"no": 6},
        "external": {"true": 1, "false": 5},
        "mfa": {},
    }
    assert alices.get(IDENTITIES).json()["facets"]["mfa"] == {"unknown": 2}


def test_following_next_shows_every_identity_once_and_previous_leads_back(
    alices: APIClient, revision: Revision
) -> None:
    first = alices.get(IDENTITIES, {"limit": "3", "ordering": "-name"}).json()
    second = alices.get(first["next"]).json()
    third = alices.get(second["next"]).json()
    names = [row["name"] for page in (first, second, third) for row in page["results"]]
    assert names == sorted(names, reverse=True)
    assert len(set(names)) == 9
    assert (first["previous"], third["next"]) == (None, None)
    assert alices.get(third["previous"]).json() == second
    assert alices.get(second["previous"]).json()["results"] == first["results"]


def test_a_list_with_facets_takes_the_same_number_of_queries_however_long(
    alices: APIClient,
    revision: Revision,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("iamviz.api.identities.FACETS", Kept(most=200))
    # session, member; revision; account names; count, page; five facets, counted once
    for limit, queries in ((1, 11), (100, 6), (3, 6)):
        with django_assert_num_queries(queries):
            alices.get(IDENTITIES, {"limit": limit})


def test_a_user_shows_its_groups_and_hostile_tags_as_they_are(alices: APIClient, revision: Revision) -> None:
    answer = detail(alices, EVE)
    assert answer["tags"] == {"note": HOSTILE}
    assert [each["id"] for each in answer["groups"]] == [OPS]
    assert (answer["trusted_by"], answer["can_become"], answer["trust_summary"]) == (0, 1, [])
    assert (answer["arn"], answer["credentials"], answer["boundary"]) == (EVE, None, None)


def test_a_group_shows_its_members(alices: APIClient, revision: Revision) -> None:
    assert [each["id"] for each in detail(alices, OPS)["members"]] == [EVE]


def test_a_role_shows_its_instance_profiles(alices: APIClient, revision: Revision) -> None:
    assert detail(alices, DEPLOY)["instance_profiles"] == [arn(A, "instance-profile/deploy-profile")]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (
            DEPLOY,
            [("Any principal of this account whose own policies let it", None), (f"The role runner in {B}", None)],
        ),
        (
            VENDOR,
            [(f"Any principal of the outside account {X} whose own policies let it", "sts:ExternalId is b0c9f4e2")],
        ),
        (PIPELINE, [("GitHub Actions workflows", f"{ISSUER}:sub is like repo:acme/app:*")]),
        (CONSOLE, [("The session friday of the role deploy", None)]),
        (WORKER, [("AWS Lambda", None), ("Refuses anyone, in any AWS account", None)]),
    ],
)
def test_a_trust_policy_is_said_in_plain_words(
    alices: APIClient, revision: Revision, role: str, said: list[tuple[str, str | None]]
) -> None:
    assert [(each["words"], each["only_where"]) for each in detail(alices, role)["trust_summary"]] == said


def test_a_trust_statement_counts_whom_it_lets_in_today_and_where_it_stands(
    alices: APIClient, revision: Revision
) -> None:
    own, named = detail(alices, DEPLOY)["trust_summary"]
    assert (own["identities"], own["certainty"], own["sid"]) == (1, "certain", "Own")
    assert (named["identities"], named["principals"][0]["account"]) == (1, B)
    text = next(each["text"] for each in detail(alices, DEPLOY, "policies/") if each["source"] == "trust")
    assert '"Sid": "Own"' in "\n".join(text.splitlines()[own["first_line"] - 1 : own["last_line"]])


def test_a_statement_that_a_deny_overrules_lets_nobody_in(alices: APIClient, revision: Revision) -> None:
    assert [each["certainty"] for each in detail(alices, WORKER)["trust_summary"]] == [None, None]


def test_policies_name_their_source_and_the_lines_of_their_statements(alices: APIClient, revision: Revision) -> None:
    (policy,) = detail(alices, EVE, "policies/")
    assert (policy["source"], policy["name"], policy["group"]["id"]) == ("group-inline", "assume", OPS)
    (lines,) = policy["statements"]
    assert (lines["index"], lines["sid"], lines["effect"]) == (0, "Assume", "Allow")
    assert policy["text"].splitlines()[lines["first_line"] - 1].strip() == "{"


def test_a_boundary_is_listed_with_its_arn(alices: APIClient, revision: Revision) -> None:
    policies = detail(alices, arn(A, "user/mallory"), "policies/")
    assert [(each["source"], each["arn"]) for each in policies] == [("inline", None), ("boundary", BOUNDARY)]


def test_who_can_become_it_and_what_it_can_become_mirror_each_other(alices: APIClient, revision: Revision) -> None:
    inbound = detail(alices, DEPLOY, "inbound/")
    assert inbound["total"] == 2
    assert [each["source"]["name"] for each in inbound["results"]] == ["eve", "runner"]
    eve = inbound["results"][0]
    outbound = detail(alices, EVE, "outbound/?kind=can-assume")
    assert outbound["results"] == [eve]
    assert [each["side"] for each in eve["evidence"]] == ["identity", "trust"]
    assert (eve["certainty"], eve["conditions"], eve["cross_account"]) == ("certain", [], False)


def test_relations_can_be_narrowed_by_certainty(alices: APIClient, revision: Revision) -> None:
    assert detail(alices, DEPLOY, "inbound/?certainty=unknown")["total"] == 0
    unknown = detail(alices, VENDOR, "inbound/?certainty=unknown")["results"]
    assert [each["source"]["kind"] for each in unknown] == ["external-account"]
    assert "not in the snapshot" in unknown[0]["reasons"][0]


@pytest.mark.parametrize("key", ["x", "A" * 22, "A" * 23, "…" * 22])
def test_an_unknown_key_is_not_found(alices: APIClient, revision: Revision, key: str) -> None:
    assert alices.get(f"{IDENTITIES}{key}/").status_code == 404


def test_keys_of_rows_are_keys_of_nodes(revision: Revision) -> None:
    rows = IdentityRow.objects.all()
    assert len(rows) == 9
    assert all(row.key == key_of(row.arn) for row in rows)
