"""mutmut with tests that are collected once: a mutant is a fork in which the tests of its function run at once.

Run as a script in the folder that run.py prepares, with mutmut's own arguments.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import mutmut.__main__ as mutmut
import pytest
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner, TestRunner
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import ForkServerRunner, MutantRunner

ENDLESS = 36
"""The exit code of a mutant that does not end, as mutmut has it."""
SLOWER, GRACE = 20, 2.0
"""A test may take so many times its usual seconds, and these."""
LONGEST_RUN = 120
"""Seconds of work that all tests may take where the modules are imported anew."""
AT_IMPORT = Path("functions-at-import.json")
"""In the folder of the mutants: functions that ran before the first test."""
KILLERS = Path("killers")
"""There too, by function: the tests that failed for a mutant of it, which the next one meets first."""


class Noticing(PytestRunner):
    """Notes which functions run while the modules are imported: a mutant of theirs comes too late in a fork."""

    def execute_pytest(self, params: list[str], plugins: Sequence[object] = (), **more: Any) -> int:
        return super().execute_pytest(params, plugins=[*plugins, self], **more)

    def pytest_collection_finish(self) -> None:
        if os.environ.get("MUTANT_UNDER_TEST") == "stats":
            AT_IMPORT.write_text(json.dumps(sorted(state()._stats)), encoding="utf-8")


class Collected(TestRunner):
    """Runs tests of a session that is already collected, the quick ones first, until one fails."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._items = {item.nodeid: item for item in session.items}
        self._at_import = frozenset(json.loads(AT_IMPORT.read_text(encoding="utf-8")))

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        signal.signal(signal.SIGPROF, lambda *_: os._exit(ENDLESS))
        function = mangled_name_from_mutant_name(mutant_name) if mutant_name else ""
        failed = self._first_to_fail(_in_order(tests, function))
        signal.setitimer(signal.ITIMER_PROF, 0)
        if failed is not None:
            _note(failed, function)
            return 1
        return _run_anew() if function in self._at_import else 0

    def _first_to_fail(self, names: Sequence[str]) -> str | None:
        for name, following in zip(names, [*names[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, GRACE + SLOWER * state().duration_by_test[name])
            item, after = self._items[name], self._items[following] if following is not None else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self._session.testsfailed:
                return name
        return None


def _in_order(tests: Iterable[str], function: str) -> list[str]:
    """Those that failed before for a mutant of the function, then the quick ones."""
    noted = KILLERS / function
    before = Counter(noted.read_text(encoding="utf-8").splitlines() if function and noted.exists() else ())
    usual = state().duration_by_test
    return sorted(tests, key=lambda name: (-before[repr(name)], usual[name], name))


def _note(name: str, function: str) -> None:
    KILLERS.mkdir(exist_ok=True)
    with (KILLERS / (function or "none")).open("a", encoding="utf-8") as noted:
        noted.write(f"{name!r}\n")


def _run_anew() -> int:
    """All tests in place of this process, where the modules are imported with the mutant: the environment names it."""
    limit = int(process_time()) + LONGEST_RUN
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    tests = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-x", "--rootdir=.", *tests])  # noqa: S606  # all written out


class OnceCollected(ForkServerRunner):
    """Its server forks from within pytest's session."""

    def _forkserver_main(self, work_fd: int, result_fd: int) -> None:
        with change_cwd("mutants"):
            os.environ["MUTANT_UNDER_TEST"] = ""
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            self._pipes = work_fd, result_fd
            arguments = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
            pytest.main(["-s", "--rootdir=.", *arguments], plugins=[self])

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.test_runner_class, self.test_runner_args = Collected, {"session": session}
        super()._forkserver_main(*self._pipes)
        return True


def _work(mutant_name: str) -> float:
    """Seconds, to begin with the quick ones: those that need a process of their own come last."""
    own = mangled_name_from_mutant_name(mutant_name) in json.loads(("mutants" / AT_IMPORT).read_text(encoding="utf-8"))
    return _usual_work(mutant_name) + (LONGEST_RUN if own else 0)


def _make_runner(max_workers: int = 1) -> MutantRunner:
    return OnceCollected(max_workers, Noticing, {})


_usual_work = mutmut.estimated_worst_case_time

if __name__ == "__main__":
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    mutmut.estimated_worst_case_time = _work
    mutmut.get_mutant_runner = _make_runner
    mutmut.cli()
