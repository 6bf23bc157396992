"""The health end points: alive means that the database answers, ready means that an upload would be worked on."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from iamviz.celery import app


@pytest.mark.django_db
def test_alive_is_one_round_trip_to_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": True}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_without_a_database_it_is_not_alive(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise DatabaseError

    monkeypatch.setattr("iamviz.operations.health.connection.cursor", lost)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": False}


@pytest.mark.django_db
def test_ready_needs_the_tables_and_the_broker_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iamviz.operations.health.broker_answers", lambda: True)
    answer = client.get("/readyz")
    assert answer.json() == {"ok": True, "database": True, "migrations": True, "broker": True}


@pytest.mark.django_db
def test_without_a_broker_it_is_alive_but_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_health_is_only_asked_never_told(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
