"""Hostile policy documents through the parser and through `evaluate`: nothing but the documented answers may come out.

`python -m tests.fuzz.policy --documents 100000 --seed 1`; it ends with 1 and the input at the first thing that is not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from random import Random
from time import perf_counter
from typing import Any

from iamviz.policy.document import UnreadableDocument, parse_document
from iamviz.policy.lines import evaluate_line
from tests.fuzz.documents import document, line

OUTCOMES = frozenset({"allowed", "implicitly_denied", "explicitly_denied", "conditional"})
FIELDS = ("id", "decision", "blocked_by", "because", "depends_on")
EACH_LINE = 2
"""Documents in the layers of one request."""
LONGEST_SHOWN = 4_000


class Undocumented(Exception):  # noqa: N818 - it names what came out
    """An exception or an answer that nothing promises."""


def parsed(value: Any) -> str:
    try:
        parse_document(value)
    except UnreadableDocument:
        return "unreadable"
    return "readable"


def answered(asked: Any, *, unknown_context: bool) -> str:
    answer = evaluate_line(asked, unknown_context=unknown_context)
    if set(answer) == {"id", "error"}:
        return "error"
    if tuple(answer) not in (FIELDS, (*FIELDS, "problems")) or answer["decision"] not in OUTCOMES:
        raise Undocumented(f"an answer of another shape: {answer!r}")
    json.dumps(answer)
    return str(answer["decision"])


def torn(random: Random, made: dict[str, Any]) -> str:
    """The line as JSON text, now and then cut or with a character that does not belong there."""
    text = json.dumps(made, ensure_ascii=random.random() < 0.5)
    place = random.randrange(len(text))
    match random.randrange(4):
        case 0:
            return text[:place]
        case 1:
            return f"{text[:place]}{random.choice('{}[],:0x')}{text[place:]}"
        case _:
            return text


def round_of(random: Random, counted: Counter[str]) -> None:
    documents = [document(random) for _ in range(EACH_LINE)]
    made = line(random, documents)
    asked: Any = made if random.random() < 0.5 else torn(random, made)
    try:
        counted.update(map(parsed, documents))
        counted[answered(asked, unknown_context=random.random() < 0.5)] += 1
    except Exception as error:
        shown = repr({"documents": documents, "asked": asked})[:LONGEST_SHOWN]
        raise Undocumented(f"{type(error).__name__}: {error}\n{shown}") from error


def fuzz(documents: int, seed: int) -> Counter[str]:
    random, counted = Random(seed), Counter[str]()  # noqa: S311 - to be repeated, not to be secret
    for _ in range(0, documents, EACH_LINE):
        round_of(random, counted)
    return counted


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    began = perf_counter()
    try:
        counted = fuzz(options.documents, options.seed)
    except Undocumented as error:
        sys.stderr.write(f"{error}\n")
        return 1
    told = ", ".join(f"{times:,} {what}" for what, times in sorted(counted.items()))
    sys.stdout.write(f"{told}; seed {options.seed}, {perf_counter() - began:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
