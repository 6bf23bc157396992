"""`manage.py test`: everything that CI checks, step by step, with the time of each and a summary at the end."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.checks import CHECKS, Check, CheckEnvironment
from iamviz.operations.interface import node_environment
from iamviz.operations.locations import ROOT
from iamviz.operations.programs import run_program
from iamviz.operations.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a check ended: passed, failed or skipped (with the reason), after how long."""

    name: str
    outcome: str
    seconds: float
    reason: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run the chosen checks, all of them unless told otherwise; 1 if any failed."""
    chosen = read_choice(arguments)
    with tempfile.TemporaryDirectory(prefix="iamviz-checks-") as scratch:
        environment = CheckEnvironment(scratch=Path(scratch), variables=_variables(Path(scratch), chosen))
        verdicts = [run_check(check, environment, number, len(chosen)) for number, check in enumerate(chosen, start=1)]
    summarize(verdicts)
    return 1 if any(verdict.outcome == "failed" for verdict in verdicts) else 0


def read_choice(arguments: Sequence[str]) -> list[Check]:
    names = [check.name for check in CHECKS]
    parser = argparse.ArgumentParser(prog="manage.py test", description="Run everything that CI checks.")
    parser.add_argument("--only", action="append", metavar="NAME", help=f"one of: {', '.join(names)} (repeatable)")
    parser.add_argument("--skip", action="append", metavar="NAME", default=[], help="leave a check out (repeatable)")
    chosen = parser.parse_args(arguments)
    for name in [*(chosen.only or []), *chosen.skip]:
        if name not in names:
            raise Refusal(f"There is no check called {name!r}. The checks: {', '.join(names)}.")
    return [
        check for check in CHECKS if check.name not in chosen.skip and (not chosen.only or check.name in chosen.only)
    ]


def _variables(scratch: Path, chosen: Sequence[Check]) -> Mapping[str, str]:
    """What every check's programs see: a data folder of the run's own, this environment's programs, a fit Node."""
    variables = node_environment() if any(check.needs_node for check in chosen) else dict(os.environ)
    programs = Path(sys.prefix) / "bin"
    return {
        **variables,
        "PATH": f"{programs}{os.pathsep}{variables['PATH']}",
        "IAMVIZ_DATA": str(scratch / "data"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
    }


def run_check(check: Check, environment: CheckEnvironment, number: int, total: int) -> Verdict:
    """Run the commands of a check until one fails; what it said is shown if it failed, or if it is a test runner."""
    heading = f"[{number}/{total}] {check.name}: {check.promise}"
    sys.stdout.write(f"{heading}\n")
    sys.stdout.flush()
    started = time.monotonic()
    reason = check.skip_reason(environment)
    if reason:
        sys.stdout.write(f"    SKIPPED: {reason}\n")
        return Verdict(check.name, "skipped", 0.0, reason)
    passed = all(_passes(command, check, environment) for command in check.commands(environment))
    verdict = Verdict(check.name, "passed" if passed else "failed", time.monotonic() - started)
    sys.stdout.write(f"    {verdict.outcome} in {verdict.seconds:.1f} s\n")
    sys.stdout.flush()
    return verdict


def _passes(command: Sequence[str], check: Check, environment: CheckEnvironment) -> bool:
    echo: Callable[[str], None] | None = _echo if check.shows_output else None
    variables = {**environment.variables, **check.variables(environment)}
    outcome = run_program(command, folder=ROOT / check.folder, environment=variables, on_line=echo)
    if outcome.status and not check.shows_output:
        sys.stdout.write(f"    {' '.join(command)}\n")
        for line in outcome.output.splitlines():
            _echo(line)
    return outcome.status == 0


def _echo(line: str) -> None:
    sys.stdout.write(f"    | {line}\n")
    sys.stdout.flush()


def summarize(verdicts: Sequence[Verdict]) -> None:
    """The table of all checks, then the plain closing line."""
    sys.stdout.write("\n")
    for verdict in verdicts:
        sys.stdout.write(
            f"{verdict.outcome:>8}  {verdict.seconds:6.1f} s  {verdict.name}  {verdict.reason}".rstrip() + "\n"
        )
    count = {outcome: sum(1 for verdict in verdicts if verdict.outcome == outcome) for outcome in OUTCOMES}
    sys.stdout.write(f"\nchecks: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped\n")
    sys.stdout.flush()


OUTCOMES = ("passed", "failed", "skipped")
