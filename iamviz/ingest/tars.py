"""Tar archives, read as a stream and never unpacked to disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, cast

from iamviz.ingest.entry import (
    BROKEN,
    Budget,
    Entry,
    Expand,
    Readable,
    check_member,
    check_name,
    from_seconds,
    refused,
)
from iamviz.ingest.source import Refusal


def tar_entries(stream: Readable, name: str, budget: Budget, depth: int, expand: Expand) -> Iterator[Entry]:
    """The regular files, in order."""
    seen: set[str] = set()
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for info in archive:
                if not info.isdir():
                    budget.count()
                    shown = f"{name}/{info.name.removeprefix('./')[:400]}"
                    try:
                        _check(info, seen)
                        check_member(info.size, budget)
                    except Refusal as refusal:
                        yield refused(shown, refusal)
                    else:
                        data = _read(archive, info)
                        modified = from_seconds(info.mtime)
                        yield from expand(io.BytesIO(data), len(data), shown, modified, budget, depth + 1)
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        raise Refusal(f"an intact tar archive; {error}", BROKEN) from error


def _read(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    member = archive.extractfile(info)
    return b"" if member is None else member.read()


def _check(info: tarfile.TarInfo, seen: set[str]) -> None:
    check_name(info.name)
    if not info.isreg() or info.issparse():
        raise Refusal("a regular file; links, devices and pipes are not read", "Pack the files themselves.")
    if info.name in seen:
        raise Refusal("each name once in an archive; this is the second of its name", "Make the archive again.")
    seen.add(info.name)
