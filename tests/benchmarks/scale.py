"""How the analysis grows: `python -m tests.benchmarks.scale --identities 12000 120000 300000`.

Each size is an organization of its own, 120 identities an account. What it costs is told as a multiple of a bare JSON
parser over the same files in the same run: absolute times drift with the machine. The figures of other tools are
constants, measured once on a machine of two shared cores.
Needs `pip install -r tests/benchmarks/requirements.txt`.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.locations import ROOT
from tests.benchmarks.generate import write
from tests.benchmarks.processes import Cost, run
from tests.benchmarks.run import circumstances, yardstick

IDENTITIES_OF_ACCOUNT = 120
CPU_GOAL, EXPONENT_GOAL, EDGES_GOAL = 4.0, 1.1, 10.0
BASE_MEGABYTES, SHARE_OF_INPUT = 120.0, 0.7

PMAPPER_PRINCIPALS = 1_600
PMAPPER_SECONDS = 203.0
PMAPPER_GOAL = 1_000
PMAPPER_ACCOUNTS = 100
PMAPPER_SECONDS_OF_PAIR = 0.77
"""PMapper 1.1.5 took 53 s at 800 principals of one account, 203 s at 1,600; across accounts so much for each pair."""
PMAPPER_CROSS_GOAL = 10_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: users and roles, megabytes (10^6 bytes) read, the yardstick's CPU seconds, and what analyze took."""

    identities: int
    megabytes: float
    yardstick: float
    cost: Cost
    edges: int

    @property
    def allowed_memory(self) -> float:
        return BASE_MEGABYTES + SHARE_OF_INPUT * self.megabytes


def measure(folder: Path, identities: int, *, accounts: int, seed: int) -> Measured:
    """Generate an organization, unless the folder holds it already, and analyse it in a process of its own."""
    place = folder / f"{accounts}x{identities // accounts}"
    paths = sorted(place.rglob("*.json")) or write(place, accounts, identities // accounts, seed=seed)
    files = [path for path in paths if path.parent.name == "accounts"]
    base = yardstick(files)
    said = folder / "summary.json"
    command: list[str | Path] = [
        sys.executable,
        "manage.py",
        "analyze",
        place,
        "--graph",
        folder / "graph.json",
        "--summary",
    ]
    cost = run(command, output=said)
    summary = json.loads(said.read_text(encoding="utf-8"))
    counted = summary["nodes"]["user"] + summary["nodes"]["role"]
    edges = sum(sum(by_certainty.values()) for by_certainty in summary["edges"].values())
    return Measured(counted, sum(path.stat().st_size for path in paths) / 1e6, base, cost, edges)


HEAD = (
    f"{'identities':>10} {'input MB':>9} {'orjson s':>9} {'CPU s':>8} {'wall s':>8} {'x orjson':>9} {'exponent':>9}"
    f" {'peak MB':>8} {'allowed':>8} {'edges':>9} {'each':>6}"
)


def table(measured: Iterator[Measured]) -> Iterator[str]:
    """A line for each size as soon as it is measured, each against the one before."""
    yield HEAD
    before: Measured | None = None
    for each in measured:
        exponent = "" if before is None else f"{_exponent(before, each):.2f}"
        ratio = each.cost.cpu / each.yardstick
        yield (
            f"{each.identities:>10,} {each.megabytes:>9.1f} {each.yardstick:>9.3f} {each.cost.cpu:>8.2f}"
            f" {each.cost.wall:>8.2f} {ratio:>9.1f} {exponent:>9} {each.cost.peak:>8.0f} {each.allowed_memory:>8.0f}"
            f" {each.edges:>9,} {each.edges / each.identities:>6.2f}"
        )
        before = each
    yield f"goals: CPU <= {CPU_GOAL:g} x orjson, exponent <= {EXPONENT_GOAL:g}, stored edges each <= {EDGES_GOAL:g}"


def _exponent(before: Measured, after: Measured) -> float:
    return math.log(after.cost.cpu / before.cost.cpu) / math.log(after.identities / before.identities)


def against_others(folder: Path, seed: int) -> Iterator[str]:
    """What PMapper took, divided by what we take without the start."""
    start = run([sys.executable, "manage.py", "analyze", "--help"]).cpu
    one = measure(folder, PMAPPER_PRINCIPALS, accounts=1, seed=seed).cost.cpu - start
    yield _factor(f"one account, {PMAPPER_PRINCIPALS:,} principals", PMAPPER_SECONDS, one, PMAPPER_GOAL)
    stages = _stages(folder / f"{PMAPPER_ACCOUNTS}x{IDENTITIES_OF_ACCOUNT}", seed)
    pairs = PMAPPER_ACCOUNTS * (PMAPPER_ACCOUNTS - 1) // 2
    across = f"edges of {PMAPPER_ACCOUNTS} accounts, {pairs:,} pairs of them"
    yield _factor(across, pairs * PMAPPER_SECONDS_OF_PAIR, stages["graph"], PMAPPER_CROSS_GOAL)


def _factor(what: str, theirs: float, ours: float, goal: int) -> str:
    return f"{what}: PMapper 1.1.5 {theirs:,.0f} s, here {ours:.2f} s CPU: {theirs / ours:,.0f} x (goal {goal:,} x)"


def _stages(place: Path, seed: int) -> dict[str, float]:
    if not place.exists():
        write(place, PMAPPER_ACCOUNTS, IDENTITIES_OF_ACCOUNT, seed=seed)
    command = [sys.executable, "-m", "tests.benchmarks.stages", str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _lines(folder: Path, sizes: Sequence[int], *, seed: int, others: bool, stages: bool) -> Iterator[str]:
    yield circumstances()
    yield from table(measure(folder, size, accounts=size // IDENTITIES_OF_ACCOUNT, seed=seed) for size in sorted(sizes))
    for size in sorted(sizes) if stages else ():
        accounts = size // IDENTITIES_OF_ACCOUNT
        yield f"{size:,}: CPU seconds {json.dumps(_stages(folder / f'{accounts}x{IDENTITIES_OF_ACCOUNT}', seed))}"
    if others:
        yield from against_others(folder, seed)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--identities", type=int, nargs="+", default=[12_000, 120_000, 300_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the organizations are kept for another run")
    parser.add_argument("--others", action="store_true", help="beside what other tools take")
    parser.add_argument("--stages", action="store_true", help="the CPU seconds of each stage, too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="iamviz-scale-") as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for line in _lines(folder, chosen.identities, seed=chosen.seed, others=chosen.others, stages=chosen.stages):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
