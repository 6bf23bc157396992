"""Has it changed since it was made? A stamp is the SHA-256 of what something was made from, kept beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *, root: Path) -> str:
    """The hash of files, and of all files in folders, with their places below `root`."""
    total = hashlib.sha256()
    for path in sorted(file for start in paths for file in _files(start)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def _files(start: Path) -> Iterable[Path]:
    if start.is_dir():
        return (path for path in start.rglob("*") if path.is_file())
    return [start] if start.is_file() else []


def is_stamped(stamp: Path, value: str) -> bool:
    try:
        return stamp.read_text(encoding="ascii").strip() == value
    except (FileNotFoundError, NotADirectoryError):
        return False


def write_stamp(stamp: Path, value: str) -> None:
    stamp.write_text(f"{value}\n", encoding="ascii")
