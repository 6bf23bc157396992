"""Dividing an upload into chunks of entries that workers read side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamviz.ingest.archives import entries
from iamviz.ingest.limits import DEFAULT_LIMITS
from iamviz.snapshots.contents import local_file
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Chunk, Upload, UploadFile

Span = tuple[int, int, int | None]
"""Position of a file, its first entry, and the entry after the last (None: to the end)."""

WHOLE_BYTES = 8 * 1024 * 1024
"""An upload up to this size is one chunk: dividing it would take longer than reading it."""
CHUNK_BYTES = 24 * 1024 * 1024
CHUNK_ENTRIES = 50


def read(upload: Upload, token: int) -> Sequence[Message]:
    """Divide the upload; its chunks are the jobs then, and the last of them to finish hands on."""
    if upload.chunks.exists():
        upload.let_go(token)  # a message that came twice
        return ()
    with upload.commit(token) as row:
        row.enter(Upload.State.READING, step=Upload.Step.READING)
    plan = divide(list(upload.files.all()))
    with upload.commit(token) as row:
        chunks = Chunk.objects.bulk_create(
            Chunk(upload=upload, position=position, spans=spans) for position, spans in enumerate(plan)
        )
        row.hand_on(Upload.State.READING, total=len(chunks), done=0)
    return [Message("read-chunk", chunk.pk) for chunk in chunks]


def divide(files: Sequence[UploadFile]) -> list[list[Span]]:
    """Spans of entries, in order, by chunk."""
    if sum(file.size for file in files) <= WHOLE_BYTES:
        return [[(file.position, 0, None) for file in files]]
    chunks: list[list[Span]] = [[]]
    weight = count = 0
    for span, size in _sized_spans(files):
        if count and (weight + size > CHUNK_BYTES or count >= CHUNK_ENTRIES):
            chunks.append([])
            weight = count = 0
        _extend(chunks[-1], span)
        weight, count = weight + size, count + 1
    return [chunk for chunk in chunks if chunk]


def _sized_spans(files: Sequence[UploadFile]) -> Iterator[tuple[Span, int]]:
    """Each entry as a span of its own, and its size."""
    for file in files:
        with local_file(file.stored) as path:
            for index, entry in enumerate(entries(path, file.name, DEFAULT_LIMITS, disk_time=False)):
                yield (file.position, index, index + 1), entry.size


def _extend(spans: list[Span], span: Span) -> None:
    """Add a span, joined to the one before where it goes on in the same file."""
    position, start, stop = span
    if spans and spans[-1][0] == position and spans[-1][2] == start:
        spans[-1] = (position, spans[-1][1], stop)
    else:
        spans.append(span)
