"""What AWS makes of a request, as an edge needs it: conditions and statements, or the layer that closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from iamviz.graph.circumstances import together
from iamviz.graph.model import Layer
from iamviz.policy.conditions import Context, decide_under
from iamviz.policy.decision import Balance, Denial
from iamviz.policy.expression import ALWAYS, NEVER, Constant, Expression, all_of, any_of
from iamviz.policy.layers import Clause
from iamviz.policy.weighing import Weighing

OWN_LAYERS = frozenset({"identity", "boundary"})
"""Layers whose statements stand in policies of the caller."""

_LAYERS: dict[str, Layer] = {
    "identity": "identity",
    "resource": "resource",
    "boundary": "boundary",
    "session": "session",
    "scp": "scp",
    "rcp": "rcp",
}
_DENIED: dict[str, str] = {
    "identity": "an explicit Deny in a policy of the caller",
    "resource": "an explicit Deny in the policy of the resource",
    "boundary": "an explicit Deny in the caller's permissions boundary",
    "session": "an explicit Deny in the session policy",
    "scp": "an explicit Deny in a service control policy",
    "rcp": "an explicit Deny in a resource control policy",
}
_UNALLOWED: dict[str, str] = {
    "boundary": "the caller's permissions boundary does not allow it",
    "session": "the session policy does not allow it",
    "scp": "no service control policy of one of the levels above the account allows it",
}


class Told(Struct, frozen=True):
    """A statement that matters, by the layer that it stands in."""

    layer: str
    clause: Clause


class Shut(Struct, frozen=True):
    """The layer that closes what would be granted; `told` are the statements that do, if any does."""

    layer: Layer
    reason: str
    told: tuple[Told, ...] = ()


class Verdict(Struct, frozen=True):
    """`told` are the statements that the expression rests on: those that allow first, then those that limit."""

    expression: Expression
    told: tuple[Told, ...] = ()
    shut: Shut | None = None

    @property
    def told_own(self) -> tuple[Told, ...]:
        """The statements that stand in policies of the caller."""
        return tuple(each for each in self.told if each.layer in OWN_LAYERS)


def conclude(balance: Balance, credentials: Context | None = None, doubt: Expression = ALWAYS) -> Verdict:
    """The verdict. `credentials` is what a caller that is free to choose may bring instead.

    `doubt` is what the choice hangs on: whatever goes beyond those credentials holds under it only.
    """
    term = balance.term
    if credentials is not None and not isinstance(term, Constant):
        request = balance.request
        plain = decide_under(term, together(request.context, credentials), resource=request.resource)
        term = any_of((plain, all_of((term, doubt))))
    if term is NEVER:
        return Verdict(NEVER, (), _shut(balance))
    return Verdict(term, tuple(dict.fromkeys(_told(balance, term))))


def _told(balance: Balance, term: Expression) -> Iterator[Told]:
    found = balance.granting.because
    if term is ALWAYS:
        sure = [each for each in found if each.term is ALWAYS]
        yield from _granting(sure or found)
        return
    yield from _granting(found)
    yield from (Told(each.layer, each.weighed.clause) for each in balance.denials)


def _granting(found: Weighing) -> Iterator[Told]:
    for each in found:
        yield Told("identity" if each.way is None else "resource", each.clause)


def _shut(balance: Balance) -> Shut | None:
    """Why what identity and resource grant comes to nothing; None where they grant nothing to begin with."""
    if set(balance.granting.blocked_by) & {"identity", "resource"} or balance.refusals:
        return None
    held = balance.held
    if held:
        return _denied(held)
    closed = next((each for each in balance.closed if each in _UNALLOWED), None)
    if closed is not None:
        return Shut(_LAYERS[closed], _UNALLOWED[closed])
    return _denied(balance.denials) if balance.denials else None


def _denied(denials: Iterable[Denial]) -> Shut:
    first, *others = denials
    told = (first, *(each for each in others if each.layer == first.layer))
    return Shut(
        _LAYERS[first.layer], _DENIED[first.layer], tuple(Told(each.layer, each.weighed.clause) for each in told)
    )
