"""The same snapshots come to the same graph, whatever the process and the order in which they are given."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iamviz.snapshots.demo import build_demo
from tests.benchmarks.generate import write

ROOT = Path(__file__).parent.parent
SEEDS = (1, 2, 3)
"""Of the hashes of Python's texts, on which the order of sets hangs; and of the order of files and accounts."""


def drawn(folder: Path) -> None:
    write(folder, accounts=3, identities=30)


def demo(folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(build_demo())) as archive:
        archive.extractall(folder)


def fingerprint(folder: Path, seed: int) -> str:
    """As a process of its own has it."""
    command = [sys.executable, "-m", "tests.fingerprint", str(folder), str(seed - 1)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("make", [drawn, demo])
def test_neither_the_process_nor_the_order_of_files_changes_the_graph(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path)
    assert len({fingerprint(tmp_path, seed) for seed in SEEDS}) == 1
