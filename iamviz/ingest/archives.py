"""Files, folders and archives as one stream of entries. Nothing is ever unpacked to disk, no link followed.

What is unsafe or broken becomes an entry whose read() raises Refusal, so that the entries around it still count.
An entry can be read until the next one is asked for.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn, Protocol

from iamviz.ingest.limits import DEFAULT_LIMITS, Limits
from iamviz.ingest.source import Refusal

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_TAR_MAGIC = slice(257, 262)
HEAD = 512
_PIECE = 1024 * 1024
_SUFFIXES = (".gz", ".zst")
_BROKEN = "Make the archive again; it is damaged or was cut off while it was copied."


class Readable(Protocol):
    """What can be read from front to back."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its name with the folders and archives that it lies in, its size where known, its own time."""

    name: str
    size: int
    mtime: datetime | None
    read: Callable[[], bytes]


class Budget:
    """What is left of the limits for one path and everything inside it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.entries = limits.entries
        self.total = limits.total_bytes

    def count(self) -> None:
        self.entries -= 1
        if self.entries < 0:
            raise Refusal(f"at most {self.limits.entries:,} files in an upload", "Split it into several uploads.")

    def check_depth(self, depth: int) -> None:
        if depth > self.limits.nesting:
            rule = f"archives inside archives at most {self.limits.nesting} deep"
            raise Refusal(rule, "Unpack the outer ones first.")

    def spend(self, size: int) -> None:
        self.total -= size
        if self.total < 0:
            gigabytes = self.limits.total_bytes / 1024**3
            raise Refusal(f"at most {gigabytes:g} GB in an upload, unpacked", "Split it into several uploads.")


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
            yield from expand(stream, path.stat().st_size, name, modified, budget, depth=0)
    except OSError as error:
        yield unsafe(name, f"a file that can be read; {error.strerror or error}")


def expand(
    stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget, *, depth: int
) -> Iterator[Entry]:
    """The entries of a file that may be an archive, by its first bytes. The stream must be seekable."""
    head = stream.read(HEAD)
    stream.seek(0)
    try:
        opener = _opener(head)
        if opener is None:
            budget.count()
            yield _plain(stream, size, name, modified, budget)
        else:
            budget.check_depth(depth)
            yield from opener(stream, size, name, modified, budget, depth)
    except Refusal as refusal:
        yield refused(name, refusal)


Opener = Callable[[IO[bytes], int, str, datetime | None, Budget, int], Iterator[Entry]]


def _opener(head: bytes) -> Opener | None:
    if head.startswith(_ZIP):
        return _zip
    if head.startswith(_GZIP):
        return _gzip
    if head.startswith(_ZSTD):
        return _zstd
    return _tar if head[_TAR_MAGIC] == b"ustar" else None


def is_archive(head: bytes) -> bool:
    """Whether a file that starts so holds others, or a compressed one."""
    return _opener(head) is not None


def _zip(
    stream: IO[bytes], size: int, name: str, _modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    from iamviz.ingest.zips import zip_entries  # noqa: PLC0415 - zipfile costs more to import than the rest together

    yield from zip_entries(stream, size, name, budget, depth)


def _tar(
    stream: Readable, _size: int, name: str, _modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    from iamviz.ingest.tars import tar_entries  # noqa: PLC0415 - as above

    yield from tar_entries(stream, name, budget, depth)


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
        raise Refusal(f"an intact zstd file; {error}", _BROKEN) from error


def _compressed(
    inner: Readable, size: int, name: str, modified: datetime | None, budget: Budget, depth: int
) -> Iterator[Entry]:
    """What one compressed stream holds: a tar, or one file."""
    guarded = Guarded(inner, size, budget.limits)
    head = guarded.read(HEAD)
    whole = Rejoined(head, guarded)
    if head[_TAR_MAGIC] == b"ustar":
        yield from _tar(whole, 0, name, modified, budget, depth)
        return
    data = whole.read(budget.limits.file_bytes + 1)
    _check_size(len(data), budget)
    budget.spend(len(data))
    shorter = next((name.removesuffix(each) for each in _SUFFIXES if name.lower().endswith(each)), name)
    yield from expand(io.BytesIO(data), len(data), shorter, modified, budget, depth=depth + 1)


def _plain(stream: IO[bytes], size: int, name: str, modified: datetime | None, budget: Budget) -> Entry:
    def read() -> bytes:
        _check_size(size, budget)
        stream.seek(0)
        return stream.read(budget.limits.file_bytes + 1)

    return Entry(name, size, modified, read)


def _check_size(size: int, budget: Budget) -> None:
    if size > budget.limits.file_bytes:
        megabytes = budget.limits.file_bytes // 1024**2
        raise Refusal(f"at most {megabytes} MB in one file, unpacked", "Split it by account, or raise the limit.")


def check_member(size: int, budget: Budget) -> None:
    """Whether a member of an archive may be read at all; counts it."""
    _check_size(size, budget)
    budget.spend(size)


def check_name(name: str) -> None:
    """Refuse names that lead out of the archive. Nothing is written to disk; such an archive is not to be trusted."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":"):
        raise Refusal("a name inside the archive; this one leads out of it", "Make the archive again from a folder.")


def unsafe(name: str, rule: str) -> Entry:
    """An entry that is listed but not read."""
    return refused(name, Refusal(rule, "Upload the file itself."))


def refused(name: str, refusal: Refusal) -> Entry:
    """An entry that cannot be read, and why."""

    def read() -> NoReturn:
        raise refusal

    return Entry(name, 0, None, read)


def from_seconds(seconds: float) -> datetime | None:
    """A file's time; none where a tool wrote zero."""
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0) if seconds > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


class Guarded(io.RawIOBase):
    """A decompressor's stream that stops at the allowed ratio, and speaks of damage in the product's words."""

    def __init__(self, inner: Readable, compressed: int, limits: Limits) -> None:
        super().__init__()
        self._inner = inner
        self._left = max(limits.ratio_floor, compressed * limits.ratio)
        self._ratio = limits.ratio

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = _PIECE if size < 0 else size
        try:
            data = self._inner.read(wanted)
        except (OSError, EOFError, zlib.error) as error:
            raise Refusal(f"an intact archive; {error}", _BROKEN) from error
        self._left -= len(data)
        if self._left < 0:
            raise Refusal(f"data that unpacks to at most {self._ratio} times its size", "Upload it unpacked.")
        return data


class Rejoined(io.RawIOBase):
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, rest: Guarded) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At least one byte unless at the end; all that `size` asks for where the stream has it."""
        pieces = [self._head[:size]]
        self._head = self._head[size:]
        left = size - len(pieces[0])
        while left > 0 and (piece := self._rest.read(min(left, _PIECE))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
