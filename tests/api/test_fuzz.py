"""Every operation asked with what its description allows, and with what it does not: never a 500, always as said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from iamviz.api.events import EventsView
from iamviz.api.rendering import key_of
from iamviz.snapshots.models import Revision
from iamviz.workspaces.models import Member, Token
from iamviz.wsgi import application
from tests.api.world import DEPLOY, EVE, VENDOR, A

COMMITTED = Path(__file__).parents[2] / "frontend" / "src" / "api" / "schema.json"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def closed_application(environ: Any, start_response: Any) -> list[bytes]:
    """The application behind a server that does what PEP 3333 asks: it closes every answer."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


document = json.loads(COMMITTED.read_text())
schema = schemathesis.openapi.from_dict(document)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
schema.app = closed_application

KNOWN = {
    "workspace": ["acme"],
    "revision": ["latest", "1"],
    "key": [key_of(DEPLOY), key_of(EVE)],
    "source": [EVE, DEPLOY],
    "target": [DEPLOY, VENDOR],
    "of": [DEPLOY, f"account:{A}"],
    "from": [EVE],
    "to": [DEPLOY],
    "principal": [EVE, DEPLOY],
    "action": ["sts:AssumeRole", "s3:GetObject"],
    "resource": [DEPLOY, "arn:aws:s3:::logs/a", "*"],
}
"""What is there: a name made at random would only ever find nothing."""


@pytest.fixture
def secret(revision: Revision, alice: Member, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("iamviz.api.uploads.queue", bool)
    monkeypatch.setattr("iamviz.snapshots.uploads.queue", bool)
    monkeypatch.setattr(EventsView, "stream_seconds", 0.0)
    _, token = Token.objects.create(user=alice, name="fuzz")
    return token


def use_known(case: Any, data: hypothesis.strategies.DataObject) -> None:
    """Half of the time, put names in that lead somewhere."""
    for values in (case.path_parameters, case.query, case.body):
        if isinstance(values, dict):
            for name in values.keys() & KNOWN.keys():
                if data.draw(hypothesis.strategies.booleans(), label=name):
                    values[name] = data.draw(hypothesis.strategies.sampled_from(KNOWN[name]), label=name)


@pytest.mark.django_db
@schema.parametrize()
@hypothesis.settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
@schema.given(data=hypothesis.strategies.data())
def test_every_operation_keeps_to_its_description(
    case: Any, secret: str, data: hypothesis.strategies.DataObject
) -> None:
    use_known(case, data)
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}, checks=CHECKS)
