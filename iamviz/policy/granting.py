"""Who must allow: the identity's policies, the resource's, or both; and what boundary and session policy leave of it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from iamviz.policy.expression import ALWAYS, NEVER, Expression, all_of, any_of
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.own_rules import needs_resource_policy, sts
from iamviz.policy.principal import MatchKind
from iamviz.policy.request import Request
from iamviz.policy.weighing import Weighing, allows, allows_caller, passes


class Footing(Enum):
    """On which footing principal and resource stand, and so who must allow."""

    RESOURCE_ALONE = "nobody's identity policies can speak: the resource's policy alone"
    ONE_ACCOUNT = "either of them"
    TRUST = "the resource's policy must name the principal, or its account and then the identity's policies too"
    TWO_ACCOUNTS = "both of them"


class Sides(NamedTuple):
    """Under which conditions each side allows.

    Of the resource's policy: `freely` where it names the principal so that neither boundary nor session policy
    limit it, `within` where they do, `account` where it names the principal's account only.
    """

    identity: Expression
    session: Expression
    boundary: Expression
    freely: Expression
    within: Expression
    account: Expression

    @property
    def limited(self) -> Expression:
        """What session policy and boundary leave."""
        return all_of((self.session, self.boundary))

    @property
    def resource(self) -> Expression:
        """What the resource's policy allows, in whichever way it names the principal."""
        return any_of((self.freely, self.within, self.account))


class Granting(NamedTuple):
    """Whether the request is granted, `because` of which Allow statements, or which layers block it."""

    term: Expression
    because: Weighing
    blocked_by: tuple[str, ...]


def grant(request: Request, layers: Layers) -> Granting:
    """What identity, session, boundary and resource say together. The layers are those that bear on the request."""
    footing = _footing(request)
    by_identity = allows(layers.identity, request)
    if footing is Footing.ONE_ACCOUNT and layers.resource is layers.session is layers.boundaries is None:
        term = _by_identity(request, layers, by_identity)
        return Granting(term, by_identity, ("identity",) if term is NEVER else ())
    by_resource = [] if layers.resource is None else allows_caller(layers.resource, request, request.principal)
    sides = _sides(request, layers, by_identity, by_resource)
    term = _TERMS[footing](sides)
    if term is NEVER:
        return Granting(term, [], tuple(_blocking(footing, sides)))
    return Granting(term, _deciding(footing, sides, by_identity, by_resource), ())


def _footing(request: Request) -> Footing:
    by_own_rules = request.verb.is_by_own_rules
    if not request.principal.is_identity or (by_own_rules and sts.is_unsigned(request)):
        return Footing.RESOURCE_ALONE
    if by_own_rules and sts.is_for_root(request):
        # The member's account has nothing that could allow it.
        return Footing.ONE_ACCOUNT
    if not request.is_same_account:
        return Footing.TWO_ACCOUNTS
    return Footing.TRUST if by_own_rules and needs_resource_policy(request) else Footing.ONE_ACCOUNT


def _sides(request: Request, layers: Layers, by_identity: Weighing, by_resource: Weighing) -> Sides:
    freely, within, account = _by_way(request, by_resource) if by_resource else (NEVER, NEVER, NEVER)
    return Sides(
        _by_identity(request, layers, by_identity),
        _limit(layers.session, request),
        _limit(layers.boundaries, request),
        freely,
        within if layers.resource is None else any_of((within, *layers.resource.unknown)),
        account,
    )


def _by_identity(request: Request, layers: Layers, found: Weighing) -> Expression:
    if request.principal.kind == "root":
        # It needs no policy.
        return ALWAYS
    hanging: list[Expression] = []
    for each in found:
        if each.term is ALWAYS:
            return ALWAYS
        hanging.append(each.term)
    return any_of([*hanging, *layers.identity.unknown])


def _limit(layer: Layer | None, request: Request) -> Expression:
    return ALWAYS if layer is None else passes(layer, request)


_FREELY: frozenset[MatchKind] = frozenset({"role-session", "user", "direct", "anyone"})


def _by_way(request: Request, found: Weighing) -> tuple[Expression, Expression, Expression]:
    # Of a federated user the permissions are a part of the user's: only naming the session itself adds to them.
    free: frozenset[MatchKind] = frozenset({"direct"}) if request.principal.kind == "federated-user" else _FREELY
    terms: tuple[list[Expression], list[Expression], list[Expression]] = ([], [], [])
    for each in found:
        kind = each.way.kind if each.way is not None else "none"
        place = 0 if kind in free else 2 if kind == "account" else 1
        terms[place].append(each.term)
    freely, within, account = map(any_of, terms)
    return freely, within, account


def _one_account(sides: Sides) -> Expression:
    return any_of((sides.freely, all_of((any_of((sides.identity, sides.within)), sides.limited))))


def _trust(sides: Sides) -> Expression:
    named = any_of((sides.within, all_of((sides.account, sides.identity))))
    return any_of((sides.freely, all_of((named, sides.limited))))


def _two_accounts(sides: Sides) -> Expression:
    return all_of((sides.identity, sides.resource, sides.limited))


_TERMS: Mapping[Footing, Callable[[Sides], Expression]] = {
    Footing.RESOURCE_ALONE: lambda sides: sides.resource,
    Footing.ONE_ACCOUNT: _one_account,
    Footing.TRUST: _trust,
    Footing.TWO_ACCOUNTS: _two_accounts,
}


def _blocking(footing: Footing, sides: Sides) -> Iterable[str]:
    """The layers that do not allow though they must."""
    direct = any_of((sides.freely, sides.within))
    if sides.identity is NEVER and _asks_identity(footing, sides, direct):
        yield "identity"
    if sides.resource is NEVER and footing is not Footing.ONE_ACCOUNT:
        yield "resource"
    if sides.session is NEVER:
        yield "session"
    if sides.boundary is NEVER:
        yield "boundary"


def _asks_identity(footing: Footing, sides: Sides, direct: Expression) -> bool:
    match footing:
        case Footing.TWO_ACCOUNTS:
            return True
        case Footing.ONE_ACCOUNT:
            return direct is NEVER
        case Footing.TRUST:
            return direct is NEVER and sides.account is not NEVER
    return False


def _deciding(footing: Footing, sides: Sides, by_identity: Weighing, by_resource: Weighing) -> Weighing:
    """The Allow statements that grant it, without those that change nothing."""
    limited = sides.limited
    within = limited is not NEVER
    asked = footing is not Footing.TRUST or any_of((sides.freely, all_of((sides.within, limited)))) is not ALWAYS
    named = [each for each in by_resource if each.way is None or each.way.kind != "account"]
    resource = named if footing is Footing.ONE_ACCOUNT or not asked else by_resource
    return [*(by_identity if within and asked else ()), *resource]
