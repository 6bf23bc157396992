"""Questions about AWS's actions, services and condition keys. The files are read when they are first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

from iamviz.policy.catalogue.files import FOLDER, INDEX, SERVICES, Index, Services, Source, read_shipped
from iamviz.policy.catalogue.keys import Keys
from iamviz.policy.catalogue.services import Action, Service, action_of


class Catalogue:
    """What AWS publishes about its services. What it does not list is not known: nothing is said about it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._services: dict[str, Service | None] = {}

    @property
    def source(self) -> Source:
        """Where it was taken from, and when."""
        return self._index.source

    def takes_no_resource(self, action: str) -> bool:
        """Whether the action has no resource type, as s3:ListAllMyBuckets: `*` is the only resource of a request."""
        return action.lower() in self._without_resource

    def is_rcp_service(self, prefix: str) -> bool:
        """Whether resource control policies cover the service.

        Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
        """
        return prefix.lower() in self._index.resource_control

    def key_casing(self, key: str) -> str:
        """The condition key as AWS spells it; as it stands where AWS lists no such key."""
        return self._keys.casing(key)

    def is_multivalued(self, key: str) -> bool:
        """Whether a request may bring several values under the condition key."""
        return self._keys.is_multivalued(key)

    def action(self, name: str) -> Action | None:
        """The action, in any case; None where AWS lists no such action."""
        prefix, _, rest = name.lower().partition(":")
        service = self._service(prefix)
        return None if service is None else action_of(prefix, service, rest)

    @cached_property
    def action_names(self) -> tuple[str, ...]:
        """Every action as AWS spells it, service by service: some 22,000."""
        decode = msgspec.json.Decoder(Service).decode
        services = ((prefix, decode(packed)) for prefix, packed in sorted(self._packed.items()))
        return tuple(f"{prefix}:{each.name}" for prefix, service in services for each in service.actions.values())

    def resource_arns(self, action: str) -> tuple[str, ...]:
        """The ARNs of the resource types that the action takes, with `${Partition}` and the like in them."""
        known = self.action(action)
        return () if known is None else known.resource_arns

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """The access level of every action there is, by its name in lower case, in the order of the names."""
        services = ((prefix, self._service(prefix)) for prefix in sorted(self._packed))
        return {
            f"{prefix}:{name}": service.actions[name].access_level
            for prefix, service in services
            if service is not None
            for name in sorted(service.actions)
        }

    def resource_types(self, service: str) -> tuple[str, ...]:
        """The ARNs of all resource types of a service, by its prefix, with `${Partition}` and the like in them."""
        known = self._service(service.lower())
        return () if known is None else tuple(kind.arn for kind in known.resources.values())

    @cached_property
    def _index(self) -> Index:
        return read_shipped(INDEX, Index, self._folder)

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self._index.keys, self._index.multivalued)

    @cached_property
    def _without_resource(self) -> frozenset[str]:
        listed = self._index.without_resource.items()
        return frozenset(f"{prefix}:{name}" for prefix, names in listed for name in names.split())

    @cached_property
    def _packed(self) -> Mapping[str, msgspec.Raw]:
        return read_shipped(SERVICES, Services, self._folder).services

    def _service(self, prefix: str) -> Service | None:
        packed = self._packed.get(prefix)
        if packed is None:
            return None
        if prefix not in self._services:
            self._services[prefix] = msgspec.json.decode(packed, type=Service)
        return self._services[prefix]


@cache
def catalogue() -> Catalogue:
    """The one that is shipped."""
    return Catalogue()
