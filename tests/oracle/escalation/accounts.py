"""One account as the oracle asks about it: may somebody do something, would somebody be admin, whom does a role let in.

Every request is made as AWS would see it and put to the evaluation of policies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from iamviz.inventory.admin import Admins
from iamviz.inventory.extent import Place
from iamviz.inventory.known_keys import KnownKeys, keys_of_resource
from iamviz.inventory.model import Group, Inventory, ManagedPolicy, Organization, Role, User
from iamviz.policy.arn import account_of
from iamviz.policy.conditions import context_of
from iamviz.policy.conditions.context import Context
from iamviz.policy.decision import weigh
from iamviz.policy.expression import NEVER, Expression, Missing, all_of, any_of
from iamviz.policy.layers import Layer, Layers, Policy
from iamviz.policy.principal import Caller
from iamviz.policy.request import Request, is_service_linked_role
from tests.oracle.circumstances import circumstances_of, keys_of_role
from tests.oracle.escalation.names import taken_names
from tests.oracle.escalation.sure import NO, UNKNOWN, Sure, best
from tests.oracle.layers import AccountLayers, Identity, Shelf
from tests.oracle.pairs import Asking, Wanted, asking_of, caller_of, term_of, wanted_of

ASSUME, RESERVED = "sts:AssumeRole", "/aws-reserved/"
NOTHING: KnownKeys = {}


class Account:
    """Answers are remembered by what was asked: nothing else is shared between one actor and another."""

    def __init__(self, inventory: Inventory, organization: Organization | None, shelf: Shelf) -> None:
        self.inventory = inventory
        self.number = inventory.account
        self.admin_node = f"admin:{inventory.account}"
        self.organization = organization
        self._shelf = shelf
        self._layers = AccountLayers(inventory, organization, shelf)
        self._admins = Admins()
        self._known: dict[object, Sure] = {}
        self._callers: dict[str, tuple[Caller, Layers, Sequence[tuple[Context, bool]]]] = {}
        self._asking: dict[str, Asking] = {}

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        users: Sequence[Identity] = self.inventory.users
        return {each.arn: each for each in [*users, *self.inventory.roles]}

    @cached_property
    def actors(self) -> list[Identity]:
        """Nobody acts as a service-linked role but its service."""
        return [each for each in self.identities.values() if not is_service_linked_role(each.arn)]

    @cached_property
    def roles(self) -> list[Role]:
        """Those that can be changed and passed."""
        return [r for r in self.inventory.roles if not is_service_linked_role(r.arn) and RESERVED not in r.arn]

    @cached_property
    def policies(self) -> list[ManagedPolicy]:
        """The account's own."""
        return [each for each in self.inventory.policies.values() if account_of(each.arn) == self.number]

    @cached_property
    def wanted(self) -> Mapping[str, Wanted]:
        return {each.arn: wanted_of(each, self._layers, self.organization) for each in self.inventory.roles}

    @cached_property
    def taken(self) -> set[str]:
        return taken_names(self.inventory)

    def groups_of(self, actor: Identity) -> list[Group]:
        names = {name.casefold() for name in actor.groups} if isinstance(actor, User) else set()
        return [each for each in self.inventory.groups if each.name.casefold() in names]

    def may(self, actor: Identity, action: str, resource: str = "*", keys: KnownKeys = NOTHING) -> Sure:
        """Whether the actor, as the snapshot has it, may do it."""
        asked = actor.arn, action, resource, tuple(keys.items())
        if asked not in self._known:
            if actor.arn not in self._callers:
                self._callers[actor.arn] = self._as_caller(actor, self._layers)
            self._known[asked] = best(self._decided(self._callers[actor.arn], action, resource, keys))
        return self._known[asked]

    def may_changed(
        self, actor: Identity, inventory: Inventory, action: str, resource: str, keys: KnownKeys
    ) -> Expression:
        """The same for somebody whose policies were changed."""
        caller = self._as_caller(actor, AccountLayers(inventory, self.organization, self._shelf))
        return any_of(list(self._terms(caller, action, resource, keys)))

    def assumes(self, actor: Identity, wanted: Wanted) -> Sure:
        """Whether the actor can assume a role, of this account or another."""
        if actor.arn == wanted.arn:
            return NO
        if actor.arn not in self._asking:
            self._asking[actor.arn] = asking_of(actor, self._layers, self.organization)
        return Sure(term_of(self._asking[actor.arn], wanted))

    def lets_in(self, role: Role, service: str) -> Sure:
        """Whether the service may run as the role on behalf of this account."""
        asked = "service", role.arn, service
        if asked not in self._known:
            known = context_of(self._keys_of_service(service) | dict(self._keys_of(role.arn)), complete=False)
            context = Context(known.values, known.multivalued, complete=False, keeps_doubt=True)
            request = Request(Caller(service, "service", ""), ASSUME, role.arn, self.number, context)
            layers = Layers(Layer("identity", ()), self._layers.of_trust(role), rcps=self._layers.rcps)
            unread = role.trust.document is None
            self._known[asked] = UNKNOWN if unread else Sure(weigh(request, layers).term)
        return self._known[asked]

    def _keys_of_service(self, service: str) -> dict[str, str | tuple[str, ...] | None]:
        absent = ("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:username", "aws:PrincipalTag/*")
        return {
            **dict.fromkeys(absent),
            "aws:PrincipalIsAWSService": "true",
            "aws:PrincipalServiceName": service,
            "aws:SourceAccount": self.number,
            "aws:MultiFactorAuthAge": None,
        }

    def admin(self, who: Identity, inventory: Inventory | None = None) -> Expression:
        """Under which conditions somebody would be admin, with the policies that `inventory` has."""
        if is_service_linked_role(who.arn):
            return NEVER
        accounts = self._layers if inventory is None else AccountLayers(inventory, self.organization, self._shelf)
        _, layers, known = self._as_caller(who, accounts)
        place = Place(self.inventory.partition, self.number)
        found = []
        for context, in_doubt in known:
            open_ = Context(context.values, context.multivalued, complete=False, keeps_doubt=True)
            term = self._admins.admin(layers, open_, place)
            found.append(all_of((term, Missing("tags"))) if in_doubt else term)
        return any_of(found)

    def admin_newcomer(self, policies: Sequence[Policy]) -> Sure:
        """Whether somebody who is yet to be made, with these policies, would be admin: nothing is known of him."""
        layers = Layers(Layer("identity", policies), scps=self._layers.scps)
        place = Place(self.inventory.partition, self.number)
        return Sure(self._admins.admin(layers, Context(complete=False, keeps_doubt=True), place))

    def held(self, group: Group) -> list[Policy]:
        return list(self._layers.held(group))

    def managed(self, arn: str) -> Policy:
        return self._layers.managed(arn)

    def _as_caller(
        self, who: Identity, accounts: AccountLayers
    ) -> tuple[Caller, Layers, Sequence[tuple[Context, bool]]]:
        own = accounts.of_caller(who)
        layers = Layers(own.identity, None, own.boundaries, own.scps, accounts.rcps)
        circumstances = circumstances_of(who, self.number, self.organization)
        known = [(context_of(each.keys, complete=False), each.in_doubt) for each in circumstances]
        return caller_of(who, self.number), layers, known

    def _decided(self, caller: tuple[Caller, Layers, Sequence[tuple[Context, bool]]], *asked: object) -> Iterator[Sure]:
        yield from map(Sure, self._terms(caller, *asked))  # type: ignore[arg-type]

    def _terms(
        self,
        caller: tuple[Caller, Layers, Sequence[tuple[Context, bool]]],
        action: str,
        resource: str,
        keys: KnownKeys,
    ) -> Iterator[Expression]:
        who, layers, circumstances = caller
        if not layers.identity.about(action).allows and not layers.identity.unknown:
            # No policy of the actor speaks of it, and the resources that escalation writes have none of their own.
            return
        given = context_of({**self._keys_of(resource), **keys}, complete=False)
        for known, in_doubt in circumstances:
            values, lists = {**known.values, **given.values}, known.multivalued | given.multivalued
            context = Context(values, lists, complete=False, keeps_doubt=True)
            term = weigh(Request(who, action, resource, self.number, context), layers).term
            yield all_of((term, Missing("tags"))) if in_doubt else term

    def _keys_of(self, resource: str) -> KnownKeys:
        found = self.identities.get(resource)
        if found is None:
            return keys_of_resource(None, self.number, self.organization)
        return keys_of_role(found, self.number, self.organization)
