"""Runs that happen twice, workers that die, stop or wake late, and members who change their minds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError

from iamviz.analysis import analyze
from iamviz.celery import app
from iamviz.snapshots import messages, planning, running, sweeping, tasks
from iamviz.snapshots.jobs import LEASE, MOST_ATTEMPTS, LeaseLost
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Chunk, Part, Revision, Upload
from iamviz.snapshots.running import run
from iamviz.snapshots.uploads import load_sample
from iamviz.workspaces.models import Workspace
from tests.snapshots.deliveries import A, B, current, details, names, send, upload, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry is a chunk."""
    monkeypatch.setattr(planning, "WHOLE_BYTES", 0)
    monkeypatch.setattr(planning, "CHUNK_ENTRIES", 1)


def lapse(job: Upload | Chunk) -> None:
    """The holder fell silent long ago."""
    type(job).objects.filter(pk=job.pk).update(lease_until=timezone.now() - LEASE)


def long_ago(job: Upload | Chunk) -> None:
    type(job).objects.filter(pk=job.pk).update(queued=timezone.now() - timedelta(minutes=2))


def test_steps_that_run_again_change_nothing(workspace: Workspace) -> None:
    sent = upload(workspace, a=details(A, "deploy"))
    before = list(sent.events.values_list("text", flat=True))
    for message in (Message("read", sent.pk), Message("analyse", sent.pk), Message("read-chunk", 1)):
        assert run(message) == ()
    assert list(sent.events.values_list("text", flat=True)) == before
    assert Revision.objects.count() == 1


def test_a_message_about_a_row_that_is_gone_is_dropped(workspace: Workspace) -> None:
    assert run(Message("read", 404)) == run(Message("read-chunk", 404)) == ()


