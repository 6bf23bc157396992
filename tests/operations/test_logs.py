"""Logs: whatever is said, by whomever, is one JSON object on one line."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from django.test import Client, RequestFactory

from iamviz.operations.logs import JsonFormatter
from iamviz.operations.requests import log_requests


def rendered(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    loaded: dict[str, Any] = json.loads(line)
    return loaded


def record_of(message: str, **extra: object) -> logging.LogRecord:
    return logging.getLogger("iamviz.test").makeRecord(
        "iamviz.test", logging.WARNING, __file__, 1, message, (), None, extra=extra
    )


def test_a_record_says_when_who_how_bad_and_its_facts() -> None:
    line = rendered(record_of("upload refused", upload=7))
    assert line["event"] == "upload refused"
    assert line["level"] == "warning"
    assert line["logger"] == "iamviz.test"
    assert line["upload"] == 7
    assert line["timestamp"].endswith("Z")


def test_a_hostile_name_cannot_start_a_line_of_its_own() -> None:
    assert rendered(record_of('x\n{"event": "forged"}'))["event"] == 'x\n{"event": "forged"}'


def test_a_traceback_stays_on_the_line() -> None:
    record = record_of("failed")
    try:
        _fail()
    except ValueError:
        record.exc_info = sys.exc_info()
    assert rendered(record)["exception"][0]["exc_value"] == "why"
    assert "hunter2" not in JsonFormatter().format(record), "what a frame held may be a password"


def _fail() -> None:
    password = "hunter2"
    raise ValueError("why" if password else "")


def test_a_request_is_logged_with_its_path_and_status_and_without_its_query(caplog: Any, client: Client) -> None:
    caplog.set_level(logging.INFO, logger="iamviz.requests")
    client.get("/no-such-page/?password=secret")
    facts = caplog.records[-1]
    assert (facts.path, facts.status, facts.method) == ("/no-such-page/", 404, "GET")
    assert "secret" not in JsonFormatter().format(facts)


def test_static_files_and_health_are_not_logged(caplog: Any, rf: RequestFactory) -> None:
    caplog.set_level(logging.INFO, logger="iamviz.requests")
    answer = log_requests(lambda _request: None)  # type: ignore[arg-type,return-value]  # no answer is looked at
    for path in ("/static/main.js", "/healthz", "/readyz"):
        answer(rf.get(path))
    assert caplog.records == []
