"""The store of contents: each lies under the hash of itself, so that the same content is kept once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

PIECE = 1024 * 1024
MOST_BYTES = 1024**3
"""A part is never larger when it is unpacked; the readers' limits are lower."""


def hash_file(file: File) -> tuple[str, int]:
    """SHA-256 and size, read in pieces."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def keep_file(workspace: int, sha256: str, file: File) -> str:
    """Store an uploaded file as it came; the name that it lies under."""
    return _keep(f"uploads/{workspace}/{sha256[:2]}/{sha256}", file)


def keep_part(workspace: int, sha256: str, content: bytes) -> str:
    """Store the content of a part, compressed."""
    name = f"parts/{workspace}/{sha256[:2]}/{sha256}.zst"
    if default_storage.exists(name):
        return name
    return _keep(name, ContentFile(zstandard.ZstdCompressor(level=3, write_content_size=True).compress(content)))


def read_part(stored: str) -> bytes:
    """The content of a part."""
    with default_storage.open(stored, "rb") as file:
        return zstandard.ZstdDecompressor().decompress(file.read(), max_output_size=MOST_BYTES)


@contextmanager
def local_file(stored: str) -> Iterator[Path]:
    """A stored file as a path: the file itself if it lies in a folder, else a copy for as long as it is needed."""
    path = _path(stored)
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="iamviz-") as copy, default_storage.open(stored, "rb") as file:
        for piece in file.chunks(PIECE):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def _path(stored: str) -> Path | None:
    try:
        return Path(default_storage.path(stored))
    except NotImplementedError:
        return None


def _keep(name: str, file: File) -> str:
    """Two that store the same content at once may both succeed: the storage gives the second a name of its own."""
    return name if default_storage.exists(name) else str(default_storage.save(name, file))
