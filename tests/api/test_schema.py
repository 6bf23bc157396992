"""The OpenAPI document: valid, without warnings, the one that the interface was made from, and kept by the server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from iamviz.api import shapes
from iamviz.graph import model as graph_model
from iamviz.policy import decision
from iamviz.policy.denial import DeniedBy
from iamviz.snapshots.models import Upload, UploadFile
from iamviz.workspaces.models import Membership

COMMITTED = Path(__file__).parents[2] / "frontend" / "src" / "api" / "schema.json"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("schema") / "schema.json"
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(path))
    return json.loads(path.read_text())


def test_the_committed_document_is_what_the_server_says(written: Any) -> None:
    assert json.loads(COMMITTED.read_text()) == written, "run: manage.py spectacular --format openapi-json --file …"


def test_it_is_openapi_3_1(written: Any) -> None:
    assert written["openapi"].startswith("3.1")


def operations(written: Any) -> list[tuple[str, Any]]:
    return [(f"{method} {path}", each) for path, item in written["paths"].items() for method, each in item.items()]


def test_every_operation_is_named_and_described_and_says_how_it_fails(written: Any) -> None:
    for name, each in operations(written):
        assert each["operationId"][0].islower(), name
        assert each.get("description"), name
        assert "application/problem+json" in each["responses"]["401"]["content"], name


def test_every_answer_has_a_type(written: Any) -> None:
    for name, each in operations(written):
        for status, response in each["responses"].items():
            assert status == "204" or all("schema" in content for content in response["content"].values()), name


def test_every_path_parameter_is_described(written: Any) -> None:
    for name, each in operations(written):
        assert all(
            parameter.get("description") for parameter in each.get("parameters", ()) if parameter["in"] == "path"
        ), name


def test_no_component_was_named_by_a_machine(written: Any) -> None:
    assert [name for name in written["components"]["schemas"] if name.endswith("Enum") and name != "NullEnum"] == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (shapes.ADMIN_POWERS, graph_model.ADMIN),
        (shapes.UPLOAD_STATES, Upload.State.values),
        (shapes.UPLOAD_SOURCES, Upload.Source.values),
        (shapes.UPLOAD_STEPS, Upload.Step.values),
        (shapes.FILE_STATES, UploadFile.State.values),
        (shapes.MEMBER_ROLES, Membership.Role.values),
        (shapes.BLOCKERS, decision.ORDER),
        (shapes.DECISIONS, (*get_args(decision.Outcome), "unknown")),
        (shapes.DENIERS, get_args(DeniedBy)),
    ],
)
def test_the_words_of_the_document_are_the_words_of_the_rooms_below(said: Any, kept: Any) -> None:
    assert set(said) == set(kept)


@pytest.mark.django_db
def test_it_is_served_to_members(alices: APIClient, written: Any) -> None:
    answer = alices.get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    assert answer.status_code == 200
    assert json.loads(answer.content)["paths"].keys() == written["paths"].keys()


@pytest.mark.django_db
def test_it_can_be_browsed_without_inline_scripts(alices: APIClient) -> None:
    page = alices.get("/api/docs/", HTTP_ACCEPT="text/html").content.decode()
    assert "swagger-ui" in page
    assert "<script>" not in page
