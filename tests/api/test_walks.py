"""Questions between sets of nodes: paths, cuts, reach, cycles, and what they take as known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.graph.model import IamGraph
from iamviz.snapshots.models import Revision
from iamviz.snapshots.reading import load_graph
from tests.api.conftest import BASE
from tests.api.world import CONSOLE, DEPLOY, EVE, GITHUB, PIPELINE, RUNNER, VENDOR, A, B, X
from tests.graph.drawn import Line, draw

pytestmark = pytest.mark.django_db

R = f"{BASE}/revisions/1"


def ask(client: APIClient, what: str, **question: Any) -> Any:
    question = {key.rstrip("_"): value for key, value in question.items()}
    answer = client.post(f"{R}/{what}/", question)
    assert answer.status_code == 200, answer.content
    return answer.json()


def hops(answer: Any) -> dict[str, tuple[int, str]]:
    return {each["node"]["id"]: (each["hops"], each["certainty"]) for each in answer["nodes"]}


def ways(answer: Any) -> list[list[str]]:
    return [
        [path["edges"][0]["source"]["name"], *(edge["target"]["name"] for edge in path["edges"])]
        for path in answer["paths"]
    ]


def test_a_path_starts_at_any_of_a_set_and_ends_at_any_of_another(alices: APIClient, revision: Revision) -> None:
    assert ways(ask(alices, "paths", from_=B, to=[DEPLOY, key_of(CONSOLE)])) == [["runner", "deploy"]]
    assert ways(ask(alices, "paths", from_="any-user", to=A, max_hops=1)) == [["eve", "deploy"]]


def test_whoever_is_outside_is_one_set_and_services_are_not_in_it(alices: APIClient, revision: Revision) -> None:
    found = hops(ask(alices, "reach", from_="any-external", unknown=True))
    assert {PIPELINE, VENDOR} <= found.keys()
    assert RUNNER not in found


def test_a_blast_radius_tells_hops_certainty_and_accounts(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, "reach", from_=RUNNER)
    assert hops(answer) == {DEPLOY: (1, "certain"), CONSOLE: (2, "conditional")}
    assert answer["accounts"] == [{"account": A, "account_name": None, "nodes": 2, "admin": None}]
    assert (answer["total"], answer["kinds"], answer["truncated"]) == (2, {"role": 2}, None)
    assert hops(ask(alices, "reach", from_=RUNNER, conditional=False)) == {DEPLOY: (1, "certain")}
    assert hops(ask(alices, "reach", from_=RUNNER, avoid=[DEPLOY])) == {}


def test_who_reaches_a_node_is_the_reverse(alices: APIClient, revision: Revision) -> None:
    found = hops(ask(alices, "reach", to=CONSOLE))
    assert (found[DEPLOY], found[EVE], found[RUNNER]) == ((1, "conditional"), (2, "conditional"), (2, "conditional"))


def test_what_is_too_long_to_list_is_counted(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, "reach", from_=RUNNER, limit=1)
    assert len(answer["nodes"]) == 1
    assert (answer["truncated"]["shown"], answer["truncated"]["total"], answer["total"]) == (1, 2, 2)


@pytest.mark.parametrize(
    ("assume", "certainty"),
    [
        ({}, "conditional"),
        ({"session_name": "friday"}, "certain"),
        ({"session_name": "monday"}, None),
        ({"keys": {"STS:RoleSessionName": "friday"}}, "certain"),
        ({"mfa": True, "source_ip": "203.0.113.9", "org_member": True, "external_id": "known"}, "conditional"),
    ],
)
def test_what_is_known_of_the_requests_decides_conditional_edges(
    alices: APIClient, revision: Revision, assume: dict[str, Any], certainty: str | None
) -> None:
    found = hops(ask(alices, "reach", from_=DEPLOY, assume=assume))
    assert found == ({} if certainty is None else {CONSOLE: (1, certainty)})
    paths = ask(alices, "paths", from_=DEPLOY, to=CONSOLE, assume=assume)["paths"]
    assert [path["certainty"] for path in paths] == ([] if certainty is None else [certainty])
    assert all(path["conditions"] == (certainty == "conditional") for path in paths)
    assert ask(alices, "cuts", from_=DEPLOY, to=CONSOLE, assume=assume)["size"] == (certainty is not None)


def test_a_federated_subject_may_be_told_by_any_key(alices: APIClient, revision: Revision) -> None:
    key = "token.actions.githubusercontent.com:sub"
    for subject, reached in (("repo:acme/app:ref:refs/heads/main", True), ("repo:evil/app:x", False)):
        found = hops(ask(alices, "reach", from_=GITHUB, assume={"keys": {key: subject}}))
        assert (PIPELINE in found) is reached


@pytest.mark.parametrize(
    ("external_id", "reached"), [("b0c9f4e2", [VENDOR]), ("known", [VENDOR]), ("wrong", []), (None, [])]
)
def test_who_does_not_know_the_external_id_does_not_get_in(
    alices: APIClient, revision: Revision, external_id: str | None, reached: list[str]
) -> None:
    assert list(hops(ask(alices, "reach", from_=X, unknown=True, assume={"external_id": external_id}))) == reached


def test_a_cut_names_edges_that_are_there(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, "cuts", from_=[EVE, RUNNER], to=CONSOLE)
    (edge,) = answer["edges"]
    assert (edge["source"]["id"], edge["target"]["id"]) == (DEPLOY, CONSOLE)
    assert edge["evidence"]
    assert [(each["node"]["id"], each["sources"]) for each in answer["choke_points"]] == [(DEPLOY, 2)]
    assert (answer["size"], answer["sources"], answer["targets"]) == (1, 2, 1)
    assert (answer["inseparable"], answer["truncated"]) == ([], None)


def test_a_cut_that_is_too_long_to_list_is_counted(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, "cuts", from_=[EVE, RUNNER], to=DEPLOY, limit=1)
    assert (len(answer["edges"]), answer["size"]) == (1, 2)
    assert answer["truncated"] == "Shown: 1 of 2 edges."


def test_choke_points_that_were_not_looked_for_are_not_told_as_none(
    alices: APIClient, revision: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iamviz.graph.choke_points.MOST_EDGES", 0)
    answer = ask(alices, "cuts", from_=[EVE, RUNNER], to=CONSOLE)
    assert (answer["size"], answer["choke_points"]) == (1, [])
    assert "choke points" in answer["truncated"]


ADMINISTRATION = [
    Line("i0", "i1"),
    Line("i1", "admin:1", "is-admin"),
    Line("i2", "admin:2", "can-escalate", method="iam-005"),
    Line("i2", "admin:2", "can-escalate", method="iam-007"),
    Line("i3", "i4"),
    Line("i4", "i3"),
]


@pytest.fixture
def administration(revision: Revision, monkeypatch: pytest.MonkeyPatch) -> IamGraph:
    """A drawing in place of the revision's graph."""
    load_graph(revision)
    graph = replace(draw(ADMINISTRATION))
    monkeypatch.setattr("iamviz.api.scope.load_graph_under", lambda *_: graph)
    monkeypatch.setattr("iamviz.api.scope.load_graph", lambda *_: graph)
    return graph


