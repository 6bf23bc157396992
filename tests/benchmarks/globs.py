"""Wildcards and the catalogue: `python -m tests.benchmarks.globs`.

Random patterns with up to forty stars, with `?` and without, against long texts of few letters, so that pieces of the
pattern are found again and again; then what the catalogue costs whoever asks it first. Every pattern is new: it is
compiled within the time that is measured. The time of a pattern is the best of a few runs, for others use the machine.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
import tracemalloc

from iamviz.policy.catalogue import Catalogue
from iamviz.policy.glob import compile_glob

CHARACTERS = 4_000
MOST_STARS = 40
LETTERS = "ab"
PIECES = ("", "a", "b", "ab", "bab", "aab", "abab", "bbbb")
WITH_ONE = (*PIECES, "?", "a?", "?b")
MICROSECONDS_GOAL = 1.0
MILLISECONDS_GOAL = 30.0
RUNS = 3


def random_pattern(source: random.Random) -> str:
    """Every second pattern holds a `?` or may: it takes the other matcher."""
    pieces = source.choice((PIECES, WITH_ONE))
    return "*".join(source.choice(pieces) for _ in range(source.randint(1, MOST_STARS) + 1))


def random_text(source: random.Random) -> str:
    return "".join(source.choices(LETTERS, k=CHARACTERS))


def microseconds(pattern: str, text: str) -> float:
    """For each character of the text."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.process_time_ns()
        compile_glob(pattern).matches(text)
        best = min(best, time.process_time_ns() - started)
    return best / 1_000 / len(text)


def matching(count: int) -> list[float]:
    source = random.Random("globs")  # noqa: S311  # made-up patterns, not secrets
    texts = [random_text(source) for _ in range(20)]
    return [microseconds(random_pattern(source), source.choice(texts)) for _ in range(count)]


def ask(catalogue: Catalogue) -> None:
    """What a first decision asks."""
    catalogue.takes_no_resource("s3:ListAllMyBuckets")
    catalogue.is_rcp_service("s3")
    catalogue.key_casing("aws:username")


def catalogue_milliseconds() -> float:
    """The median of new ones."""
    found = []
    for _ in range(7):
        started = time.process_time_ns()
        ask(Catalogue())
        found.append((time.process_time_ns() - started) / 1e6)
    return statistics.median(found)


def catalogue_megabytes() -> float:
    """What a new one holds once it has answered."""
    tracemalloc.start()
    catalogue = Catalogue()
    ask(catalogue)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6


def told(what: str, found: float, unit: str, goal: float) -> str:
    return f"{what:24} {found:8.3f} {unit}   goal {goal:g}: {'met' if found <= goal else 'missed'}\n"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patterns", type=int, default=10_000)
    found = matching(parser.parse_args(arguments).patterns)
    sys.stdout.write(f"{len(found):,} patterns, up to {MOST_STARS} stars, {CHARACTERS:,} characters of text\n")
    sys.stdout.write(told("worst", max(found), "µs a character", MICROSECONDS_GOAL))
    sys.stdout.write(told("mean", statistics.mean(found), "µs a character", MICROSECONDS_GOAL))
    sys.stdout.write(told("catalogue, loading", catalogue_milliseconds(), "ms", MILLISECONDS_GOAL))
    sys.stdout.write(f"{'catalogue, memory':24} {catalogue_megabytes():8.3f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
