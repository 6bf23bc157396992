"""Verdicts put together: all of several that are needed, or any of several that are enough."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.graph.verdict import Shut, Verdict
from iamviz.policy.expression import ALWAYS, NEVER, all_of, any_of

FREELY = Verdict(ALWAYS)
NOT_AT_ALL = Verdict(NEVER)


def all_together(verdicts: Iterable[Verdict]) -> Verdict:
    """Everything that is needed. Where one layer alone keeps it from being granted, that layer shuts."""
    kept = [each for each in verdicts if each is not FREELY]
    if len(kept) <= 1:
        # An answer stays the same object: who asks for many targets tells them apart by it.
        return kept[0] if kept else FREELY
    closed = [each for each in kept if each.expression is NEVER]
    if closed:
        shut = closed[0].shut if all(each.shut is not None for each in closed) else None
        return Verdict(NEVER, (), shut)
    told = dict.fromkeys(each for verdict in kept for each in verdict.told)
    return Verdict(all_of([each.expression for each in kept]), tuple(told))


def either(verdicts: Iterable[Verdict]) -> Verdict:
    """One that is enough: the first that holds for certain, else any of those that may hold."""
    open_: dict[int, Verdict] = {}
    shut: Shut | None = None
    for each in verdicts:
        if each.expression is ALWAYS:
            return each
        if each.expression is not NEVER:
            open_[id(each)] = each
        shut = shut or each.shut
    if not open_:
        return Verdict(NEVER, (), shut)
    found = list(open_.values())
    if len(found) == 1:
        return found[0]
    told = dict.fromkeys(each for verdict in found for each in verdict.told)
    return Verdict(any_of([each.expression for each in found]), tuple(told))