def test_the_admins_of_all_accounts_are_one_set(alices: APIClient, administration: IamGraph) -> None:
    assert hops(ask(alices, "reach", to="admin")) == {"i0": (1, "certain"), "i2": (1, "certain")}
    assert hops(ask(alices, "reach", to="admin:1")) == {"i0": (1, "certain")}
    (account,) = ask(alices, "reach", from_="i0")["accounts"]
    assert (account["nodes"], account["admin"]) == (1, "certain")


def test_an_admin_is_no_step_and_cannot_be_cut_off(alices: APIClient, administration: IamGraph) -> None:
    (path,) = ask(alices, "paths", from_="i0", to="admin", kinds=["can-assume"])["paths"]
    assert (path["hops"], [edge["kind"] for edge in path["edges"]]) == (1, ["can-assume", "is-admin"])
    answer = ask(alices, "cuts", from_=["i0", "i1", "i2"], to="admin")
    assert [each["id"] for each in answer["inseparable"]] == ["i1"]
    assert {(each["source"]["id"], each["target"]["id"]) for each in answer["edges"]} == {
        ("i0", "i1"),
        ("i2", "admin:2"),
    }
    assert answer["size"] == 3


def test_a_relation_lists_every_method(alices: APIClient, administration: IamGraph) -> None:
    (path,) = ask(alices, "paths", from_="i2", to="admin:2")["paths"]
    assert path["edges"][0]["methods"] == ["iam-005", "iam-007"]


def test_roles_that_can_become_each_other_are_a_cycle(alices: APIClient, administration: IamGraph) -> None:
    page = alices.get(f"{R}/cycles/").json()
    assert page["total"] == 1
    assert [each["id"] for each in page["results"][0]["nodes"]] == ["i3", "i4"]
    assert (page["results"][0]["size"], page["results"][0]["certainty"]) == (2, "certain")


@pytest.mark.parametrize(
    ("what", "question", "status", "named"),
    [
        ("reach", {}, 400, "from"),
        ("reach", {"from": EVE, "to": EVE}, 400, "from"),
        ("reach", {"from": []}, 400, "from"),
        ("reach", {"from": [7]}, 400, "from"),
        ("reach", {"from": "123456789012"}, 404, "123456789012"),
        ("reach", {"from": "ou-none"}, 404, "ou-none"),
        ("reach", {"from": "arn:aws:iam::1:role/none"}, 404, "arn:aws:iam::1:role/none"),
        ("reach", {"from": EVE, "assume": {"source_ip": "10.0.0.0/8"}}, 400, "assume.source_ip"),
        ("reach", {"from": EVE, "assume": {"mfa": "perhaps"}}, 400, "assume.mfa"),
        ("reach", {"from": EVE, "assume": {"keys": {"k": {"a": 1}}}}, 400, "assume.keys.k"),
        (
            "reach",
            {"from": EVE, "assume": {"session_tags": {str(n): "" for n in range(51)}}},
            400,
            "assume.session_tags",
        ),
        ("cuts", {"from": EVE}, 400, "to"),
        ("cuts", {"from": EVE, "to": DEPLOY, "limit": 0}, 400, "limit"),
        ("paths", {"from": EVE, "to": DEPLOY, "assume": {"session_name": "x" * 65}}, 400, "assume.session_name"),
    ],
)
def test_a_question_that_cannot_be_understood_is_a_problem_that_names_the_field(
    alices: APIClient, revision: Revision, what: str, question: dict[str, Any], status: int, named: str
) -> None:
    answer = alices.post(f"{R}/{what}/", question)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert named in (answer.json()["errors"][0]["field"] if status == 400 else answer.json()["detail"])


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ("paths", {"from": "any-user", "to": DEPLOY}),
        ("cuts", {"from": "any-user", "to": DEPLOY, "assume": {"mfa": False}}),
        ("reach", {"from": "any-external", "assume": {"mfa": True}}),
    ],
)
def test_an_answer_costs_the_same_few_queries_whatever_the_sets(
    alices: APIClient, revision: Revision, what: str, question: dict[str, Any], django_assert_num_queries: Any
) -> None:
    alices.post(f"{R}/{what}/", question)
    with django_assert_num_queries(3):
        assert alices.post(f"{R}/{what}/", question).status_code == 200
