"""What bears on a request of an identity, made of the inventory: the layers that `decide` weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iamviz.inventory.guardrails import GuardrailType, Level, guardrails_of
from iamviz.inventory.managed import managed_document
from iamviz.inventory.model import Group, Inventory, Organization, PolicyDocument, Role, User
from iamviz.policy.document import Document
from iamviz.policy.layers import Compiled, Layer, Layers, Policy
from iamviz.policy.resources import PolicyType

Identity = User | Role

_RCP: GuardrailType = "RESOURCE_CONTROL_POLICY"
_SCP: GuardrailType = "SERVICE_CONTROL_POLICY"


class Shelf:
    """Documents compiled once each, by what they say."""

    def __init__(self) -> None:
        self._compiled: dict[Document, Compiled] = {}

    def policy(self, name: str, document: PolicyDocument | None) -> Policy:
        if document is None or document.document is None:
            return Policy(name, None, f"the document of {name} is missing")
        if document.document not in self._compiled:
            self._compiled[document.document] = Compiled(document.document)
        return Policy(name, self._compiled[document.document])


class AccountLayers:
    """The layers of one account's identities and roles."""

    def __init__(self, inventory: Inventory, organization: Organization | None, shelf: Shelf) -> None:
        self.inventory = inventory
        self.shelf = shelf
        self.scps = tuple(self._guardrails(organization, _SCP, "scp"))
        self.rcps = tuple(self._guardrails(organization, _RCP, "rcp"))
        self._groups = {group.name.casefold(): group for group in inventory.groups}

    def of_caller(self, identity: Identity) -> Layers:
        boundary = None
        if identity.boundary is not None:
            boundary = Layer("boundary", [self.managed(identity.boundary)])
        return Layers(Layer("identity", self._policies(identity)), boundaries=boundary, scps=self.scps)

    def of_trust(self, role: Role) -> Layer:
        return Layer("trust", [self.shelf.policy("trust policy", role.trust)])

    def _policies(self, identity: Identity) -> Iterator[Policy]:
        yield from self.held(identity)
        for name in identity.groups if isinstance(identity, User) else ():
            group = self._groups.get(name.casefold())
            yield from self.held(group) if group else [Policy(name, None, f"the group {name} is missing")]

    def held(self, holder: Identity | Group) -> Iterator[Policy]:
        yield from (self.shelf.policy(each.name, each.document) for each in holder.inline)
        yield from map(self.managed, holder.attached)

    def managed(self, arn: str) -> Policy:
        return self.shelf.policy(arn, managed_document(self.inventory, arn))

    def _guardrails(self, organization: Organization | None, kind: GuardrailType, layer: PolicyType) -> Iterator[Layer]:
        found = guardrails_of(organization, self.inventory.account, kind)
        if found.standing == "unknown":
            yield Layer(layer, [Policy(layer, None, found.reason)])
        for level in found.levels:
            if level.policies:
                yield Layer(layer, self._of_level(level))

    def _of_level(self, level: Level) -> Iterable[Policy]:
        return [self.shelf.policy(each.name, each.document) for each in level.policies]


def between(caller: Layers, trust: Layer, rcps: Sequence[Layer]) -> Layers:
    """The caller's layers, with those of the role that it wants."""
    return Layers(caller.identity, trust, caller.boundaries, caller.scps, tuple(rcps))
