"""Two lists of pairs side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.oracle.pairs import Pair

Ends = tuple[str, ...]
"""Source and target; of escalation the method, too."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What of a list is missing, extra, or of another certainty than the expected one."""

    expected: Mapping[Ends, str]
    found: Mapping[Ends, str]

    @property
    def missing(self) -> list[Ends]:
        return sorted(set(self.expected) - set(self.found))

    @property
    def extra(self) -> list[Ends]:
        return sorted(set(self.found) - set(self.expected))

    @property
    def of_other_certainty(self) -> list[Ends]:
        both = set(self.expected) & set(self.found)
        return sorted(ends for ends in both if self.found[ends] != self.expected[ends])

    @property
    def differing(self) -> list[Ends]:
        return [*self.missing, *self.extra, *self.of_other_certainty]

    def __str__(self) -> str:
        counts = Counter(self.expected.values())
        kinds = ", ".join(f"{counts[kind]} {kind}" for kind in ("certain", "conditional", "unknown"))
        wrong = (
            f"{len(self.missing)} missing, {len(self.extra)} extra, {len(self.of_other_certainty)} of other certainty"
        )
        return f"{len(self.expected)} pairs ({kinds}): {wrong}"


def compare(expected: Iterable[Pair], found: Iterable[Pair]) -> Comparison:
    return Comparison(
        {(source, role): certainty for source, role, certainty in expected},
        {(source, role): certainty for source, role, certainty in found},
    )
