"""One file of an upload, what may still be read of it, and why it may not."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Literal, NoReturn, Protocol

from iamviz.ingest.limits import Limits
from iamviz.ingest.source import Refusal

HEAD = 512
BROKEN = "Make the archive again; it is damaged or was cut off while it was copied."
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_TAR_MAGIC = slice(257, 262)
_PIECE = 1024 * 1024

ArchiveKind = Literal["zip", "gzip", "zstd", "tar"]


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


Expand = Callable[[IO[bytes], int, str, datetime | None, Budget, int], Iterator[Entry]]
"""Gives the entries of a file that may be an archive: stream, size, name, its time, what is left, how deep it lies."""


def archive_kind(head: bytes) -> ArchiveKind | None:
    """What holds other files, or is a compressed one, by its first bytes."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith(_ZSTD):
        return "zstd"
    return "tar" if is_tar(head) else None


def is_tar(head: bytes) -> bool:
    return head[_TAR_MAGIC] == b"ustar"


def check_size(size: int, budget: Budget) -> None:
    if size > budget.limits.file_bytes:
        megabytes = budget.limits.file_bytes // 1024**2
        raise Refusal(f"at most {megabytes} MB in one file, unpacked", "Split it by account, or raise the limit.")


def check_member(size: int, budget: Budget) -> None:
    """Whether a member of an archive may be read at all; counts it."""
    check_size(size, budget)
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
            raise Refusal(f"an intact archive; {error}", BROKEN) from error
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
