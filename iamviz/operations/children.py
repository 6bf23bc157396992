"""The three programs that `up` keeps running: broker, worker and web. Standard library only."""

from __future__ import annotations

import http.client
import os
import sys
from pathlib import Path

from iamviz.operations.supervisor import Program

WEB_THREADS = 32
MOST_WORKERS = 2


def broker_program(command: list[str], *, logs: Path) -> Program:
    return Program("broker", command, dict(os.environ), logs / "broker.log")


def worker_program(environment: dict[str, str], *, logs: Path) -> Program:
    """Celery's worker: the tasks are heavy, so there are few processes, and no chatter between workers."""
    processes = min(MOST_WORKERS, os.cpu_count() or 1)
    command = [sys.executable, "-m", "celery", "--app", "iamviz.celery", "worker", "--pool", "prefork"]
    options = ["--concurrency", str(processes), "--loglevel", "WARNING"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # The preparation made Django's checks; in each worker process they would load the whole web side.
    return Program(
        "worker", [*command, *options, *quiet], {**environment, "CELERY_SKIP_CHECKS": "1"}, logs / "worker.log"
    )


def web_program(environment: dict[str, str], *, host: str, port: int, logs: Path) -> Program:
    """One process of many threads: it keeps the decoded graphs, and progress streams hold a thread each."""
    command = [sys.executable, "-m", "gunicorn", "iamviz.wsgi:application", "--bind", f"{host}:{port}"]
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", str(WEB_THREADS)]
    patience = ["--timeout", "120", "--graceful-timeout", "5", "--keep-alive", "5"]
    quiet = ["--no-control-socket", "--log-level", "warning"]
    return Program("web server", [*command, *options, *patience, *quiet], environment, logs / "web.log")


def web_answers(host: str, port: int) -> bool:
    """Whether the web server and its database answer."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
