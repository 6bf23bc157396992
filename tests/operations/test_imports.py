"""The import contracts are shown to bite: each is broken in a copy of the tree, and the machine must notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iamviz.operations.locations import ROOT

BREACHES = {
    "policy imports the room above it": ("policy/arn.py", "import iamviz.inventory.model", "Rooms are stacked"),
    "workspaces imports snapshots": ("workspaces/models.py", "import iamviz.snapshots.models", "Rooms are stacked"),
    "snapshots imports the API": ("snapshots/tasks.py", "import iamviz.api.urls", "Rooms are stacked"),
    "the graph imports Django": ("graph/model.py", "import django.conf", "no web, no database and no queue"),
    "ingest imports Celery": ("ingest/bundle.py", "import celery", "no web, no database and no queue"),
    "the inventory imports NumPy": ("inventory/model.py", "import numpy", "live in the graph room"),
    "the API imports NetworkX": ("api/urls.py", "import networkx", "live in the graph room"),
    "an edge rule imports another": ("graph/edges/{second}", "import iamviz.graph.edges.{first}", "Edge rules do not"),
    "a format imports another": ("ingest/formats/{second}", "import iamviz.ingest.formats.{first}", "Formats do not"),
    "the first run imports Django": ("operations/environment.py", "import django", "The first run needs"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A tree of the project's own Python, with the contracts."""
    shutil.copytree(ROOT / "iamviz", tmp_path / "iamviz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def check_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    variables = {**os.environ, "PYTHONPATH": str(tree), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [str(program), "--no-cache"], cwd=tree, env=variables, capture_output=True, text=True, check=False
    )


def test_the_tree_as_it_is_keeps_every_contract(copy: Path) -> None:
    outcome = check_imports(copy)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_contract_that_is_broken_is_noticed(breach: str, copy: Path) -> None:
    place, line, contract = BREACHES[breach]
    folder = copy / "iamviz" / Path(place).parent
    first, second = (*sorted(path.stem for path in folder.glob("[a-z]*.py")), "", "")[:2]
    target = copy / "iamviz" / place.format(second=f"{second}.py")
    target.write_text(f"{target.read_text(encoding='utf-8')}\n\n{line.format(first=first)}\n", encoding="utf-8")
    outcome = check_imports(copy)
    assert outcome.returncode == 1
    broken = [row for row in outcome.stdout.splitlines() if " BROKEN" in row]
    assert any(contract in row for row in broken), outcome.stdout


def test_a_room_that_no_layer_names_is_noticed(copy: Path) -> None:
    (copy / "iamviz" / "utils").mkdir()
    (copy / "iamviz" / "utils" / "__init__.py").write_text('"""Everything."""\n', encoding="utf-8")
    outcome = check_imports(copy)
    assert outcome.returncode == 1
    assert "iamviz.utils" in outcome.stdout
