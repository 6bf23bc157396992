"""The decision: every layer must let a request through, and a Deny in any of them wins.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from iamviz.policy.bearing import layers_that_bear, request_as_decided
from iamviz.policy.conditions import depends_on, reconciled
from iamviz.policy.expression import ALWAYS, NEVER, Constant, Expression, Missing, all_of, any_of, negate, reasons
from iamviz.policy.granting import Granting, grant
from iamviz.policy.layers import Layers, Plan
from iamviz.policy.own_rules import is_refused, s3, sts
from iamviz.policy.request import Request
from iamviz.policy.weighing import Weighed, Weighing, allows_caller, denies, denies_caller, passes

Outcome = Literal["allowed", "implicitly_denied", "explicitly_denied", "conditional"]

ORDER = ("identity", "resource", "session", "scp", "rcp", "vpce", "boundary", "s3-bpa", "iam")
"""Of the layers in a report."""


class Deciding(Struct, frozen=True):
    """A statement that decides: its policy's name, its place among the policy's statements, its effect."""

    policy: str
    statement: int
    effect: str


class Decision(Struct, frozen=True):
    """`blocked_by` names every layer that blocks, `because` the statements that decide.

    `depends_on` are the condition keys on which it hangs; `missing` are documents on which it hangs, in words.
    """

    outcome: Outcome
    because: tuple[Deciding, ...] = ()
    blocked_by: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


ALLOWED = Decision("allowed")


class Guardrail(NamedTuple):
    """A layer that must let the request through, and under which conditions it does."""

    layer: str
    passes: Expression


class Denial(NamedTuple):
    """A Deny statement that may speak of the request."""

    layer: str
    weighed: Weighed


class Balance(Struct, frozen=True, eq=False):
    """What every layer says of a request that is not always allowed; `request` and `layers` as AWS reads them.

    `guardrails` are those that do not let it through whatever the circumstances.
    """

    request: Request
    layers: Layers
    granting: Granting
    guardrails: Sequence[Guardrail]
    denials: Sequence[Denial]
    refusals: tuple[str, ...]
    unknown: tuple[Missing, ...] = ()

    @property
    def held(self) -> list[Denial]:
        """The Deny statements that hold whatever else is known."""
        return [each for each in self.denials if each.weighed.term is ALWAYS] if self.denials else []

    @property
    def closed(self) -> list[str]:
        """The layers that do not let it through, whatever else is known."""
        if not self.guardrails:
            return [*self.granting.blocked_by, *self.refusals]
        shut = [each.layer for each in self.guardrails if each.passes is NEVER]
        return [*self.granting.blocked_by, *shut, *self.refusals]

    @property
    def term(self) -> Expression:
        """Under which conditions the request is allowed."""
        return NEVER if self.held or self.closed else self.open_term

    @property
    def open_term(self) -> Expression:
        """The same where no layer blocks for certain."""
        if not self.denials and not self.unknown and not self.guardrails:
            return _reconciled(self.granting.term)
        against = [*[each.weighed.term for each in self.denials], *self.unknown]
        guardrails = [each.passes for each in self.guardrails]
        return _reconciled(all_of([self.granting.term, *guardrails, *map(negate, against)]))


def _reconciled(term: Expression) -> Expression:
    return term if isinstance(term, Constant) else reconciled(term)


def weigh(request: Request, layers: Layers) -> Balance:
    """All that the layers say, before it is summed up."""
    request = request_as_decided(request, layers)
    layers = layers_that_bear(request, layers)
    granting = grant(request, layers)
    plan = layers.plan(request.action)
    denials = list(_denials(request, plan)) if plan.denying else []
    guardrails = list(_guardrails(request, layers, plan)) if plan.limiting or layers.vpce is not None else []
    refusals = _refusals(request) if request.verb.is_by_own_rules else ()
    return Balance(request, layers, granting, guardrails, denials, refusals, plan.unknown)


def decide(request: Request, layers: Layers) -> Decision:
    """What AWS answers. Where that hangs on what is not known of the request, it is conditional."""
    if request.verb.is_by_own_rules and sts.is_always_allowed(request):
        return ALLOWED
    balance = weigh(request, layers)
    held, closed = balance.held, balance.closed
    if held:
        blocking = _in_order([*(each.layer for each in held), *closed])
        return Decision("explicitly_denied", _deciding(each.weighed for each in held), blocking)
    if closed:
        return Decision("implicitly_denied", (), _in_order(closed))
    return _conclude(balance)


def _conclude(balance: Balance) -> Decision:
    """The decision where no layer blocks for certain."""
    request, layers, term = balance.request, balance.layers, balance.open_term
    if term is NEVER:
        open_layers = (each.layer for each in balance.guardrails if each.passes is not ALWAYS)
        return Decision("implicitly_denied", (), _in_order([*open_layers, *(each.layer for each in balance.denials)]))
    if s3.keeps_out(request, layers.resource, layers.settings):
        return Decision("implicitly_denied", (), ("s3-bpa",))
    if term is ALWAYS:
        return Decision("allowed", _deciding(_granting(balance.granting.because)))
    because = _deciding((*balance.granting.because, *(each.weighed for each in balance.denials)))
    return Decision("conditional", because, (), depends_on(term, request.context), reasons(term))


def _granting(found: Weighing) -> Weighing:
    """Those that grant it for certain, where there are such."""
    if len(found) == 1:
        return found
    return [each for each in found if each.term is ALWAYS] or found


_NAMING = frozenset({"resource", "vpce", "rcp"})
"""Layers whose statements say of whom they speak."""


def _denials(request: Request, plan: Plan) -> Iterator[Denial]:
    for name, layer in plan.denying:
        found = denies_caller(layer, request, request.principal) if name in _NAMING else denies(layer, request)
        for each in found:
            yield Denial(name, each)


def _guardrails(request: Request, layers: Layers, plan: Plan) -> Iterator[Guardrail]:
    """SCPs level by level, and the VPC endpoint; of RCPs only the Deny statements count."""
    for level in plan.limiting:
        yield Guardrail("scp", passes(level, request))
    if layers.vpce is not None:
        allowing = [each.term for each in allows_caller(layers.vpce, request, request.principal)]
        yield Guardrail("vpce", any_of([*allowing, *layers.vpce.unknown]))


def _refusals(request: Request) -> tuple[str, ...]:
    """What AWS refuses whatever policies say."""
    if is_refused(request):
        return ("iam",)
    return ("identity",) if request.principal.kind == "root" and sts.is_refused_to_root(request) else ()


def _in_order(layers: Iterable[str]) -> tuple[str, ...]:
    found = set(layers)
    return tuple(found) if len(found) == 1 else tuple(sorted(found, key=ORDER.index))


def _deciding(found: Iterable[Weighed]) -> tuple[Deciding, ...]:
    each_one: list[Deciding] = []
    for each in found:
        clause = each.clause
        each_one.append(Deciding(clause.policy, clause.statement.index, clause.statement.effect))
    return tuple(each_one) if len(each_one) == 1 else tuple(dict.fromkeys(each_one))
