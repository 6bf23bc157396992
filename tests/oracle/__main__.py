"""Prints how the graph compares with the oracle: `python -m tests.oracle --seeds 1 2`, of roles that can be assumed.

With `--escalation` of every method of escalation.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges
from tests.oracle.comparing import Comparison, Ends, compare
from tests.oracle.escalation.finding import brute_escalations, graph_escalations
from tests.oracle.escalation.worlds import make_world as make_escalating_world
from tests.oracle.organizations import World, make_world
from tests.oracle.pairs import brute_pairs
from tests.oracle.shrinking import described, shrink

_NAMED = re.compile(r"arn:[^ '\"]*|[0-9]+|red|green|blue")


@dataclass(frozen=True)
class Question:
    """What is compared: worlds, what the oracle expects of all identities or of one, and what the graph has."""

    make: Callable[[int], World]
    expected: Callable[[World, str], Mapping[Ends, str]]
    found: Callable[[World], Mapping[Ends, str]]

    def compared(self, world: World, only: str = "") -> Comparison:
        return Comparison(self.expected(world, only), self.found(world))

    def verdicts(self, ends: Ends, world: World) -> tuple[str | None, str | None]:
        comparison = self.compared(world, ends[0])
        return comparison.expected.get(ends), comparison.found.get(ends)


def _expected_pairs(world: World, _only: str) -> Mapping[Ends, str]:
    return compare(brute_pairs(world.inventories, world.organization), ()).expected


def _found_pairs(world: World) -> Mapping[Ends, str]:
    return compare((), assume_edges(build_graph(world.inventories, world.organization))).found


def _expected_escalations(world: World, only: str) -> Mapping[Ends, str]:
    return brute_escalations(world.inventories, world.organization, only)


def _found_escalations(world: World) -> Mapping[Ends, str]:
    return graph_escalations(build_graph(world.inventories, world.organization))


ASSUMING = Question(make_world, _expected_pairs, _found_pairs)
ESCALATION = Question(make_escalating_world, _expected_escalations, _found_escalations)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--examples", type=int, default=0, help="shrink so many of the differences to small worlds")
    parser.add_argument("--escalation", action="store_true", help="compare can-escalate instead of can-assume")
    chosen = parser.parse_args()
    question = ESCALATION if chosen.escalation else ASSUMING
    wrong = 0
    for seed in chosen.seeds:
        comparison = _compared(question, seed)
        wrong += len(comparison.differing)
        _show_examples(question, question.make(seed), comparison, chosen.examples)
    return 1 if wrong else 0


def _compared(question: Question, seed: int) -> Comparison:
    world = question.make(seed)
    started = time.process_time()
    expected = question.expected(world, "")
    between = time.process_time()
    comparison = Comparison(expected, question.found(world))
    seconds = f"oracle {between - started:.1f} s, graph {time.process_time() - between:.1f} s"
    sys.stdout.write(f"seed {seed}: {comparison} ({seconds})\n")
    _show_methods(comparison)
    return comparison


def _show_methods(comparison: Comparison) -> None:
    """Of which methods the differences are, where there are methods."""
    kinds = {
        "missing": comparison.missing,
        "extra": comparison.extra,
        "of other certainty": comparison.of_other_certainty,
    }
    for kind, differing in kinds.items():
        methods = Counter(ends[2] for ends in differing if len(ends) > 2)
        if methods:
            sys.stdout.write(f"  {kind}: {', '.join(f'{count} {method}' for method, count in methods.most_common())}\n")


def _show_examples(question: Question, world: World, comparison: Comparison, most: int) -> None:
    """Small worlds for the first differences, each kind of difference in turn."""
    shown: set[object] = set()
    by_kind = (comparison.missing, comparison.extra, comparison.of_other_certainty)
    for ends in (ends for each in zip_longest(*by_kind) for ends in each if ends):
        if len(shown) >= most:
            return
        verdicts = comparison.expected.get(ends), comparison.found.get(ends)
        method = ends[2:]
        if any(known[:2] == (verdicts, method) for known in shown if method and isinstance(known, tuple)):
            continue
        text = described(shrink(world, ends, partial(_still, question, ends, verdicts)))
        kind = verdicts, method, _NAMED.sub("#", text)
        if kind not in shown:
            shown.add(kind)
            sys.stdout.write(f"{' -> '.join(ends)}: oracle {verdicts[0]}, graph {verdicts[1]}\n{text}\n")


def _still(question: Question, ends: Ends, verdicts: tuple[str | None, str | None], world: World) -> bool:
    return question.verdicts(ends, world) == verdicts


if __name__ == "__main__":
    sys.exit(main())
