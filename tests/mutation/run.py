"""Mutation testing of iamviz/policy: every mutant that no test of tests/policy notices is a gap, or changes nothing.

`pip install -r tests/mutation/requirements.txt`, then `python -m tests.mutation.run [PATTERN…]`, where a pattern names
mutants as mutmut does: `iamviz.policy.decision*`. Works on a copy in a folder of its own; the tree stays as it is.
With `--folder` it goes on where it left off: functions that changed and mutants that were not tried are tried, with
`--again` those too that survived for no reason that equivalent.json knows. `--write` writes SURVIVORS.md.
Two mutants run at once: `--children 1` leaves half of a small machine to others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
COPIED = ("iamviz/__init__.py", "iamviz/policy", "tests/__init__.py", "tests/fuzz", "tests/policy")
KILLED = frozenset({"killed", "timeout", "suspicious", "segfault"})
UNTOLD = frozenset({"not checked", "skipped"})
CHILDREN = 2
GAP = "No test tells it apart."

Results = Mapping[str, str]
"""What became of each mutant, by its name."""


def prepare(folder: Path) -> None:
    """The policy room, its tests and mutmut's settings: nothing that a mutant could harm."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    # mutmut would ask the new tests only which functions they reach: a function that is new needs the old ones too.
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    shutil.copy(HERE / "setup.cfg", folder)
    shutil.copy(HERE / "conftest_of_copy.py", folder / "conftest.py")


def script(folder: Path, name: str, *arguments: str, is_read: bool = False) -> str:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(HERE / name), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, check=True, text=True, capture_output=is_read)
    return done.stdout or ""


def results(folder: Path) -> Results:
    told = script(folder, "collected.py", "results", "--all", "true", is_read=True)
    rows = (line.strip().rpartition(": ") for line in told.splitlines() if ": " in line)
    return {name: outcome for name, _, outcome in rows}


def survivors(found: Results) -> list[str]:
    return sorted(name for name, outcome in found.items() if outcome not in KILLED | UNTOLD)


def counted(found: Results) -> tuple[list[tuple[str, int, int]], str]:
    """Module by module how many of the mutants that were tried were killed, and all together in a sentence."""
    modules: dict[str, Counter[bool]] = {}
    for name, outcome in found.items():
        if outcome not in UNTOLD:
            modules.setdefault(name.partition(".x")[0], Counter())[outcome in KILLED] += 1
    rows = [(module, told[True], told.total()) for module, told in sorted(modules.items())]
    killed, tried = sum(row[1] for row in rows), sum(row[2] for row in rows)
    share = 100 * killed / tried if tried else 0.0
    return rows, f"{killed} of {tried} killed: {share:.1f} %; {len(found) - tried} not tried"


def report(found: Results) -> str:
    rows, together = counted(found)
    lines = [f"{module:45} {killed:5} of {tried:5} killed" for module, killed, tried in rows]
    return "\n".join([*lines, together, *(f"survived: {name}" for name in survivors(found))])


def why(change: Mapping[str, str], known: list[dict[str, str]]) -> str:
    """Why a mutant is no gap: the first reason whose module and piece of the changed line fit."""
    for each in known:
        if change["name"].startswith(f"iamviz.policy.{each['module']}") and each["line"] in change["after"]:
            return each["why"]
    return GAP


def told_survivors(folder: Path, found: Results) -> list[dict[str, str]]:
    """Name, lines before and after, and why."""
    known = json.loads((HERE / "equivalent.json").read_text(encoding="utf-8"))
    changes = json.loads(script(folder, "survivors.py", *survivors(found), is_read=True))
    return [{**each, "why": why(each, known)} for each in changes]


def page(folder: Path, found: Results) -> str:
    """SURVIVORS.md."""
    rows, together = counted(found)
    table = "\n".join(f"| {name.removeprefix('iamviz.policy.')} | {killed} | {tried} |" for name, killed, tried in rows)
    told = told_survivors(folder, found)
    listed = "\n".join(
        f"- `{each['name'].removeprefix('iamviz.policy.')}`: {each['why']}\n"
        f"  ```diff\n  -{each['before']}\n  +{each['after']}\n  ```"
        for each in told
    )
    gaps = sum(each["why"] == GAP for each in told)
    return (
        f"# Mutants that survive\n\n{datetime.now(UTC):%Y-%m-%d}, written by `python -m tests.mutation.run --write`.\n"
        f"{together}. Of the {len(told)} that survive, {len(told) - gaps} change nothing that can be told.\n\n"
        f"| Module | Killed | Tried |\n|---|---|---|\n{table}\n\n## One by one\n\n{listed}\n"
    )


def try_mutants(folder: Path, children: int, names: list[str]) -> None:
    script(folder, "collected.py", "run", "--max-children", str(children), *names)


def try_again(folder: Path, children: int, found: Results) -> Results:
    gaps = [each["name"] for each in told_survivors(folder, found) if each["why"] == GAP]
    if not gaps:
        return found
    try_mutants(folder, children, gaps)
    return results(folder)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("patterns", nargs="*")
    asked.add_argument("--folder", type=Path, help="where to work, to go on there another time")
    asked.add_argument("--children", type=int, default=CHILDREN, help="how many mutants run at once")
    asked.add_argument("--again", action="store_true", help="try once more what survived for no known reason")
    asked.add_argument("--write", action="store_true", help="write SURVIVORS.md")
    options = asked.parse_args()
    folder = options.folder or Path(mkdtemp(prefix="iamviz-mutation-"))
    prepare(folder)
    try_mutants(folder, options.children, options.patterns)
    found = results(folder)
    if options.again:
        found = try_again(folder, options.children, found)
    sys.stdout.write(f"{report(found)}\nin {folder}\n")
    if options.write:
        (HERE / "SURVIVORS.md").write_text(page(folder, found), encoding="utf-8")
    return 0 if any(outcome not in UNTOLD for outcome in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
