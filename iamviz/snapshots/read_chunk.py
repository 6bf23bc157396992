"""Reading one chunk of an upload's entries; whoever finishes the last chunk hands on to the analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import F

from iamviz.ingest.archives import entries
from iamviz.ingest.limits import DEFAULT_LIMITS
from iamviz.snapshots.contents import local_file
from iamviz.snapshots.fragments import Found, nothing, read_entry
from iamviz.snapshots.jobs import LeaseLost
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Chunk, Upload, UploadFile
from iamviz.snapshots.reporting import Throttle


def read_chunk(chunk: Chunk, token: int) -> Sequence[Message]:
    """Read the chunk's entries, keep what was found, hand on if it was the last."""
    found: dict[int, Found] = defaultdict(nothing)
    throttle = Throttle()
    files = {file.position: file for file in chunk.upload.files.all()}
    accounts: set[str] = set()
    for position, start, stop in chunk.spans:
        for fragment in _read_span(files[position], start, stop):
            for name, items in found[position].items():
                items.extend(fragment[name])
            accounts.update(part["account"] for part in fragment["parts"])
            if throttle.due():
                _report(chunk, token, fragment, accounts)
    return _finish(chunk, token, {str(position): result for position, result in found.items()})


def _read_span(file: UploadFile, start: int, stop: int | None) -> Iterator[Found]:
    with local_file(file.stored) as path:
        within = entries(path, file.name, DEFAULT_LIMITS, modified=file.modified, disk_time=False)
        for entry in islice(within, start, stop):
            yield read_entry(file, entry)


def _report(chunk: Chunk, token: int, fragment: Found, accounts: set[str]) -> None:
    """Say which account was read last and how many there are since the last time; `accounts` is emptied."""
    chunk.beat(token)
    Upload.objects.filter(pk=chunk.upload_id).update(accounts_done=F("accounts_done") + len(accounts - {""}))
    accounts.clear()
    for part in fragment["parts"][:1]:
        chunk.upload.note(Upload.Step.READING, f"Read {part['file']}"[:500], account=part["account"])


def _finish(chunk: Chunk, token: int, result: dict[str, Found]) -> Sequence[Message]:
    with chunk.commit(token) as row:
        upload = Upload.objects.select_for_update().get(pk=row.upload_id)
        if upload.state != Upload.State.READING:
            raise LeaseLost
        row.finish(result)
        Upload.objects.filter(pk=upload.pk).update(done=F("done") + 1)
        if upload.chunks.exclude(state=Chunk.State.DONE).exists():
            return ()
        upload.hand_on(Upload.State.ANALYSING)
    return [Message("analyse", upload.pk)]
