"""The checks of `manage.py test`, in the order in which they run: the quick ones first. Standard library only."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.locations import ROOT

POSTGRESQL = ("127.0.0.1", 5432)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROCESSES = "2"


@dataclass(frozen=True, slots=True)
class CheckEnvironment:
    """Where the checks may write, and the environment variables that their programs see."""

    scratch: Path
    variables: Mapping[str, str]


Commands = Callable[[CheckEnvironment], Sequence[Sequence[str]]]
Question = Callable[[CheckEnvironment], str]


def _never(_environment: CheckEnvironment) -> str:
    return ""


def _nothing(_environment: CheckEnvironment) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Check:
    """A promise about the code, and the commands that hold it to it; `skip_reason` is empty where it can run."""

    name: str
    promise: str
    commands: Commands
    folder: str = "."
    needs_node: bool = False
    shows_output: bool = False
    skip_reason: Question = _never
    variables: Callable[[CheckEnvironment], Mapping[str, str]] = _nothing


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def _templates(_environment: CheckEnvironment) -> Sequence[Sequence[str]]:
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return [["djade", "--check", "--target-version", "5.2", *files]]


def _generated_types(environment: CheckEnvironment) -> Sequence[Sequence[str]]:
    """The committed schema and types against fresh ones."""
    schema, types = environment.scratch / "schema.json", environment.scratch / "schema.d.ts"
    return [
        _manage("spectacular", "--format", "openapi-json", "--validate", "--fail-on-warn", "--file", str(schema)),
        _module("iamviz.operations.same_files", str(schema), "frontend/src/api/schema.json"),
        ["frontend/node_modules/.bin/openapi-typescript", str(schema), "--output", str(types)],
        _module("iamviz.operations.same_files", str(types), "frontend/src/api/schema.d.ts"),
    ]


def _pytest(*arguments: str) -> list[str]:
    return _module("pytest", "-q", "-p", "no:cacheprovider", *arguments)


def find_chromium(environment: CheckEnvironment) -> str | None:
    """The browser that the journeys drive: IAMVIZ_CHROMIUM, else a usual name on the PATH."""
    chosen = environment.variables.get("IAMVIZ_CHROMIUM")
    found = (shutil.which(name, path=environment.variables.get("PATH")) for name in CHROMIUM_NAMES)
    return chosen or next((path for path in found if path), None)


def _no_browser(environment: CheckEnvironment) -> str:
    if find_chromium(environment):
        return ""
    return "no Chromium here: the journeys in a real browser were NOT run (apt-get install chromium)"


def _browser(environment: CheckEnvironment) -> Mapping[str, str]:
    return {"IAMVIZ_CHROMIUM": find_chromium(environment) or "", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}


def _no_postgresql(environment: CheckEnvironment) -> str:
    if environment.variables.get("IAMVIZ_TEST_DATABASE_URL") or is_listening(*POSTGRESQL):
        return ""
    return "no PostgreSQL on 127.0.0.1:5432: the database rooms were checked on SQLite only"


def _postgresql(environment: CheckEnvironment) -> Mapping[str, str]:
    usual = f"postgres://postgres@127.0.0.1:5432/iamviz_checks_{os.getpid()}"
    return {"IAMVIZ_TEST_DATABASE_URL": environment.variables.get("IAMVIZ_TEST_DATABASE_URL") or usual}


def is_listening(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


CHECKS: tuple[Check, ...] = (
    Check("lint", "every rule of ruff, or a reason beside it", lambda _: [["ruff", "check", "."]]),
    Check("format", "one way to lay out code", lambda _: [["ruff", "format", "--check", "."]]),
    Check("spelling", "no typos", lambda _: [["typos", "--config", "pyproject.toml"]]),
    Check("templates", "templates in one style", _templates),
    Check("imports", "rooms import in one direction", lambda _: [["lint-imports", "--no-cache"]]),
    Check("types", "mypy, strict on the core", lambda _: [["mypy"]]),
    Check("migrations", "models and migrations agree", lambda _: [_manage("makemigrations", "--check", "--dry-run")]),
    Check(
        "deploy",
        "Django's own checks for production",
        lambda _: [_manage("check", "--deploy")],
        variables=lambda _: {"IAMVIZ_TLS": "1"},
    ),
    Check(
        "packages",
        "the interface's packages as locked",
        lambda _: [_module("iamviz.operations.interface")],
        needs_node=True,
    ),
    Check("contract", "API schema and TypeScript types are what the code says", _generated_types, needs_node=True),
    Check(
        "typescript", "strict types", lambda _: [["npm", "run", "--silent", "typecheck"]], "frontend", needs_node=True
    ),
    Check(
        "eslint", "every rule, no warning", lambda _: [["npm", "run", "--silent", "lint"]], "frontend", needs_node=True
    ),
    Check(
        "vitest",
        "the interface's unit tests",
        lambda _: [["npm", "run", "--silent", "test"]],
        "frontend",
        needs_node=True,
        shows_output=True,
    ),
    Check(
        "build",
        "the interface builds, within its size budgets",
        lambda _: [["npm", "run", "--silent", "build"]],
        "frontend",
        needs_node=True,
        shows_output=True,
    ),
    Check("pytest", "the tests", lambda _: [_pytest("-n", PROCESSES, "--ignore", "tests/e2e")], shows_output=True),
    Check(
        "postgresql",
        "the database rooms on PostgreSQL",
        lambda _: [_pytest("tests/workspaces", "tests/snapshots", "tests/api", "--ignore", "tests/api/test_fuzz.py")],
        shows_output=True,
        skip_reason=_no_postgresql,
        variables=_postgresql,
    ),
    Check(
        "browser",
        "journeys in a real browser",
        lambda _: [_pytest("tests/e2e")],
        needs_node=True,
        shows_output=True,
        skip_reason=_no_browser,
        variables=_browser,
    ),
)
