"""The virtual environment: made on first use, brought up to date when the lock changes. Standard library only."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from iamviz.operations.locations import ROOT
from iamviz.operations.programs import run_program
from iamviz.operations.refusal import Refusal
from iamviz.operations.stamps import fingerprint, is_stamped, write_stamp
from iamviz.operations.terminal import Step, step

FOLDER = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
ROOM_NEEDED = 1_000_000_000
"""Bytes: the environment, Node's packages and the built interface together are about 900 MB."""

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Name or service not known",
    "nodename nor servname",
    "Network is unreachable",
    "Connection refused",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Could not find a version that satisfies",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
)

ERROR_LINE = re.compile(r"(?i)(\[\w+\] )?([\w.]*error)\b[^:]{0,20}: ?\S|\[[A-Z_]+\] ")
"""What pip, npm, Vite and Python begin the line with that says what went wrong."""


def python_of(folder: Path) -> Path:
    return folder / "bin" / "python"


def is_entered(folder: Path = FOLDER) -> bool:
    """Whether this very process runs in the project's environment."""
    return Path(sys.prefix).resolve() == folder.resolve()


def is_ready_made(lock: Path = LOCK) -> bool:
    """Whether this interpreter has every package at its exact version: a container, or an environment of one's own."""
    return all(_installed(name) == version for name, version in locked_versions(lock).items())


def locked_versions(lock: Path) -> dict[str, str]:
    """Package and version of each line of a lock file that applies to this platform (Windows is refused earlier)."""
    lines = (line.partition(";")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("==") for line in lines if line and not line.startswith("#"))
    return {name: version for name, _, version in pairs}


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def prepare_environment(lock: Path = LOCK, *, folder: Path = FOLDER) -> Path:
    """Make or update the environment and give back its Python. Quick where nothing has changed."""
    if is_current(lock, folder=folder):
        return python_of(folder)
    with alone():
        if not is_current(lock, folder=folder):  # another first run may have made it meanwhile
            _build(lock, folder)
    return python_of(folder)


def is_current(lock: Path, *, folder: Path = FOLDER) -> bool:
    """Whether the environment stands and holds what the lock says; the developers' lock holds the other one too."""
    if not python_of(folder).exists():
        return False
    stamps = {_stamp(folder, lock), _stamp(folder, DEV_LOCK)}
    return any(is_stamped(stamp, _lock_value(lock, stamp)) for stamp in stamps)


def _stamp(folder: Path, lock: Path) -> Path:
    return folder / f"{lock.stem}.stamp"


def _lock_value(lock: Path, stamp: Path) -> str:
    """What the stamp says when it is right: each stamp covers both locks, so that a change of either shows."""
    kind = DEV_LOCK if stamp.name.startswith(DEV_LOCK.stem) else lock
    return fingerprint({LOCK, kind}, root=ROOT)


def _build(lock: Path, folder: Path) -> None:
    refuse_without_venv()
    refuse_without_room(folder.parent)
    if not python_of(folder).exists():
        with step("Making the Python environment in .venv"):
            outcome = run_program([_base_python(), "-m", "venv", "--clear", folder], folder=ROOT)
            if outcome.status:
                raise Refusal(explain_failure("The Python environment could not be made", outcome.output))
    for stamp in folder.glob("*.stamp"):
        stamp.unlink()
    install(lock, folder=folder)
    stamp = _stamp(folder, lock)
    write_stamp(stamp, _lock_value(lock, stamp))


def _base_python() -> str:
    """The interpreter that is not itself in an environment that may be about to go."""
    return getattr(sys, "_base_executable", None) or sys.executable


def install(requirements: Path, *, folder: Path = FOLDER) -> None:
    """Install a file of requirements, showing which package of how many is being looked at."""
    total = len(locked_versions(requirements))
    with step(f"Installing {total} Python packages" if total > 1 else "Installing Node") as current:
        command = [str(python_of(folder)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        outcome = run_program(
            [*command, "--progress-bar", "off", "-r", str(requirements)],
            folder=ROOT,
            log=folder / "install.log",
            on_line=lambda line: _show_package(current, line, total),
        )
        if outcome.status:
            raise Refusal(explain_failure("The Python packages could not be installed", outcome.output))


def _show_package(current: Step, line: str, total: int) -> None:
    if line.startswith("Collecting "):
        seen = int(current.now.partition(" ")[0].lstrip("(") or 0) if current.now else 0
        current.now = f"({min(seen + 1, total)} of {total}: {line.split()[1].partition('==')[0]})"
    elif line.startswith("Installing collected"):
        current.now = f"({total} of {total}: writing)"


def refuse_without_venv() -> None:
    """Debian and Ubuntu ship Python without the module that makes environments."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Refusal(
            f"This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install "
            f"python{version}-venv (elsewhere: a Python {version} with venv and ensurepip). Then run this again."
        )


def refuse_without_room(folder: Path, *, needed: int = ROOM_NEEDED) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(
            f"The disk of {folder} has {free // 1_000_000} MB left; the first run needs {needed // 1_000_000} MB. "
            "Free some space and run this again."
        )


def explain_failure(what: str, output: str) -> str:
    """One line from what a package tool printed: the usual causes by name, else its last words."""
    if "No space left on device" in output or "ENOSPC" in output:
        return f"{what}: the disk is full. Free some space and run this again."
    if any(sign in output for sign in NO_NETWORK):
        return (
            f"{what}: the package index cannot be reached. Connect to the network (or name your mirror: "
            "PIP_INDEX_URL for Python, npm_config_registry for Node) and run this again; nothing is half done."
        )
    return f"{what}: {_telling_line(output)}"


def _telling_line(output: str) -> str:
    """The last line that calls itself an error, else the last line; a bare bracket tells nothing."""
    lines = [line.strip() for line in output.splitlines() if any(sign.isalnum() for sign in line)]
    errors = [line for line in lines if ERROR_LINE.match(line)]
    return (errors or lines or ["it said nothing"])[-1]


@contextmanager
def alone(folder: Path = ROOT) -> Iterator[None]:
    """Hold the checkout, so that two first runs at once do not build over each other."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another run that prepares this checkout"):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
