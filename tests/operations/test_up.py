"""`manage.py up`: one at a time in a data folder, on a port that is free."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from iamviz.operations import children, up
from iamviz.operations.refusal import Refusal


def plan(data: Path, *, port: int = 18110) -> up.Plan:
    return up.Plan("127.0.0.1", port, empty=False, data=data)


def test_a_busy_port_is_one_line_that_names_the_next_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refusal) as refusal:
            up.refuse_busy_port("127.0.0.1", port)
    assert str(refusal.value) == (
        f"Port {port} is taken by another program. Choose another: python3 manage.py up --port {port + 1}"
    )


def test_a_free_port_is_fine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    up.refuse_busy_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)) as still_free:
        assert still_free.getsockname()[1] == port


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_one_line(port: int) -> None:
    with pytest.raises(Refusal, match="Choose a port from 1 to 65535"):
        up.refuse_busy_port("127.0.0.1", port)


def test_a_second_up_in_the_same_data_folder_says_where_the_first_one_is(tmp_path: Path) -> None:
    holding = (
        "import sys; from pathlib import Path; from iamviz.operations import up\n"
        f"plan = up.Plan('127.0.0.1', 18111, False, Path({str(tmp_path)!r}))\n"
        "with up.running_alone(plan): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Refusal, match=r"already running in .* \(http://127\.0\.0\.1:18111, process \d+\)"):
            up.running_alone(plan(tmp_path)).__enter__()
        first.kill()
    with up.running_alone(plan(tmp_path)):
        assert (tmp_path / "up.lock").read_text().startswith("http://127.0.0.1:18110")


def test_the_port_is_8000_on_this_machine_only_unless_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAMVIZ_DATA", str(tmp_path))
    assert up.read_plan([]) == up.Plan("127.0.0.1", 8000, empty=False, data=tmp_path)
    assert up.read_plan(["--port", "18112", "--empty"]).port == 18112


def test_a_web_server_that_is_not_there_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert not children.web_answers("127.0.0.1", port)
