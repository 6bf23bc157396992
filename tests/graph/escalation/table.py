"""Prints every method with what finds it and what does not: `python -m tests.graph.escalation.table`, in Markdown."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.graph.escalation.cases import CASES
from tests.graph.escalation.cases.case import Case


def rows() -> Iterator[str]:
    yield "| method | found by | decoys |"
    yield "|---|---|---|"
    for case in sorted(CASES, key=lambda each: each.method):
        yield f"| {case.method} | {_found_by(case)} | {'; '.join(case.closed)} |"


def _found_by(case: Case) -> str:
    allowed = ", ".join(f"`{action}`" for action in case.actions) or "no permission"
    return f"{allowed} → {', '.join(case.leads_to)} ({case.certainty})"


if __name__ == "__main__":
    sys.stdout.writelines(f"{row}\n" for row in rows())
