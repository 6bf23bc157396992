"""Tar archives, read as a stream and never unpacked to disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, cast

from iamviz.ingest.archives import Budget, Entry, Readable, check_member, check_name, expand, from_seconds, refused
from iamviz.ingest.source import Refusal

_BROKEN = "Make the archive again; it is damaged or was cut off while it was copied."


def tar_entries(stream: Readable, name: str, budget: Budget, depth: int) -> Iterator[Entry]:
    """The regular files, in order."""
    seen: set[str] = set()
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for info in archive:
                if not info.isdir():
                    budget.count()
                    yield from _member(archive, info, name, budget, depth, seen)
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        raise Refusal(f"an intact tar archive; {error}", _BROKEN) from error


def _member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, name: str, budget: Budget, depth: int, seen: set[str]
) -> Iterator[Entry]:
    shown = f"{name}/{info.name.removeprefix('./')[:400]}"
    try:
        _check(info, seen)
        check_member(info.size, budget)
    except Refusal as refusal:
        yield refused(shown, refusal)
        return
    member = archive.extractfile(info)
    data = b"" if member is None else member.read()
    yield from expand(io.BytesIO(data), len(data), shown, from_seconds(info.mtime), budget, depth=depth + 1)


def _check(info: tarfile.TarInfo, seen: set[str]) -> None:
    check_name(info.name)
    if not info.isreg() or info.issparse():
        raise Refusal("a regular file; links, devices and pipes are not read", "Pack the files themselves.")
    if info.name in seen:
        raise Refusal("each name once in an archive; this is the second of its name", "Make the archive again.")
    seen.add(info.name)
