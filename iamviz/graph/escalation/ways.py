"""What a rule finds: a method, what the actor's own policies say of it, and whom or what it leads to."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.policy.expression import ALWAYS, NEVER

NOTHING_MORE = Proof(ALWAYS)


class Aim(Struct, frozen=True):
    """Where a method leads: a node, what the actor's policies say of this one, and what else it hangs on."""

    target: str
    verdict: Verdict = FREELY
    proof: Proof = NOTHING_MORE


class Way(Struct, frozen=True):
    """A method that is open to an actor; `through` is the same for all that it leads to."""

    method: str
    through: Verdict
    aims: tuple[Aim, ...]


def ways_to_all(method: str, through: Verdict, aims: tuple[Aim, ...]) -> tuple[Way, ...]:
    """The way to all of a set of an account, which is the same object for everybody who has it."""
    if not aims or (through.expression is NEVER and through.shut is None):
        return ()
    return (Way(method, through, aims),)


def ways(method: str, through: Verdict, aims: Iterable[Aim]) -> tuple[Way, ...]:
    """The way, if anything is left of it: neither what is not granted at all nor what nothing can come of."""
    if through.expression is NEVER and through.shut is None:
        return ()
    kept = tuple(each for each in aims if _may_be(each))
    return (Way(method, through, kept),) if kept else ()


def _may_be(aim: Aim) -> bool:
    granted = aim.verdict.expression is not NEVER or aim.verdict.shut is not None
    return granted and aim.proof.expression is not NEVER
