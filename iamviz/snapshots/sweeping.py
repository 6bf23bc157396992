"""The sweeper: a timer in every worker that queues again what a lost worker, or a lost message, left behind."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from celery import bootsteps
from django.db import DatabaseError, connection
from django.db.models import F, Q
from django.utils import timezone

from iamviz.snapshots.jobs import LEASE, MOST_ATTEMPTS
from iamviz.snapshots.messages import Message, send
from iamviz.snapshots.models import Chunk, Sweeper, Upload

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0
WAITING = timedelta(seconds=30)
"""A message that was not taken up for so long may be lost: it is sent again, which costs nothing if it is not."""
TAKEN_UP_TOO_OFTEN = (
    "Reading this upload stopped {times} workers, one after the other: most likely it needs more memory than they "
    "have. Nothing was published. Send it in smaller pieces, or give the workers more memory, and retry."
)


def sweep(holder: str) -> list[Message]:
    """What has to be queued again, if `holder` is the one that sweeps now; what failed too often fails for good."""
    now = timezone.now()
    if not Sweeper.take(holder, now, seconds=LEASE.total_seconds() / 2):
        return []
    return [*_uploads(now), *_chunks(now)]


def _uploads(now: datetime) -> Iterator[Message]:
    """Uploads whose step nobody holds: their holder fell silent, or their message was lost."""
    free = Q(lease_until__lt=now) | Q(lease_until__isnull=True, queued__lt=now - WAITING)
    for upload in Upload.objects.unfinished().filter(free):
        lost = upload.lease_until is not None
        if lost and upload.tries + 1 >= MOST_ATTEMPTS:
            upload.fail(TAKEN_UP_TOO_OFTEN.format(times=MOST_ATTEMPTS), token=upload.attempt)
            continue
        if upload.state == Upload.State.READING and upload.chunks.exists():
            continue  # its chunks are the jobs now
        still = Upload.objects.filter(free, pk=upload.pk, attempt=upload.attempt)
        if still.update(queued=now, lease_until=None, tries=F("tries") + int(lost)):
            yield Message("analyse" if upload.state == Upload.State.ANALYSING else "read", upload.pk)


def _chunks(now: datetime) -> Iterator[Message]:
    free = Q(lease_until__lt=now) | Q(lease_until__isnull=True, queued__lt=now - WAITING)
    waiting = Chunk.objects.filter(free, state=Chunk.State.QUEUED, upload__state=Upload.State.READING)
    for chunk in waiting.select_related("upload"):
        if chunk.attempt >= MOST_ATTEMPTS:
            chunk.upload.fail(TAKEN_UP_TOO_OFTEN.format(times=MOST_ATTEMPTS))
            continue
        still = Chunk.objects.filter(free, pk=chunk.pk, attempt=chunk.attempt)
        if still.update(queued=now, lease_until=None):
            yield Message("read-chunk", chunk.pk)


class SweeperStep(bootsteps.StartStopStep):
    """Starts and stops the timer with the worker."""

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._stopped = threading.Event()

    def start(self, parent: Any) -> None:  # noqa: ARG002  # celery's signature
        self._thread = threading.Thread(target=self._sweep_until_stopped, name="sweeper", daemon=True)
        self._thread.start()

    def stop(self, parent: Any) -> None:  # noqa: ARG002  # celery's signature
        self._stopped.set()

    def _sweep_until_stopped(self) -> None:
        holder = f"{socket.gethostname()}:{os.getpid()}"
        while not self._stopped.wait(EVERY_SECONDS):
            sweep_once(holder)


def sweep_once(holder: str) -> None:
    """Sweep and send. A database that is away for a moment ends this round, not the sweeper."""
    try:
        for message in sweep(holder):
            log.warning("Queued again: %s of %s", message.step, message.row)
            send(message)
    except DatabaseError:
        log.exception("The sweeper could not look at the jobs; it looks again in %s seconds", EVERY_SECONDS)
    finally:
        connection.close()
