"""What only two real connections show: claims and hand-overs at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection

from iamviz.snapshots import planning
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Revision, Upload
from iamviz.snapshots.running import run
from iamviz.workspaces.models import Workspace
from tests.snapshots.deliveries import A, B, details, names, send

T = TypeVar("T")
pytestmark = [
    # Naming the apps makes the clean-up cascade: knox leaves the table of its own token model, which ours replaces.
    pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS)),
    pytest.mark.postgresql,
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'",
        reason="needs PostgreSQL: IAMVIZ_TEST_DATABASE_URL names no server (SQLite has one writer at a time)",
    ),
]


@pytest.fixture
def together() -> Iterator[Callable[..., list[T]]]:
    """Runs functions at the same moment, each with a connection of its own."""
    with ThreadPoolExecutor(4) as pool:

        def start(*functions: Callable[[], T]) -> list[T]:
            barrier = Barrier(len(functions))

            def one(function: Callable[[], T]) -> T:
                barrier.wait(timeout=10)
                try:
                    return function()
                finally:
                    connection.close()

            return list(pool.map(one, functions))

        yield start


def test_of_two_workers_one_gets_the_job(workspace: Workspace, together: Callable[..., list[int | None]]) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    tokens = together(*[lambda: Upload.objects.get(pk=sent.pk).claim("queued")] * 4)
    assert sorted(token is not None for token in tokens) == [False, False, False, True]


def test_of_the_last_two_chunks_one_hands_on(
    workspace: Workspace, together: Callable[..., list[list[Message]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "WHOLE_BYTES", 0)
    monkeypatch.setattr(planning, "CHUNK_ENTRIES", 1)
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    first, second = run(Message("read", sent.pk))
    following = together(lambda: list(run(first)), lambda: list(run(second)))
    assert sorted(following) == [[], [Message("analyse", sent.pk)]]


def test_two_uploads_published_at_the_same_moment_lose_nothing(
    workspace: Workspace, together: Callable[..., list[None]]
) -> None:
    sent = [send(workspace, a=details(A, "deploy")), send(workspace, b=details(B, "audit"))]

    def work_off(upload: Upload) -> None:
        waiting = [Message("read", upload.pk)]
        while waiting:
            waiting = [following for message in waiting for following in run(message)]

    together(*[lambda upload=upload: work_off(upload) for upload in sent])
    assert {upload.state for upload in Upload.objects.all()} <= {"published", "unchanged"}
    assert names(Revision.objects.get(current=True)) == ["1:deploy", "2:audit"]
