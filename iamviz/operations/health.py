"""Health end points: /healthz is one round trip to the database, /readyz asks everything that an upload needs."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from iamviz.celery import app

BROKER_PATIENCE = 2.0
"""Seconds that a readiness check waits for the broker: less than a probe's usual 5."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives every view the request
    """Whether this process can reach its database."""
    return _answer({"database": database_answers})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives every view the request
    """Whether an upload made now would be stored, queued and read into tables that exist."""
    return _answer({"database": database_answers, "migrations": is_migrated, "broker": broker_answers})


def database_answers() -> bool:
    """One round trip."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def is_migrated() -> bool:
    """Whether every migration of this code has been applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def broker_answers() -> bool:
    """Whether the broker accepts a connection."""
    try:
        with app.connection(connect_timeout=BROKER_PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_PATIENCE)
    except (OperationalError, OSError):
        return False
    return True


def _answer(checks: dict[str, Callable[[], bool]]) -> JsonResponse:
    results = {name: check() for name, check in checks.items()}
    return JsonResponse({"ok": all(results.values()), **results}, status=200 if all(results.values()) else 503)
