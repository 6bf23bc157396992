"""What makes a row a job: a lease that runs out, and a token that lets only the last holder commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Self

from django.db import OperationalError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

LEASE = timedelta(seconds=60)
"""Longer than three publishes on SQLite, where a writer waits for the other writer."""
BEAT_SECONDS = 15.0
MOST_ATTEMPTS = 5
"""A job that was taken up so often and never finished kills its workers: it fails instead."""


class LeaseLost(Exception):  # noqa: N818  # it is news, not an error
    """Somebody else holds the job now, or it was cancelled: whoever sees this stops and writes nothing."""


class Job(models.Model):
    """A row that one worker at a time works on. The row is the truth; a message in the queue is only a hint."""

    attempt = models.PositiveIntegerField(default=0)
    """The fencing token: grows with each claim and each cancel, so that an older holder's writes match no row."""
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    queued = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def claim(self, *states: str) -> int | None:
        """Take the job if it is in one of `states` and nobody holds it; the token, or None if it is not to be had."""
        now = timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        taken = self._rows(free, state__in=states).update(
            attempt=F("attempt") + 1, lease_until=now + LEASE, heartbeat=now
        )
        self.refresh_from_db()
        return self.attempt if taken else None

    def beat(self, token: int) -> None:
        """Say that the holder is alive. Raises LeaseLost if it is no longer the holder."""
        now = timezone.now()
        if not self._rows(attempt=token, lease_until__isnull=False).update(lease_until=now + LEASE, heartbeat=now):
            raise LeaseLost

    def let_go(self, token: int) -> None:
        """Hold the job no longer, without having changed anything."""
        self._rows(attempt=token).update(lease_until=None)

    @contextmanager
    def commit(self, token: int) -> Iterator[Self]:
        """One transaction that only the holder can finish: the row is locked and its token checked first."""
        with transaction.atomic():
            row = self._rows(attempt=token, lease_until__isnull=False).select_for_update().first()
            if row is None:
                raise LeaseLost
            yield row
        self.refresh_from_db()

    @contextmanager
    def kept_alive(self, token: int) -> Iterator[None]:
        """Beat from a thread while a long silent step runs. A stopped process stops beating too."""
        done = threading.Event()
        thread = threading.Thread(target=self._beat_until, args=(token, done), name=f"beat-{self.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _beat_until(self, token: int, done: threading.Event) -> None:
        while not done.wait(BEAT_SECONDS):
            try:
                self.beat(token)
            except LeaseLost:
                return
            except OperationalError:
                continue  # the database is busy or away for a moment: the lease outlives several missed beats
            finally:
                connection.close()

    def _rows(self, *conditions: Q, **values: object) -> models.QuerySet[Self]:
        return type(self).objects.filter(  # type: ignore[attr-defined]  # each job has its own
            *conditions, pk=self.pk, **values
        )
