"""Edges, map, neighbourhood, paths, trusts and search."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.snapshots.models import Revision
from tests.api.conftest import BASE
from tests.api.world import CONSOLE, DEPLOY, EVE, GITHUB, PIPELINE, RUNNER, VENDOR, WORKER, A, B, X, arn

pytestmark = pytest.mark.django_db

R = f"{BASE}/revisions/1"
MALLORY = arn(A, "user/mallory")


def edge(client: APIClient, source: str, target: str) -> Any:
    answer = client.get(f"{R}/edges/", {"source": source, "target": target})
    assert answer.status_code == 200, answer.content
    return answer.json()


def verdicts(answer: Any) -> dict[str, str]:
    return {each["layer"]: each["verdict"] for each in answer["layers"]}


def highlighted(document: Any) -> str:
    lines = document["text"].splitlines()
    return "\n".join(
        line for each in document["highlights"] for line in lines[each["first_line"] - 1 : each["last_line"]]
    )


def test_an_edge_shows_both_statements_with_the_lines_that_decide(alices: APIClient, revision: Revision) -> None:
    identity, trust = edge(alices, RUNNER, DEPLOY)["documents"]
    assert (identity["side"], identity["owner"]["id"]) == ("identity", RUNNER)
    assert (trust["side"], trust["owner"]["id"], trust["statement"]) == ("trust", DEPLOY, 1)
    assert '"Action": "sts:AssumeRole"' in highlighted(identity)
    assert RUNNER in highlighted(trust)
    assert "root" not in highlighted(trust)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (EVE, DEPLOY, {"identity": "allows", "trust": "allows", "boundary": "none-set"}),
        (RUNNER, DEPLOY, {"identity": "allows", "trust": "allows", "boundary": "none-set"}),
        (MALLORY, DEPLOY, {"identity": "allows", "trust": "allows", "boundary": "blocks"}),
        (DEPLOY, CONSOLE, {"identity": "does-not-apply", "trust": "allows-if", "boundary": "none-set"}),
        (EVE, VENDOR, {"identity": "blocks", "trust": "blocks", "boundary": "none-set"}),
        (RUNNER, VENDOR, {"identity": "allows", "trust": "blocks", "boundary": "none-set"}),
        (f"account:{X}", VENDOR, {"identity": "unknown", "trust": "allows-if", "boundary": "does-not-apply"}),
        (GITHUB, PIPELINE, {"identity": "does-not-apply", "trust": "allows-if", "boundary": "does-not-apply"}),
        (
            "service:lambda.amazonaws.com",
            WORKER,
            {"identity": "does-not-apply", "trust": "blocks", "boundary": "does-not-apply"},
        ),
    ],
)
def test_every_layer_gives_its_own_verdict(
    alices: APIClient, revision: Revision, source: str, target: str, expected: dict[str, str]
) -> None:
    rest = {"scp": "none-set", "rcp": "none-set", "session": "not-evaluated"}
    assert verdicts(edge(alices, source, target)) == {**rest, **expected}


def test_what_blocks_is_shown_with_its_layer_and_statement(alices: APIClient, revision: Revision) -> None:
    (blocked,) = edge(alices, "service:lambda.amazonaws.com", WORKER)["blocked"]
    assert (blocked["layer"], blocked["statement"], blocked["evidence"][0]["effect"]) == ("trust", 1, "Deny")
    (blocked,) = edge(alices, MALLORY, DEPLOY)["blocked"]
    assert (blocked["layer"], blocked["policy"]) == ("boundary", None)


def test_an_edge_may_be_named_by_keys(alices: APIClient, revision: Revision) -> None:
    named = edge(alices, EVE, DEPLOY)
    assert edge(alices, key_of(EVE), key_of(DEPLOY)) == named
    assert edge(alices, key_of(f"account:{X}"), VENDOR)["relations"][0]["source"]["id"] == f"account:{X}"


def test_an_unknown_node_is_named_in_the_problem(alices: APIClient, revision: Revision) -> None:
    answer = alices.get(f"{R}/edges/", {"source": EVE, "target": "arn:aws:iam::1:role/none"})
    assert answer.status_code == 404
    assert "arn:aws:iam::1:role/none" in answer.json()["detail"]


def test_the_account_level_draws_accounts_and_outsiders_in_columns(alices: APIClient, revision: Revision) -> None:
    answer = alices.get(f"{R}/graph/")
    level = answer.json()
    nodes, edges = level["nodes"], level["edges"]
    assert {f"account:{A}", f"account:{B}", f"account:{X}"} <= set(nodes["id"])
    assert {len(column) for column in nodes.values()} == {len(nodes["id"])}
    assert {len(column) for column in edges.values()} == {len(edges["s"])}
    assert nodes["key"] == [key_of(each) for each in nodes["id"]]
    assert sum(level["legend"].values()) == len(nodes["id"])
    assert level["truncated"] is None


def test_levels_stand_for_units_accounts_sorts_and_identities(alices: APIClient, revision: Revision) -> None:
    kinds = {
        question: set(alices.get(f"{R}/graph/?level={question}").json()["nodes"]["kind"])
        for question in ("org", "account", f"group&account={A}", f"identity&account={A}")
    }
    assert "organizational-unit" in kinds["org"]
    assert "account" in kinds["account"]
    assert "identity-group" in kinds[f"group&account={A}"]
    assert {"user", "role"} <= kinds[f"identity&account={A}"]


def test_a_level_of_a_numbered_revision_is_kept_for_ever_by_its_reader_alone(
    alices: APIClient, revision: Revision
) -> None:
    answer = alices.get(f"{R}/graph/?level=identity&account={A}")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert {"Cookie", "Authorization"} <= {each.strip() for each in answer["Vary"].split(",")}
    assert not answer["ETag"].startswith("W/")
    again = alices.get(f"{R}/graph/?level=identity&account={A}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert alices.get(f"{R}/graph/")["ETag"] != answer["ETag"]


def test_a_level_travels_compressed_to_who_understands_that(alices: APIClient, revision: Revision) -> None:
    plain = alices.get(f"{R}/graph/")
    zipped = alices.get(f"{R}/graph/", headers={"Accept-Encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in zipped["Vary"]


def test_latest_is_asked_for_again_each_time(alices: APIClient, revision: Revision) -> None:
    assert alices.get(f"{BASE}/revisions/latest/graph/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"level": "identity"}, 400),
        ({"level": "galaxy"}, 400),
        ({"account": A}, 400),
        ({"level": "identity", "account": "123456789012"}, 404),
    ],
)
def test_a_level_that_is_not_there_is_a_problem(
    alices: APIClient, revision: Revision, question: dict[str, str], status: int
) -> None:
    assert alices.get(f"{R}/graph/", question).status_code == status


def test_a_neighbourhood_has_its_centre_and_both_sides(alices: APIClient, revision: Revision) -> None:
    answer = alices.get(f"{R}/neighbourhood/", {"of": DEPLOY}).json()
    sides = {each["name"]: each["role"] for each in answer["nodes"]}
    assert (sides["deploy"], sides["eve"], sides["runner"]) == ("center", "in", "in")
    assert (answer["folded"], answer["truncated"]) == ([], None)


def test_a_path_is_a_list_of_edges_with_evidence(alices: APIClient, revision: Revision) -> None:
    answer = alices.post(f"{R}/paths/", {"from": RUNNER, "to": key_of(DEPLOY)}).json()
    (path,) = answer["paths"]
    assert (path["hops"], path["certainty"], path["conditions"], path["accounts"]) == (1, "certain", 0, 2)
    assert path["edges"][0]["evidence"]
    assert (answer["more"], answer["nothing_because"]) == (False, None)


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ({"from": EVE, "to": EVE}, "both the start and the end"),
        ({"from": MALLORY, "to": DEPLOY}, "permissions boundary"),
        ({"from": EVE, "to": VENDOR}, "Searched what eve reaches"),
        ({"from": f"account:{X}", "to": VENDOR}, "one side is missing"),
        ({"from": GITHUB, "to": PIPELINE, "conditional": False}, "conditional edges"),
        ({"from": EVE, "to": DEPLOY, "via": [RUNNER]}, "`via`"),
        ({"from": EVE, "to": DEPLOY, "avoid": [DEPLOY]}, "the nodes to avoid"),
        ({"from": EVE, "to": DEPLOY, "kinds": ["runs-as"]}, "some kinds of edges"),
    ],
)
def test_where_no_path_is_found_the_answer_says_why(
    alices: APIClient, revision: Revision, question: dict[str, Any], because: str
) -> None:
    answer = alices.post(f"{R}/paths/", question).json()
    assert answer["paths"] == []
    assert because in answer["nothing_because"]


@pytest.mark.parametrize(
    ("question", "pairs"),
    [
        ({"account": B}, [("runner", "codebuild.amazonaws.com")]),
        ({"external": "true"}, [("vendor", X)]),
        ({"cross_account": "true"}, [("deploy", "runner"), ("vendor", X)]),
        ({"search": "GITHUB"}, [("pipeline", "token.actions.githubusercontent.com")]),
        ({"certainty": "unknown"}, [("vendor", X)]),
        ({"search": "nothing of the kind"}, []),
    ],
)
def test_trusts_are_filtered(
    alices: APIClient, revision: Revision, question: dict[str, str], pairs: list[tuple[str, str]]
) -> None:
    page = alices.get(f"{R}/trusts/", question).json()
    assert [(each["role"]["name"], each["principal"]["name"]) for each in page["results"]] == pairs
    assert page["total"] == len(pairs)


def test_a_trust_says_whom_it_lets_in_and_how_sure_that_is(alices: APIClient, revision: Revision) -> None:
    results = alices.get(f"{R}/trusts/").json()["results"]
    shown = {(each["role"]["name"], each["principal"]["name"]): each for each in results}
    assert shown["deploy", A]["identities"] == shown["deploy", "runner"]["identities"] == 1
    assert shown["vendor", X]["conditions"][0]["key"] == "sts:ExternalId"
    assert shown["vendor", X]["outside"]
    assert [each["key"] for each in shown["console", "deploy"]["conditions"]] == ["sts:RoleSessionName"]
    assert shown["console", "deploy"]["certainty"] == "conditional"
    assert shown["worker", "lambda.amazonaws.com"]["certainty"] is None


@pytest.mark.parametrize(
    ("pasted", "first"),
    [
        (DEPLOY, DEPLOY),
        (f'  "{DEPLOY}"\n', DEPLOY),
        (f"arn:aws:sts::{A}:assumed-role/deploy/i-0abc", DEPLOY),
        (f"arn:aws:sts::{B}:assumed-role/runner/build", RUNNER),
        (arn(B, "role/runner"), RUNNER),
        (arn(A, "root"), arn(A, "root")),
        ("AROADEPLOY00000000000:session", DEPLOY),
        ("AIDAEVE00000000000000", EVE),
        (A, f"account:{A}"),
        (X, f"account:{X}"),
        ("lambda.amazonaws.com", "service:lambda.amazonaws.com"),
        ("dep", DEPLOY),
        ("loy", DEPLOY),
        ("EVE", EVE),
        (f"arn:aws:s3:::{A}", None),
        ("nothing of the kind", None),
        ("%", None),
        ("_", None),
    ],
)
def test_whatever_is_pasted_leads_to_its_node(
    alices: APIClient, revision: Revision, pasted: str, first: str | None
) -> None:
    found = alices.get(f"{R}/search/", {"q": pasted}).json()
    assert (found[0]["id"] if found else None) == first


def test_an_instance_profile_leads_to_its_role(alices: APIClient, revision: Revision) -> None:
    found = alices.get(f"{R}/search/", {"q": arn(A, "instance-profile/deploy-profile")}).json()
    assert [each["name"] for each in found[:2]] == ["deploy-profile", "deploy"]


def test_a_search_stops_at_its_limit(alices: APIClient, revision: Revision) -> None:
    assert len(alices.get(f"{R}/search/", {"q": "arn", "limit": "2"}).json()) == 2
