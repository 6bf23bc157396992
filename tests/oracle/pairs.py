"""Which identity can assume which role, and how sure that is: every pair of all accounts, one decision at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from iamviz.inventory.model import Inventory, Organization, Role, User
from iamviz.policy.conditions import context_of
from iamviz.policy.conditions.context import Context
from iamviz.policy.decision import weigh
from iamviz.policy.document import parse_document
from iamviz.policy.expression import NEVER, Certainty, Expression, Missing, all_of, any_of, certainty
from iamviz.policy.layers import Compiled, Layer, Layers, Policy
from iamviz.policy.principal import Caller, match_principal
from iamviz.policy.request import Request
from tests.oracle.circumstances import circumstances_of, keys_of_role
from tests.oracle.layers import AccountLayers, Shelf, between

ACTION = "sts:AssumeRole"
CLOSED = ("SUSPENDED", "CLOSED")

Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """An identity with all that bears on what it asks."""

    caller: Caller
    layers: Layers
    circumstances: tuple[tuple[Context, bool], ...]
    """What is known of a call, and whether it is in doubt that the caller can make it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role with all that bears on who gets it."""

    arn: str
    account: str
    trust: Layer
    rcps: tuple[Layer, ...]
    circumstances: Context


def brute_pairs(inventories: Sequence[Inventory], organization: Organization | None) -> list[Pair]:
    """All pairs of the organization, sorted: source, role, certainty."""
    shelf = Shelf()
    live = [each for each in inventories if not _is_closed(organization, each.account)]
    layers = {each.account: AccountLayers(each, organization, shelf) for each in live}
    asking = [asking_of(one, layers[each.account], organization) for each in live for one in _identities(each)]
    wanted = [wanted_of(role, layers[each.account], organization) for each in live for role in each.roles]
    return sorted(_pairs(asking, wanted))


def _identities(inventory: Inventory) -> Iterator[User | Role]:
    yield from inventory.users
    yield from inventory.roles


def _pairs(asking: Sequence[Asking], wanted: Sequence[Wanted]) -> Iterator[Pair]:
    for one in asking:
        for role in wanted:
            if one.caller.arn != role.arn and _partition(one.caller.arn) == _partition(role.arn):
                sure = certainty_of(one, role)
                if sure is not None:
                    yield one.caller.arn, role.arn, sure.name.lower()


def certainty_of(asking: Asking, wanted: Wanted) -> Certainty | None:
    """The best that the caller can get."""
    return certainty(term_of(asking, wanted))


def term_of(asking: Asking, wanted: Wanted) -> Expression:
    """Under which conditions the caller gets the role: which credentials it uses is its own choice."""
    if wanted.trust.unknown:
        # Whom it names is not known: whoever may ask for it might get it, and nobody else is guessed at.
        supposed = replace(wanted, trust=_trusting_the_account(asking.caller.account))
        return all_of((term_of(asking, supposed), Missing("trust")))
    if not _is_named(asking.caller, wanted.trust):
        return NEVER
    found = (_under(asking, wanted, known, in_doubt=in_doubt) for known, in_doubt in asking.circumstances)
    return any_of(list(found))


def _under(asking: Asking, wanted: Wanted, known: Context, *, in_doubt: bool) -> Expression:
    term = _with(asking, wanted, _together(known, wanted.circumstances))
    return all_of((term, Missing("tags"))) if in_doubt else term


def _is_named(caller: Caller, trust: Layer) -> bool:
    """Whether the trust speaks of the caller at all: no role is given to whom it does not."""
    allows = trust.about(ACTION).allows
    return any(match_principal(each.statement, caller).matches for each in allows)


def _trusting_the_account(account: str) -> Layer:
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": ACTION}
    return Layer("trust", (Policy("", Compiled(parse_document({"Version": "2012-10-17", "Statement": statement}))),))


def _together(caller: Context, role: Context) -> Context:
    values = {**caller.values, **role.values}
    return Context(values, caller.multivalued | role.multivalued, complete=False, keeps_doubt=True)


def _with(asking: Asking, wanted: Wanted, context: Context) -> Expression:
    request = Request(asking.caller, ACTION, wanted.arn, wanted.account, context)
    return weigh(request, between(asking.layers, wanted.trust, wanted.rcps)).term


def asking_of(identity: User | Role, account: AccountLayers, organization: Organization | None) -> Asking:
    number = account.inventory.account
    circumstances = tuple(
        (context_of(each.keys), each.in_doubt) for each in circumstances_of(identity, number, organization)
    )
    return Asking(caller_of(identity, number), account.of_caller(identity), circumstances)


def caller_of(identity: User | Role, account: str) -> Caller:
    """The identity as policies see it."""
    has_boundary = identity.boundary is not None
    if isinstance(identity, User):
        return Caller(identity.arn, "user", account, identity.user_id, has_boundary)
    return Caller(identity.arn, "role", account, identity.role_id, has_boundary)


def wanted_of(role: Role, account: AccountLayers, organization: Organization | None) -> Wanted:
    number = account.inventory.account
    circumstances = context_of(keys_of_role(role, number, organization))
    return Wanted(role.arn, number, account.of_trust(role), account.rcps, circumstances)


def _is_closed(organization: Organization | None, account: str) -> bool:
    listed = organization.accounts if organization else ()
    return any(each.id == account and each.state in CLOSED for each in listed)


def _partition(arn: str) -> str:
    return arn.split(":", 2)[1]
