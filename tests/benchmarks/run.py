"""Measures and prints one table: `python -m tests.benchmarks.run --analyze FILE … --upload FILE …`.

Nothing here is a test: absolute times drift with the machine, so the yardstick (a bare JSON parser over the same
files) is measured in the same run. Needs `pip install -r tests/benchmarks/requirements.txt`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.locations import ROOT
from tests.benchmarks.client import Client
from tests.benchmarks.generate import write
from tests.benchmarks.processes import peaks_below, run
from tests.stack import running

YARDSTICK = """
import gc, statistics, sys, time
import orjson
from pathlib import Path
texts = [Path(name).read_bytes() for name in sys.argv[1:]]
gc.disable()
def parse():
    started = time.process_time()
    for text in texts:
        orjson.loads(text)
    return time.process_time() - started
print(statistics.median(parse() for _ in range(5)))
"""
"""CPU seconds of orjson.loads over the files: one process, garbage collector off, median of five."""

SAMPLE_SECONDS, MANY_SECONDS = 3.0, 10.0
WORKER_MEGABYTES = 300


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    result: str
    target: str = ""
    met: bool | None = None


def yardstick(paths: Sequence[Path]) -> float:
    done = subprocess.run([sys.executable, "-c", YARDSTICK, *paths], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The yardstick does not run; pip install -r tests/benchmarks/requirements.txt\n{done.stderr}")
    return float(done.stdout)


def analysis(name: str, paths: Sequence[Path], folder: Path, *, limits: tuple[float, float] | None = None) -> Row:
    """`manage.py analyze --graph` as a whole process, its start included."""
    given = [paths[0].parent] if len(paths) > 1 else paths
    files = [path for path in paths if path.suffix == ".json"]
    cost = run([sys.executable, "manage.py", "analyze", *given, "--graph", folder / "graph.json"])
    size = sum(path.stat().st_size for path in paths) / 1e6
    base = yardstick(files) if files else 0.0
    ratio = f"{cost.cpu / base:.1f} × orjson ({base:.3f} s)" if base else "-"
    result = f"{cost.wall:.2f} s, CPU {cost.cpu:.2f} s, peak {cost.peak:.0f} MB; {ratio}; input {size:.1f} MB"
    if limits is None:
        return Row(f"analyze {name}", result)
    met = cost.wall <= limits[0] and cost.peak <= limits[1]
    return Row(f"analyze {name}", result, f"≤ {limits[0]:g} s, ≤ {limits[1]:g} MB", met)


def generated(folder: Path, accounts: int, identities: int) -> list[Path]:
    return write(folder / f"generated-{accounts}", accounts, identities)


def uploads(samples: Sequence[Path], many: Sequence[Path], folder: Path) -> Iterator[Row]:
    """Upload to explorable through the running product, a data folder for each; then its second start."""
    cases = [([path], path.name, SAMPLE_SECONDS) for path in samples]
    cases.append((list(many), "50 accounts × 100 identities", MANY_SECONDS))
    for number, (paths, name, target) in enumerate(cases):
        data = folder / f"data-{number}"
        data.mkdir()
        yield _upload(data, paths, name, target)
    with running(folder / "data-0") as stack:
        yield Row("`up` again, until ready", f"{stack.seconds:.2f} s", "≤ 6 s", stack.seconds <= 6)


def _upload(data: Path, paths: list[Path], name: str, target: float) -> Row:
    peaks: list[list[float]] = []
    with running(data) as stack:

        def watch() -> None:
            peaks.append(peaks_below(stack.process, "celery"))

        seconds, _ = Client(stack).upload(paths, watch=watch)
        watch()
    largest = max(max(each, default=0.0) for each in peaks)
    together = max(sum(each) for each in peaks)
    memory = f"worker: largest process {largest:.0f} MB, all {together:.0f} MB (shared pages counted in each)"
    limit = "≤ 300 MB" if target > SAMPLE_SECONDS else ""
    met = seconds <= target and (not limit or largest <= WORKER_MEGABYTES)
    return Row(f"upload {name}", f"{seconds:.2f} s; {memory}", f"≤ {target:g} s {limit}", met)


def script_size() -> Row:
    """The entry and what it imports at once, compressed: what a browser loads before it draws anything."""
    built = ROOT / "static" / "build"
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    waiting = [key for key, chunk in manifest.items() if chunk.get("isEntry")]
    first: dict[str, int] = {}
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in first and chunk["file"].endswith(".js"):
            first[chunk["file"]] = len(gzip.compress((built / chunk["file"]).read_bytes(), 9))
            waiting += chunk.get("imports", [])
    size = sum(first.values()) / 1000
    return Row("first-load script, gzip", f"{size:.1f} kB in {len(first)} files", "≤ 150 kB", size <= 150)


def show(rows: Iterator[Row]) -> bool:
    """Print each row when it is there; whether all targets were met."""
    verdicts = {None: "", True: "met", False: "MISSED"}
    missed = False
    for row in rows:
        missed |= row.met is False
        sys.stdout.write(f"{row.what:42} {row.result:92} {row.target:22} {verdicts[row.met]}\n")
        sys.stdout.flush()
    return not missed


def circumstances() -> str:
    """Wall times mean something only where nothing else runs: compare them with the CPU times otherwise."""
    load = os.getloadavg()[0]
    busy = " (something else is running: wall times are too long)" if load > 1 else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load average {load:.1f}{busy}"


def measure(chosen: argparse.Namespace, folder: Path) -> Iterator[Row]:
    for path in chosen.analyze:
        yield analysis(path.name, [path], folder, limits=(1.0, 150.0))
    many = generated(folder, 50, 100)
    yield analysis("50 accounts × 100 identities", many, folder)
    if chosen.large:
        yield analysis("200 accounts × 120 identities", generated(folder, 200, 120), folder)
    if not chosen.no_uploads:
        yield from uploads(chosen.upload, many, folder)
        yield script_size()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("--analyze", nargs="*", type=Path, default=[], metavar="FILE", help="account files, one by one")
    parser.add_argument(
        "--upload", nargs="*", type=Path, default=[], metavar="FILE", help="files to upload, one by one"
    )
    parser.add_argument("--large", action="store_true", help="generate a larger organization, too")
    parser.add_argument("--no-uploads", action="store_true", help="`analyze` only; starts no server")
    chosen = parser.parse_args()
    sys.stdout.write(f"{circumstances()}\n")
    with tempfile.TemporaryDirectory(prefix="iamviz-benchmark-") as folder:
        return 0 if show(measure(chosen, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
