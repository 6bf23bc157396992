"""The embedded broker: found, private, short enough for a socket, and gone when it is done with."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from iamviz.operations import broker
from iamviz.operations.locations import broker_note, broker_url
from iamviz.operations.refusal import Refusal
from iamviz.operations.supervisor import Program, Supervisor

LONG = "a-folder-with-a-very-long-name-" * 4


def test_a_server_on_the_path_is_preferred_to_the_bundled_one(tmp_path: Path) -> None:
    server = tmp_path / "valkey-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    assert broker.find_server(str(tmp_path)) == str(server)


def test_without_one_on_the_path_the_bundled_server_is_used(tmp_path: Path) -> None:
    assert broker.find_server(str(tmp_path)) == str(broker.bundled_server())


def test_a_machine_that_nothing_is_bundled_for_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(Refusal, match=r"riscv64 is bundled\. Install redis-server or valkey-server, or name"):
        broker.find_server(str(tmp_path))


def test_the_socket_folder_is_private_noted_while_in_use_and_gone_afterwards(tmp_path: Path) -> None:
    with broker.socket_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert broker_url(tmp_path) == f"redis+socket://{folder}/broker"
    assert not folder.exists()
    assert not broker_note(tmp_path).exists()


def test_the_socket_folder_stays_short_where_the_usual_places_are_deep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / LONG
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(deep))
    with broker.socket_folder(tmp_path) as folder:
        assert len(os.fsencode(folder / "broker")) <= broker.LONGEST_SOCKET


def test_what_a_killed_run_left_behind_is_removed_by_the_next_one(tmp_path: Path) -> None:
    left = tmp_path / "iamviz-killed"
    left.mkdir()
    broker_note(tmp_path).write_text(f"redis+socket://{left}/broker\n")
    with broker.socket_folder(tmp_path):
        assert not left.exists()


def test_a_note_that_names_a_folder_of_somebody_else_removes_nothing(tmp_path: Path) -> None:
    other = tmp_path / "precious"
    other.mkdir()
    broker_note(tmp_path).write_text(f"redis+socket://{other}/broker\n")
    with broker.socket_folder(tmp_path):
        assert other.exists()


def test_redis_url_wins_over_the_embedded_broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/3")
    with broker.socket_folder(tmp_path):
        assert broker_url(tmp_path) == "redis://elsewhere:6379/3"


def test_the_bundled_server_answers_on_its_socket_and_keeps_its_writes(tmp_path: Path) -> None:
    bundled = broker.bundled_server()
    assert bundled is not None
    supervisor = Supervisor(print)
    with broker.socket_folder(tmp_path) as folder:
        command = broker.broker_command(str(bundled), socket_path=folder / "broker", folder=tmp_path)
        supervisor.start(Program("broker", command, dict(os.environ), tmp_path / "broker.log"))
        try:
            assert supervisor.watch(until=lambda: broker.answers(folder / "broker"), deadline=None)
        finally:
            supervisor.stop()
    assert (tmp_path / "appendonlydir").is_dir()


def test_a_socket_that_nobody_listens_on_does_not_answer(tmp_path: Path) -> None:
    assert not broker.answers(tmp_path / "broker")
