"""Where the time of an analysis goes, stage by stage: `python -m tests.benchmarks.stages FOLDER [--profile graph]`."""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges, graph_text
from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.parts import Reading
from iamviz.inventory.model import Inventory, Organization

STAGES = ("read", "assemble", "graph", "export", "pairs")
_SHOWN = 40

T = TypeVar("T")


class Stopwatch:
    """CPU seconds of each stage; one of them may be profiled."""

    def __init__(self, profiled: str | None) -> None:
        self.seconds: dict[str, float] = {}
        self._profiled = profiled

    def time(self, stage: str, work: Callable[[], T]) -> T:
        started = time.process_time()
        with _profile() if stage == self._profiled else _nothing():
            result = work()
        self.seconds[stage] = round(time.process_time() - started, 3)
        return result


@contextmanager
def _profile() -> Iterator[None]:
    profile = cProfile.Profile()
    profile.enable()
    yield
    profile.disable()
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(_SHOWN)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def measure(folder: Path, *, profiled: str | None = None, pairs: bool = False) -> dict[str, float]:
    """CPU seconds by stage."""
    watch = Stopwatch(profiled)
    reading = watch.time("read", lambda: read_bundle([folder]))
    inventories, organization = watch.time("assemble", lambda: _assemble(reading))
    graph = watch.time("graph", lambda: build_graph(inventories, organization))
    watch.time("export", lambda: sum(map(len, graph_text(graph, ()))))
    if pairs:
        watch.time("pairs", lambda: sum(1 for _ in assume_edges(graph)))
    return watch.seconds


def _assemble(reading: Reading) -> tuple[list[Inventory], Organization | None]:
    documents = DocumentCache()
    accounts = sorted({part.account for part in reading.parts if part.account})
    organization = next((part for part in reading.parts if part.kind == "organization"), None)
    built = [build_inventory(account, reading.parts, documents) for account in accounts]
    return built, build_organization(organization, documents) if organization else None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.stages", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", choices=STAGES, help="show where this stage spends its time")
    parser.add_argument("--pairs", action="store_true", help="count the expanded pairs, too")
    chosen = parser.parse_args()
    # As `analyze` has it.
    gc.disable()
    sys.stdout.write(f"{json.dumps(measure(chosen.folder, profiled=chosen.profile, pairs=chosen.pairs))}\n")


if __name__ == "__main__":
    main()
