"""How sure: of several things that are needed the least, of several that would do the most."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.policy.expression import Certainty

Sure = Certainty | None
"""None: not at all."""
CERTAIN, CONDITIONAL, UNKNOWN = Certainty.CERTAIN, Certainty.CONDITIONAL, Certainty.UNKNOWN


def both(*needed: Sure) -> Sure:
    """All that is needed."""
    known = [each for each in needed if each is not None]
    return min(known, default=CERTAIN) if len(known) == len(needed) else None


def best(ways: Iterable[Sure]) -> Sure:
    """Of several ways the surest; whoever asks stops at the first that is certain."""
    found: Sure = None
    for each in ways:
        if each is CERTAIN:
            return each
        if each is not None:
            found = each if found is None else max(found, each)
    return found


def yes(*, holds: bool | None) -> Sure:
    """A fact of the snapshot; None where it was not collected."""
    return UNKNOWN if holds is None else CERTAIN if holds else None
