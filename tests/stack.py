"""The whole product, started with `manage.py up` in a data folder of its own, for browser tests and benchmarks."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.locations import ROOT

PATIENCE = 240.0
"""Seconds; the first start may have to build the interface."""
_READY = re.compile(r"iamviz is ready: (\S+)")
_MEMBER = re.compile(r"Sign in as\s+(\S+)\s+with\s+(\S+)")
_LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "IAMVIZ_TLS", "IAMVIZ_HOSTS", "IAMVIZ_TRUST_PROXY", "IAMVIZ_QUEUE_PREFIX")


@dataclass(frozen=True, slots=True)
class Stack:
    """`email` and `password` are empty where the data folder had a member already. `seconds`: until it was ready."""

    address: str
    process: int
    email: str
    password: str
    seconds: float


@contextlib.contextmanager
def running(data: Path) -> Iterator[Stack]:
    """Start it without a demo organization, wait until it is ready, and stop it in the end."""
    log = data / "up.log"
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    environment = {**kept, "IAMVIZ_DATA": str(data), "DJANGO_SETTINGS_MODULE": "iamviz.settings"}
    command = [sys.executable, str(ROOT / "manage.py"), "up", "--empty", "--port", str(_free_port())]
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _await(process, log, started)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(process: subprocess.Popen[bytes], log: Path, started: float) -> Stack:
    while time.monotonic() < started + PATIENCE:
        said = log.read_text(encoding="utf-8")
        ready = _READY.search(said)
        if ready:
            seconds = time.monotonic() - started
            member = _MEMBER.search(said)
            email, password = (member[1], member[2]) if member else ("", "")
            return Stack(ready[1], process.pid, email, password, seconds)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"`manage.py up` did not become ready:\n{log.read_text(encoding='utf-8')}")
