"""Prints how the graph's list of assume-role pairs compares with the oracle's: `python -m tests.oracle --seeds 1 2`."""

from __future__ import annotations

import argparse
import re
import sys
import time
from itertools import zip_longest

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges
from tests.oracle.comparing import Comparison, compare
from tests.oracle.organizations import World, make_world
from tests.oracle.pairs import brute_pairs
from tests.oracle.shrinking import described, shrink


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--examples", type=int, default=0, help="shrink so many of the differences to small worlds")
    chosen = parser.parse_args()
    wrong = 0
    for seed in chosen.seeds:
        world = make_world(seed)
        started = time.process_time()
        expected = brute_pairs(world.inventories, world.organization)
        between = time.process_time()
        found = list(assume_edges(build_graph(world.inventories, world.organization)))
        ended = time.process_time()
        comparison = compare(expected, found)
        wrong += len(comparison.differing)
        sys.stdout.write(
            f"seed {seed}: {comparison} (oracle {between - started:.1f} s, graph {ended - between:.1f} s)\n"
        )
        _show_examples(world, comparison, chosen.examples)
    return 1 if wrong else 0


def _show_examples(world: World, comparison: Comparison, most: int) -> None:
    """Small worlds for the first differences, each kind of difference in turn."""
    shown = set()
    by_kind = (comparison.missing, comparison.extra, comparison.of_other_certainty)
    mixed = [ends for each in zip_longest(*by_kind) for ends in each if ends]
    for source, target in mixed:
        if len(shown) >= most:
            return
        verdicts = _verdicts(world, source, target)
        small = shrink(
            world, source, target, lambda each, wanted=verdicts, ends=(source, target): _verdicts(each, *ends) == wanted
        )  # type: ignore[misc]
        text = described(small)
        kind = (verdicts, _shape(text))
        if kind not in shown:
            shown.add(kind)
            sys.stdout.write(f"{source} -> {target}: oracle {verdicts[0]}, graph {verdicts[1]}\n{text}\n")


def _verdicts(world: World, source: str, target: str) -> tuple[str | None, str | None]:
    expected = brute_pairs(world.inventories, world.organization)
    found = assume_edges(build_graph(world.inventories, world.organization))
    both = ({each[:2]: each[2] for each in expected}, {each[:2]: each[2] for each in found})
    return both[0].get((source, target)), both[1].get((source, target))


def _shape(text: str) -> str:
    """The text without what differs from world to world."""
    return re.sub(r"[0-9]+|red|green|blue", "#", text)


if __name__ == "__main__":
    sys.exit(main())
