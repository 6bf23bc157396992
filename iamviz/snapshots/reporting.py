"""Progress as rows, not more of them than somebody can read."""

from __future__ import annotations

import time

from iamviz.snapshots.jobs import LeaseLost
from iamviz.snapshots.models import Upload

EVERY_SECONDS = 0.25
WORDS = {
    Upload.Step.GRAPH: "Working out who can become whom",
    Upload.Step.LAYOUT: "Drawing the map",
    Upload.Step.PUBLISHING: "Writing the revision",
}


class Throttle:
    """Says whether it is time for another line."""

    def __init__(self) -> None:
        self._next = 0.0

    def due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + EVERY_SECONDS
        return True


class Reporter:
    """Writes how far one upload's analysis is. Raises LeaseLost once the upload is somebody else's, or cancelled."""

    def __init__(self, upload: Upload, token: int) -> None:
        self._upload, self._token = upload, token
        self._throttle = Throttle()
        self._step = ""

    def __call__(self, step: str, done: int, total: int, *, text: str = "", account: str = "") -> None:
        """Every step leaves at least its first line."""
        if step == self._step and not self._throttle.due():
            return
        columns: dict[str, object] = {"step": step, "done": done, "total": total}
        if account:
            columns |= {"accounts_done": done, "accounts_total": total}
        if not Upload.objects.filter(pk=self._upload.pk, attempt=self._token).update(**columns):
            raise LeaseLost
        if text or step != self._step:
            self._upload.note(step, text or WORDS[Upload.Step(step)], account=account, done=done, total=total)
        self._step = step
