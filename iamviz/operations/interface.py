"""The built interface: found up to date by the hash of its sources, else built with Node. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from iamviz.operations.environment import alone, explain_failure, install
from iamviz.operations.locations import ROOT
from iamviz.operations.programs import run_program
from iamviz.operations.refusal import Refusal
from iamviz.operations.stamps import fingerprint, is_stamped, write_stamp
from iamviz.operations.terminal import step

FRONTEND = ROOT / "frontend"
BUILT = ROOT / "static" / "build"
NODE_REQUIREMENT = ROOT / "requirements-node.txt"
OLDEST_NODE = (20, 19)
SOURCES = ("src", "scripts", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")


def prepare_interface(logs: Path) -> None:
    """Build the interface unless the one that stands was built from these very sources."""
    stamp, value = BUILT / "sources.stamp", sources_value()
    if is_stamped(stamp, value):
        return
    with alone():
        environment = node_environment()
        install_node_packages(environment, logs)
        _build(environment, logs)
        write_stamp(stamp, value)


def sources_value() -> str:
    return fingerprint((FRONTEND / name for name in SOURCES), root=ROOT)


def install_node_packages(environment: dict[str, str], logs: Path) -> None:
    """`npm ci`, unless node_modules holds what the lock file says."""
    stamp = FRONTEND / "node_modules" / ".iamviz-lock.stamp"
    value = fingerprint([FRONTEND / "package-lock.json"], root=ROOT)
    if is_stamped(stamp, value):
        return
    with step("Installing the interface's packages"):
        outcome = run_program(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            folder=FRONTEND,
            log=logs / "npm-ci.log",
            environment=environment,
        )
        if outcome.status:
            raise Refusal(explain_failure("The interface's packages could not be installed", outcome.output))
        write_stamp(stamp, value)


def _build(environment: dict[str, str], logs: Path) -> None:
    with step("Building the interface"):
        outcome = run_program(
            ["node_modules/.bin/vite", "build"], folder=FRONTEND, log=logs / "build.log", environment=environment
        )
        if outcome.status:
            raise Refusal(
                f"{explain_failure('The interface could not be built', outcome.output)} ({logs / 'build.log'})"
            )
        # Compressed beside each file, so that the web server only picks.
        run_program([sys.executable, "-m", "whitenoise.compress", "--quiet", BUILT], folder=ROOT)


def node_environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are new enough: the PATH's, else one in the virtual environment."""
    if is_new_enough(node_version(os.environ.get("PATH", ""))):
        return dict(os.environ)
    programs = Path(sys.prefix) / "bin"
    if not is_new_enough(node_version(str(programs))):
        install(NODE_REQUIREMENT, folder=Path(sys.prefix))
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_version(search: str) -> tuple[int, int] | None:
    """Major and minor version of the `node` that stands first on a search path with `npm` beside it."""
    node, npm = shutil.which("node", path=search), shutil.which("npm", path=search)
    if not node or not npm:
        return None
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return (int(found[1]), int(found[2])) if found else None


def is_new_enough(version: tuple[int, int] | None) -> bool:
    return version is not None and version >= OLDEST_NODE


if __name__ == "__main__":
    install_node_packages(node_environment(), FRONTEND / "node_modules")