def test_a_job_is_held_by_one_worker_at_a_time(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    first = sent.claim("queued")
    assert first is not None
    assert sent.claim("queued") is None
    lapse(sent)
    second = sent.claim("queued")
    assert second == first + 1


def test_a_beat_renews_the_lease_of_the_holder_only(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    old = sent.claim("queued")
    lapse(sent)
    new = sent.claim("queued")
    assert old is not None
    assert new is not None
    sent.beat(new)
    with pytest.raises(LeaseLost):
        sent.beat(old)


def test_a_worker_that_wakes_late_commits_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it sleeps within the analysis its lease runs out and another worker does the job."""
    sent = send(workspace, a=details(A, "deploy"))
    really = analyze
    sleeping = True

    def sleeps_once(*arguments: Any, **more: Any) -> Any:
        nonlocal sleeping
        analysis = really(*arguments, **more)
        if sleeping:
            sleeping = False
            lapse(sent)
            assert run(Message("analyse", sent.pk)) == ()
        return analysis

    monkeypatch.setattr("iamviz.snapshots.analysing.analyze", sleeps_once)
    work(sent)
    assert sent.state == "published"
    assert Revision.objects.count() == 1
    assert sent.events.filter(text__startswith="Revision").count() == 1


def test_a_reader_that_wakes_late_does_not_hand_on_twice(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    first, second = run(Message("read", sent.pk))
    chunk = Chunk.objects.get(pk=first.row)
    late = chunk.claim("queued")
    assert late is not None
    lapse(chunk)
    assert run(first) == ()
    assert run(second) == [Message("analyse", sent.pk)]
    with pytest.raises(LeaseLost), chunk.commit(late):
        pytest.fail("the late one must not get here")


def test_the_last_chunk_to_finish_hands_on_in_any_order(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"), c=details("3" * 12, "x"))
    chunks = run(Message("read", sent.pk))
    assert len(chunks) == 3
    assert [list(run(chunk)) for chunk in reversed(chunks)] == [[], [], [Message("analyse", sent.pk)]]
    run(Message("analyse", sent.pk))
    assert names(current(workspace)) == ["1:deploy", "2:audit", "3:x"]


def test_a_second_message_to_read_leaves_the_chunks_alone(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    run(Message("read", sent.pk))
    assert run(Message("read", sent.pk)) == ()
    assert Chunk.objects.count() == 2
    assert not Upload.objects.filter(lease_until__isnull=False).exists()


def test_the_sweeper_queues_again_what_a_lost_worker_held(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    sent.claim("queued")
    assert sweeping.sweep("me") == []
    lapse(sent)
    assert sweeping.sweep("me") == [Message("read", sent.pk)]
    work(sent)
    assert (sent.state, sent.tries) == ("published", 1)


def test_the_sweeper_sends_again_what_the_queue_lost(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    assert sweeping.sweep("me") == []
    long_ago(sent)
    assert sweeping.sweep("me") == [Message("read", sent.pk)]
    first, second = run(Message("read", sent.pk))
    for chunk in Chunk.objects.all():
        long_ago(chunk)
    assert sweeping.sweep("me") == [first, second]
    run(first)
    run(second)
    long_ago(sent)
    assert sweeping.sweep("me") == [Message("analyse", sent.pk)]


def test_one_sweeper_sweeps_at_a_time(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    assert sweeping.sweep("me") == []
    long_ago(sent)
    assert sweeping.sweep("another") == []
    assert sweeping.sweep("me") == [Message("read", sent.pk)]


def test_finished_uploads_are_not_swept(workspace: Workspace) -> None:
    sent = upload(workspace, a=details(A, "deploy"))
    long_ago(sent)
    assert sweeping.sweep("me") == []


def test_an_upload_that_kills_every_worker_fails_in_the_end(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    for _ in range(MOST_ATTEMPTS):
        sent.claim("queued")
        lapse(sent)
        sweeping.sweep("me")
    sent.refresh_from_db()
    assert sent.state == "failed"
    assert "memory" in sent.error


def test_a_chunk_that_kills_every_worker_fails_its_upload(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    first, _ = run(Message("read", sent.pk))
    chunk = Chunk.objects.get(pk=first.row)
    for _ in range(MOST_ATTEMPTS):
        chunk.claim("queued")
        lapse(chunk)
        sweeping.sweep("me")
    sent.refresh_from_db()
    assert sent.state == "failed"


class Closable:
    def __init__(self, closed: list[bool]) -> None:
        self._closed = closed

    def close(self) -> None:
        self._closed.append(True)


def test_a_sweep_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(sweeping, "connection", Closable(closed))

    def away(_holder: str) -> Sequence[Message]:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(sweeping, "sweep", away)
    sweeping.sweep_once("me")
    assert closed == [True]


def test_a_database_that_is_away_leaves_the_job_to_the_sweeper(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(workspace, a=details(A, "deploy"))

    def away(*_: object) -> Sequence[Message]:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(running, "analyse", away)
        work(sent)
    assert sent.state == "analysing"
    lapse(sent)
    assert sweeping.sweep("me") == [Message("analyse", sent.pk)]


def test_a_cancelled_upload_is_not_read(workspace: Workspace) -> None:
    sent = send(workspace, a=details(A, "deploy"))
    assert sent.cancel()
    assert work(sent).state == "cancelled"
    assert not Part.objects.exists()


def test_cancelling_during_the_analysis_publishes_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(workspace, a=details(A, "deploy"))
    sent = send(workspace, b=details(B, "audit"))
    really = analyze

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        Upload.objects.get(pk=sent.pk).cancel()
        return really(*arguments, **more)

    monkeypatch.setattr("iamviz.snapshots.analysing.analyze", meanwhile)
    assert work(sent).state == "cancelled"
    assert names(current(workspace)) == ["1:deploy"]


def test_cancelling_while_chunks_are_read_ends_them(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    first, second = run(Message("read", sent.pk))
    run(first)
    sent.cancel()
    assert run(second) == ()
    assert work(sent).state == "cancelled"


def test_a_finished_upload_cannot_be_cancelled_nor_a_running_one_retried(workspace: Workspace) -> None:
    assert not upload(workspace, a=details(A, "deploy")).cancel()
    assert not send(workspace, b=details(B, "audit")).retry()
    assert not upload(workspace, c=details(B, "other")).retry()


def test_a_failed_upload_can_be_retried(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("iamviz.snapshots.analysing.analyze", lambda *_, **__: 1 / 0)
        sent = upload(workspace, a=details(A, "deploy"))
    assert sent.state == "failed"
    assert sent.retry()
    assert (sent.state, sent.error, sent.finished) == ("queued", "", None)
    assert work(sent).state == "published"


def test_two_uploads_at_once_end_in_one_revision_that_has_both(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is published while the first is in its analysis."""
    first, second = send(workspace, a=details(A, "deploy")), send(workspace, b=details(B, "audit"))
    really = analyze
    interrupted = False

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        nonlocal interrupted
        analysis = really(*arguments, **more)
        if not interrupted:
            interrupted = True
            work(second)
        return analysis

    monkeypatch.setattr("iamviz.snapshots.analysing.analyze", meanwhile)
    work(first)
    assert (first.state, second.state) == ("published", "published")
    assert names(current(workspace)) == ["1:deploy", "2:audit"]
    assert Revision.objects.count() == 2


def test_progress_only_grows_and_ends_at_100(workspace: Workspace, many_chunks: None) -> None:
    sent = send(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    seen = [sent.percent]
    for _ in running.work_off(Message("read", sent.pk)):
        sent.refresh_from_db()
        seen.append(sent.percent)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 100)


def test_events_tell_the_steps_and_accounts(workspace: Workspace) -> None:
    sent = upload(workspace, a=details(A, "deploy"))
    steps = list(dict.fromkeys(sent.events.values_list("step", flat=True)))
    assert steps == ["stored", "reading", "graph", "layout", "publishing", "done"]
    assert sent.events.filter(account=A, step="reading").exists()


def test_a_single_next_step_follows_in_the_same_task_and_several_are_shared(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, many_chunks: None
) -> None:
    sent: list[Message] = []
    monkeypatch.setattr(tasks, "send", sent.append)
    alone = send(workspace, a=details(A, "deploy"))
    tasks.read(alone.pk)
    alone.refresh_from_db()
    assert (alone.state, sent) == ("published", [])
    both = send(workspace, a=details(A, "x"), b=details(B, "audit"))
    tasks.read(both.pk)
    assert [message.step for message in sent] == ["read-chunk", "read-chunk"]
    for message in sent:
        tasks.read_chunk(message.row)
    both.refresh_from_db()
    assert both.state == "published"


def test_a_queue_that_does_not_answer_costs_nothing_but_time(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> None:
        raise QueueError("connection refused")

    monkeypatch.setattr(app, "send_task", silent)
    assert not messages.queue(send(workspace, a=details(A, "deploy")))


def test_an_upload_is_queued_when_it_is_committed_and_by_its_number_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    queued: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(app, "send_task", lambda name, arguments: queued.append((name, arguments)))
    with django_capture_on_commit_callbacks(execute=True):
        sent = load_sample(workspace, None)
        assert queued == []
    assert queued == [("iamviz.read", [sent.pk])]
