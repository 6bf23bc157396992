"""Mutation testing of iamviz/policy: every mutant that no test of tests/policy notices is a gap.

`pip install -r tests/mutation/requirements.txt`, then `python -m tests.mutation.run [PATTERN…]`, where a pattern names
mutants as mutmut does: `iamviz.policy.decision*`. Works on a copy in a folder of its own; the tree stays as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
COPIED = ("iamviz/__init__.py", "iamviz/policy", "tests/__init__.py", "tests/policy")
KILLED = frozenset({"killed", "timeout", "suspicious", "segfault"})
UNTOLD = frozenset({"not checked", "skipped"})


def prepare(folder: Path) -> None:
    """The policy room, its tests and mutmut's settings: nothing that a mutant could harm."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    shutil.copy(HERE / "setup.cfg", folder)
    shutil.copy(HERE / "conftest_of_copy.py", folder / "conftest.py")


def mutmut(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, HERE / "collected.py", *arguments], cwd=folder, env=environment, check=False)


def results(folder: Path) -> dict[str, str]:
    """What became of each mutant, by its name."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    rows = (line.strip().rpartition(": ") for line in told.stdout.splitlines() if ": " in line)
    return {name: outcome for name, _, outcome in rows}


def report(found: dict[str, str]) -> str:
    """Module by module and together: how many of the mutants that were tried were killed, then the survivors."""
    tried = {name: outcome for name, outcome in found.items() if outcome not in UNTOLD}
    modules: dict[str, Counter[bool]] = {}
    for name, outcome in tried.items():
        module = name.partition(".x")[0]
        modules.setdefault(module, Counter())[outcome in KILLED] += 1
    lines = [f"{module:45} {told[True]:5} of {told.total():5} killed" for module, told in sorted(modules.items())]
    killed = sum(told[True] for told in modules.values())
    share = 100 * killed / len(tried) if tried else 0.0
    lines.append(f"{killed} of {len(tried)} killed: {share:.1f} %; {len(found) - len(tried)} not tried")
    return "\n".join([*lines, *(f"survived: {name}" for name in sorted(tried) if tried[name] not in KILLED)])


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("patterns", nargs="*")
    asked.add_argument("--folder", type=Path, help="where to work, to go on there another time")
    options = asked.parse_args()
    folder = options.folder or Path(mkdtemp(prefix="iamviz-mutation-"))
    prepare(folder)
    mutmut(folder, "run", "--max-children", str(os.cpu_count() or 1), *options.patterns)
    found = results(folder)
    (folder / "results.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.stdout.write(f"{report(found)}\nin {folder}\n")
    return 0 if any(outcome not in UNTOLD for outcome in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
