"""What somebody sent, how far its reading is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from iamviz.snapshots.jobs import Job
from iamviz.snapshots.text import storable
from iamviz.workspaces.models import VisibleQuerySet, Workspace


class UploadQuerySet(VisibleQuerySet):
    def unfinished(self) -> UploadQuerySet:
        return self.filter(state__in=Upload.UNFINISHED)


class Upload(Job):
    """One delivery of files. Its state changes only by the methods below."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        READING = "reading", "Reading"
        ANALYSING = "analysing", "Analysing"
        PUBLISHED = "published", "Published"
        UNCHANGED = "unchanged", "Unchanged"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    class Source(models.TextChoices):
        BROWSER = "browser", "Browser"
        API = "api", "API"
        SHELL = "shell", "Shell"
        SAMPLE = "sample", "Sample"

    class Step(models.TextChoices):
        STORED = "stored", "Stored"
        READING = "reading", "Reading"
        GRAPH = "graph", "Graph"
        LAYOUT = "layout", "Layout"
        PUBLISHING = "publishing", "Publishing"
        DONE = "done", "Done"

    UNFINISHED: ClassVar = (State.QUEUED, State.READING, State.ANALYSING)
    COUNTED: ClassVar = (State.PUBLISHED, State.UNCHANGED)
    """Only what these uploads brought is part of later revisions: a failed one poisons nothing."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="uploads")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploads")
    source = models.CharField(max_length=10, choices=Source, default=Source.API)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(default=0)
    step = models.CharField(max_length=10, choices=Step, default=Step.STORED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    accounts_done = models.PositiveIntegerField(default=0)
    accounts_total = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    revision = models.ForeignKey(
        "snapshots.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    """The revision that shows what was sent: made by this upload, or the one that had it already."""
    error = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often the sweeper had to queue it again since it was sent or retried."""

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-created", "-id"], name="upload_newest_first"),
            models.Index(fields=["state"], name="upload_by_state"),
        ]

    def __str__(self) -> str:
        return f"upload {self.pk} ({self.state})"

    @property
    def finished_for_good(self) -> bool:
        return self.state not in self.UNFINISHED

    @property
    def percent(self) -> int:
        """How much of the whole is done, 0 to 100: reading is the longest, then the graph."""
        if self.state in self.COUNTED:
            return 100
        first, last = {
            "stored": (0, 5),
            "reading": (5, 60),
            "graph": (60, 85),
            "layout": (85, 92),
            "publishing": (92, 99),
            "done": (99, 100),
        }[self.step]
        return int(first + (last - first) * min(1.0, self.done / self.total)) if self.total else first

    def note(self, step: str, text: str, *, account: str = "", done: int = 0, total: int = 0) -> None:
        """Add a line of progress for whoever watches."""
        self.events.create(step=step, text=storable(text), account=account, done=done, total=total)

    def enter(self, state: str, **columns: object) -> None:
        """Write the state; within `commit`."""
        for name, value in {"state": state, **columns}.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *columns])

    def finish(self, state: str, **columns: object) -> None:
        """Enter a final state; inside `commit`, so that only the holder does it."""
        self.enter(state, finished=timezone.now(), lease_until=None, **columns)

    def hand_on(self, state: str, **columns: object) -> None:
        """Enter the next working state and let go of the job."""
        self.enter(state, lease_until=None, queued=timezone.now(), **columns)

    def fail(self, text: str, *, token: int | None = None) -> bool:
        """Stop for good, with what happened and what to do in plain words; False if `token` no longer holds it."""
        return self._stop(self.State.FAILED, error=text, token=token)

    def cancel(self) -> bool:
        """Stop at the member's wish; False if it was finished already. Whoever works on it commits nothing."""
        return self._stop(self.State.CANCELLED)

    def retry(self) -> bool:
        """Queue a failed or cancelled upload again; False if it is neither."""
        with transaction.atomic():
            again = type(self).objects.filter(pk=self.pk, state__in=(self.State.FAILED, self.State.CANCELLED))
            queued = again.update(
                state=self.State.QUEUED, step=self.Step.STORED, queued=timezone.now(), attempt=F("attempt") + 1,
                lease_until=None, finished=None, error="", done=0, total=0, accounts_done=0, accounts_total=0,
                warnings=0, tries=0,
            )  # fmt: skip
            if queued:
                self.chunks.all().delete()
                self.contributions.all().delete()
                self.note(self.Step.STORED, "Queued again")
        self.refresh_from_db()
        return bool(queued)

    def _stop(self, state: str, *, error: str = "", token: int | None = None) -> bool:
        with transaction.atomic():
            running = type(self).objects.filter(pk=self.pk, state__in=self.UNFINISHED)
            if token is not None:
                running = running.filter(attempt=token)
            stopped = running.update(
                state=state, error=error, finished=timezone.now(), lease_until=None, attempt=F("attempt") + 1
            )
            if stopped:
                self.chunks.all().delete()
                self.note(self.step, error or "Cancelled")
        self.refresh_from_db()
        return bool(stopped)


class UploadRowQuerySet(VisibleQuerySet):
    to_workspace = "upload__workspace"


class UploadFile(models.Model):
    """One file of an upload, stored under the hash of its content, and what was found in it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        READ = "read", "Read"
        PARTLY = "partly", "Partly read"
        REJECTED = "rejected", "Rejected"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.TextField()
    """As it was sent, with its folders."""
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=200)
    modified = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    kinds = models.JSONField(default=list)
    accounts = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    """Objects with account, file, place, kind, text."""
    rejections = models.JSONField(default=list)
    """Objects with file, place, rule, remedy, account, excerpt: [{line, text}]."""

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["upload", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "position"], name="one_file_in_a_place")]

    def __str__(self) -> str:
        return self.name


class UploadEvent(models.Model):
    """A line of progress; its id is the sequence number that a watcher continues from."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="events")
    time = models.DateTimeField(default=timezone.now)
    step = models.CharField(max_length=10, choices=Upload.Step)
    account = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["upload", "id"], name="event_after")]

    def __str__(self) -> str:
        return self.text


class Chunk(Job):
    """Some entries of an upload that one task reads; the last chunk to finish queues the analysis."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        DONE = "done", "Done"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    spans = models.JSONField()
    """[[position of the file, first entry, entry after the last], …]"""
    result = models.JSONField(default=dict)
    """What was read: see snapshots.fragments."""

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["upload", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "position"], name="one_chunk_in_a_place")]

    def finish(self, result: Mapping[str, object]) -> None:
        """Keep what was read; inside `commit`."""
        self.state, self.result, self.lease_until = self.State.DONE, dict(result), None
        self.save(update_fields=["state", "result", "lease_until"])

    def __str__(self) -> str:
        return f"chunk {self.position} of upload {self.upload_id}"


class Sweeper(models.Model):
    """The one row that lets a single worker sweep at a time."""

    holder = models.CharField(max_length=100, blank=True)
    until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.holder

    @classmethod
    def take(cls, holder: str, now: datetime, *, seconds: float) -> bool:
        """Whether `holder` may sweep now."""
        cls.objects.get_or_create(pk=1, defaults={"until": now - timedelta(seconds=1)})
        free = cls.objects.filter(Q(until__lte=now) | Q(holder=holder), pk=1)
        return bool(free.update(holder=holder, until=now + timedelta(seconds=seconds)))
