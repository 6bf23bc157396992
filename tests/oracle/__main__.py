"""Prints how the graph's list of assume-role pairs compares with the oracle's: `python -m tests.oracle --seeds 1 2`."""

from __future__ import annotations

import argparse
import re
import sys
import time
from functools import partial
from itertools import zip_longest

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges
from tests.oracle.comparing import Comparison, Ends, compare
from tests.oracle.organizations import World, make_world
from tests.oracle.pairs import Pair, brute_pairs
from tests.oracle.shrinking import described, shrink

_NAMED = re.compile(r"arn:[^ '\"]*|[0-9]+|red|green|blue")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--examples", type=int, default=0, help="shrink so many of the differences to small worlds")
    chosen = parser.parse_args()
    wrong = 0
    for seed in chosen.seeds:
        comparison = _compared(seed)
        wrong += len(comparison.differing)
        _show_examples(make_world(seed), comparison, chosen.examples)
    return 1 if wrong else 0


def _compared(seed: int) -> Comparison:
    world = make_world(seed)
    started = time.process_time()
    expected = brute_pairs(world.inventories, world.organization)
    between = time.process_time()
    comparison = compare(expected, _found(world))
    seconds = f"oracle {between - started:.1f} s, graph {time.process_time() - between:.1f} s"
    sys.stdout.write(f"seed {seed}: {comparison} ({seconds})\n")
    return comparison


def _found(world: World) -> list[Pair]:
    return list(assume_edges(build_graph(world.inventories, world.organization)))


def _show_examples(world: World, comparison: Comparison, most: int) -> None:
    """Small worlds for the first differences, each kind of difference in turn."""
    shown: set[object] = set()
    by_kind = (comparison.missing, comparison.extra, comparison.of_other_certainty)
    for ends in (ends for each in zip_longest(*by_kind) for ends in each if ends):
        if len(shown) >= most:
            return
        verdicts = _verdicts(world, ends)
        text = described(shrink(world, ends, partial(_still, ends, verdicts)))
        kind = verdicts, _NAMED.sub("#", text)
        if kind not in shown:
            shown.add(kind)
            sys.stdout.write(f"{ends[0]} -> {ends[1]}: oracle {verdicts[0]}, graph {verdicts[1]}\n{text}\n")


def _still(ends: Ends, verdicts: tuple[str | None, str | None], world: World) -> bool:
    return _verdicts(world, ends) == verdicts


def _verdicts(world: World, ends: Ends) -> tuple[str | None, str | None]:
    comparison = compare(brute_pairs(world.inventories, world.organization), _found(world))
    return comparison.expected.get(ends), comparison.found.get(ends)


if __name__ == "__main__":
    sys.exit(main())
