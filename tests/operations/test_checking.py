"""`manage.py test`: every check runs though an earlier one failed, a skip is loud, the summary is the truth."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from iamviz.operations import checking, checks
from iamviz.operations.checks import CHECKS, Check, CheckEnvironment
from iamviz.operations.locations import ROOT
from iamviz.operations.refusal import Refusal
from iamviz.operations.same_files import differences, main


def python(code: str) -> list[list[str]]:
    return [[sys.executable, "-S", "-c", code]]


@pytest.fixture
def surroundings(tmp_path: Path) -> CheckEnvironment:
    return CheckEnvironment(tmp_path, {"PATH": str(tmp_path)})


def test_what_passes_is_quiet_and_what_fails_shows_its_output(
    surroundings: CheckEnvironment, capsys: pytest.CaptureFixture[str]
) -> None:
    good = Check("good", "prints", lambda _: python("print('chatter')"))
    bad = Check("bad", "fails", lambda _: python("print('the reason'); raise SystemExit(1)"))
    assert checking.run_check(good, surroundings, 1, 2).outcome == "passed"
    assert "chatter" not in capsys.readouterr().out
    assert checking.run_check(bad, surroundings, 2, 2).outcome == "failed"
    assert "    | the reason" in capsys.readouterr().out


def test_a_check_stops_at_its_first_failing_command(surroundings: CheckEnvironment) -> None:
    left = surroundings.scratch / "left"
    check = Check("two", "steps", lambda _: [*python("raise SystemExit(1)"), *python(f"open({str(left)!r}, 'w')")])
    assert checking.run_check(check, surroundings, 1, 1).outcome == "failed"
    assert not left.exists()


def test_a_skip_is_loud_and_says_what_was_not_checked(
    surroundings: CheckEnvironment, capsys: pytest.CaptureFixture[str]
) -> None:
    check = Check("browser", "journeys", lambda _: python("0"), skip_reason=lambda _: "no browser: NOT run")
    assert checking.run_check(check, surroundings, 1, 1).outcome == "skipped"
    assert "SKIPPED: no browser: NOT run" in capsys.readouterr().out


def test_later_checks_run_though_one_failed_and_the_command_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Check("bad", "fails", lambda _: python("raise SystemExit(1)"))
    good = Check("good", "passes", lambda _: python("0"))
    monkeypatch.setattr(checking, "CHECKS", (bad, good))
    assert checking.main([]) == 1
    assert capsys.readouterr().out.endswith("checks: 1 passed, 1 failed, 0 skipped\n")


def test_one_check_can_be_chosen_and_one_left_out() -> None:
    assert [check.name for check in checking.read_choice(["--only", "lint"])] == ["lint"]
    assert "browser" not in [check.name for check in checking.read_choice(["--skip", "browser"])]
    assert len(checking.read_choice([])) == len(CHECKS)


def test_a_check_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(Refusal, match=r"no check called 'lnit'\. The checks: lint, format"):
        checking.read_choice(["--only", "lnit"])


def test_without_chromium_or_postgresql_the_reason_names_what_was_not_run(
    surroundings: CheckEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "is_listening", lambda _host, _port: False)
    reasons = {check.name: check.skip_reason(surroundings) for check in CHECKS}
    assert {name for name, reason in reasons.items() if reason} == {"browser", "postgresql"}
    assert "NOT run" in reasons["browser"]
    assert "SQLite only" in reasons["postgresql"]


def test_where_postgresql_runs_its_check_is_not_skipped(
    surroundings: CheckEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "is_listening", lambda _host, _port: True)
    assert next(check for check in CHECKS if check.name == "postgresql").skip_reason(surroundings) == ""


def test_a_browser_on_the_path_is_found(surroundings: CheckEnvironment) -> None:
    browser = surroundings.scratch / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert checks.find_chromium(surroundings) == str(browser)


def test_a_port_is_listened_on_or_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert checks.is_listening("127.0.0.1", port)
    assert not checks.is_listening("127.0.0.1", port)


def test_a_committed_file_that_is_out_of_date_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh, committed = tmp_path / "fresh", tmp_path / "committed"
    fresh.write_text("new\n")
    assert differences(fresh, committed) == [f"{committed} does not exist"]
    committed.write_text("old\n")
    assert main(str(fresh), str(committed)) == 1
    assert "is out of date" in capsys.readouterr().out
    committed.write_text("new\n")
    assert main(str(fresh), str(committed)) == 0


def test_ci_runs_this_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec python3 manage.py test"
    assert not any("pytest" in line or "ruff" in line for line in lines)
