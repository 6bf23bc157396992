"""Zip archives: the directory is checked before anything is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from iamviz.ingest.entry import (
    BROKEN,
    HEAD,
    Budget,
    Entry,
    Expand,
    archive_kind,
    check_member,
    check_name,
    from_seconds,
    refused,
)
from iamviz.ingest.source import Refusal

_ENCRYPTED = 0x1
_FIRST_YEAR = 1980
_EXTENDED_TIME = 0x5455
_DAMAGE = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ValueError)


def zip_entries(stream: IO[bytes], size: int, name: str, budget: Budget, depth: int, expand: Expand) -> Iterator[Entry]:
    """The members in the order of the directory. Refuses an archive that is damaged or a bomb."""
    try:
        archive = ZipFile(stream)
    except _DAMAGE as error:
        raise Refusal(f"an intact zip archive; {error}", BROKEN) from error
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        _check_ratio(members, size, budget)
        seen: set[str] = set()
        for info in members:
            budget.count()
            try:
                _check(info, seen)
                check_member(info.file_size, budget)
                inner = archive_kind(_read(archive, info, HEAD)) is not None
                data = _read(archive, info) if inner else b""
            except Refusal as refusal:
                yield refused(f"{name}/{_tame(info.filename)}", refusal)
                continue
            shown, modified = f"{name}/{info.filename}", _modified(info)
            if inner:
                yield from expand(io.BytesIO(data), len(data), shown, modified, budget, depth + 1)
            else:
                yield Entry(shown, info.file_size, modified, partial(_read, archive, info))


def _check_ratio(members: list[ZipInfo], size: int, budget: Budget) -> None:
    total = sum(info.file_size for info in members)
    if total > max(budget.limits.ratio_floor, size * budget.limits.ratio):
        raise Refusal(f"data that unpacks to at most {budget.limits.ratio} times its size", "Upload it unpacked.")


def _check(info: ZipInfo, seen: set[str]) -> None:
    check_name(info.filename)
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise Refusal("a regular file; links, devices and pipes are not read", "Pack the files themselves.")
    if info.flag_bits & _ENCRYPTED:
        raise Refusal("an archive without a password; this file is encrypted", "Pack it without a password.")
    if info.filename in seen:
        raise Refusal("each name once in an archive; this is the second of its name", "Make the archive again.")
    seen.add(info.filename)


def _read(archive: ZipFile, info: ZipInfo, size: int = -1) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(size)
    except _DAMAGE as error:
        raise Refusal(f"an intact zip archive; {error}", BROKEN) from error


def _modified(info: ZipInfo) -> datetime | None:
    """The UTC time that most tools add; else the local one, taken for UTC. 1980 is what tools write for none."""
    extended = _extended_time(info.extra)
    if extended is not None:
        return extended
    if info.date_time[0] <= _FIRST_YEAR:
        return None
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None


def _extended_time(extra: bytes) -> datetime | None:
    while len(extra) >= struct.calcsize("<HH"):
        kind, length = struct.unpack_from("<HH", extra)
        field = extra[4 : 4 + length]
        if kind == _EXTENDED_TIME and len(field) >= struct.calcsize("<Bi") and field[0] & 1:
            return from_seconds(float(struct.unpack_from("<i", field, 1)[0]))
        extra = extra[4 + length :]
    return None


def _tame(name: str) -> str:
    """A hostile name, short enough to show."""
    return name[:200]
