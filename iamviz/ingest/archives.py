"""Files, folders and archives as one stream of entries. Nothing is ever unpacked to disk, no link followed.

What is unsafe or broken becomes an entry whose read() raises Refusal, so that the entries around it still count.
An entry can be read until the next one is asked for.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from iamviz.ingest.entry import (
    BROKEN,
    HEAD,
    ArchiveKind,
    Budget,
    Entry,
    Expand,
    Guarded,
    Readable,
    Rejoined,
    archive_kind,
    check_size,
    from_seconds,
    is_tar,
    refused,
    unsafe,
)
from iamviz.ingest.limits import DEFAULT_LIMITS, Limits
from iamviz.ingest.source import Refusal

_SUFFIXES = (".gz", ".zst")


def entries(
    path: Path,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    modified: datetime | None = None,
    disk_time: bool = True,
) -> Iterator[Entry]:
    """All files at `path`. `modified` is the time of a lone file; without it the disk's, unless `disk_time` is off."""
    budget = Budget(limits)
    shown = path.name if name is None else name
    if path.is_dir():
        yield from _folder(path, shown, budget)
        return
    if modified is None and disk_time and path.exists():
        modified = from_seconds(path.stat().st_mtime)
    yield from _file(path, shown, modified, budget)


def _folder(path: Path, name: str, budget: Budget) -> Iterator[Entry]:
    for root, folders, files in os.walk(path):
        folders.sort()
        within = f"{name}/{Path(root).relative_to(path).as_posix()}".removesuffix("/.")
        for folder in [each for each in folders if each.startswith(".") or (Path(root) / each).is_symlink()]:
            folders.remove(folder)
            yield unsafe(f"{within}/{folder}/", "a folder that is hidden or a link is not entered")
        for file in sorted(files):
            here = Path(root) / file
            yield from _file(here, f"{within}/{file}", _disk_time(here), budget)


def _disk_time(path: Path) -> datetime | None:
    return from_seconds(path.lstat().st_mtime)


def _file(path: Path, name: str, modified: datetime | None, budget: Budget) -> Iterator[Entry]:
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            yield unsafe(name, "a regular file; links, devices and pipes are not read")
            return
        with path.open("rb") as stream:
            yield from expand(stream, path.stat().st_size, name, modified, budget, 0)
    except OSError as error:
        yield unsafe(name, f"a file that can be read; {error.strerror or error}")


def expand(
    stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    """The entries of a file that may be an archive, by its first bytes. The stream must be seekable."""
    head = stream.read(HEAD)
    stream.seek(0)
    try:
        kind = archive_kind(head)
        if kind is None:
            budget.count()
            yield _plain(stream, size, name, modified, budget)
        else:
            budget.check_depth(depth)
            yield from _OPENERS[kind](stream, size, name, modified, budget, depth)
    except Refusal as refusal:
        yield refused(name, refusal)


def _zip(
    stream: IO[bytes], size: int, name: str, _modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    from iamviz.ingest.zips import zip_entries  # noqa: PLC0415 - zipfile costs more to import than the rest together

    yield from zip_entries(stream, size, name, budget, depth, expand)


def _tar(
    stream: Readable, _size: int, name: str, _modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    from iamviz.ingest.tars import tar_entries  # noqa: PLC0415 - as above

    yield from tar_entries(stream, name, budget, depth, expand)


def _gzip(
    stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    with gzip.GzipFile(fileobj=stream, mode="rb") as inner:
        yield from _compressed(inner, size, name, modified, budget, depth)


def _zstd(
    stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415 - rare, and not free to import

    try:
        with ZstdDecompressor().stream_reader(stream, read_across_frames=True, closefd=False) as inner:
            yield from _compressed(io.BufferedReader(inner), size, name, modified, budget, depth)
    except ZstdError as error:
        raise Refusal(f"an intact zstd file; {error}", BROKEN) from error


def _compressed(
    inner: Readable, size: int, name: str, modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    """What one compressed stream holds: a tar, or one file."""
    guarded = Guarded(inner, size, budget.limits)
    head = guarded.read(HEAD)
    whole = Rejoined(head, guarded)
    if is_tar(head):
        yield from _tar(whole, 0, name, modified, budget, depth)
        return
    data = whole.read(budget.limits.file_bytes + 1)
    check_size(len(data), budget)
    budget.spend(len(data))
    shorter = next((name.removesuffix(each) for each in _SUFFIXES if name.lower().endswith(each)), name)
    yield from expand(io.BytesIO(data), len(data), shorter, modified, budget, depth + 1)


def _plain(stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget) -> Entry:
    def read() -> bytes:
        check_size(size, budget)
        stream.seek(0)
        return stream.read(budget.limits.file_bytes + 1)

    return Entry(name, size, modified, read)


_OPENERS: Mapping[ArchiveKind, Expand] = {"zip": _zip, "gzip": _gzip, "zstd": _zstd, "tar": _tar}
