"""What a verdict on assuming a role hangs on, so that it is worked out once for all callers and roles alike in that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iamviz.graph.alike import Conditions
from iamviz.graph.library import grain_of_keys, keys_tested
from iamviz.graph.permission import Permissions
from iamviz.graph.shapes import Bearing
from iamviz.graph.trust import ASSUME_ROLE, entries
from iamviz.graph.world import Grain, Identity, TrustingRole
from iamviz.policy.document import Document, Statement
from iamviz.policy.request import is_service_linked_role

_ANYONE = "*"
_ACCOUNT = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True, eq=False)
class _Trust:
    """What a trust policy says of assuming the role, the accounts that it names in any way, and who of the snapshot."""

    statements: Sequence[Statement]
    accounts: frozenset[str]
    is_inverted: bool
    """Whether it speaks of all but those it names."""
    named: Mapping[str, Identity]


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """The statements of both sides that speak of the role: all their conditions, and what these ask of the role."""

    conditions: Conditions | None
    grain: Grain


class Entries:
    """Keys of verdicts: where two are equal, so is the verdict."""

    def __init__(self, permissions: Permissions) -> None:
        self._permissions = permissions
        self._trusts: dict[int, _Trust] = {}
        self._entries: dict[tuple[int, int], _Entry] = {}

    def key(self, identity: Identity, trusting: TrustingRole) -> tuple[object, ...] | None:
        """The key; None where the verdict is like no other, or the role's trust policy is not known."""
        permissions, document = self._permissions, trusting.document
        rcps = permissions.guards.rcps(trusting.account)
        shape = permissions.shapes.of(permissions.standing(identity, ASSUME_ROLE), rcps, ASSUME_ROLE)
        variables = permissions.circumstances.caller(identity).variables if shape.has_variables else {}
        bearing = permissions.shapes.bearing(shape, trusting.arn, variables)
        if bearing is None or document is None:
            return None
        trust, entry = self._trust(document), self._entry(bearing, document)
        if entry.conditions is None:
            return None
        is_of_account = trust.is_inverted or identity.account in trust.accounts
        return (
            id(bearing),
            id(document),
            permissions.alike.mark(identity, entry.conditions),
            identity.arn if identity.arn in trust.named else identity.account if is_of_account else "",
            identity.partition,
            identity.is_role,
            identity.account == trusting.account,
            identity.arn == trusting.arn,
            is_service_linked_role(identity.arn),
            is_service_linked_role(trusting.arn),
            permissions.world.told_apart(trusting, entry.grain),
        )

    def _entry(self, bearing: Bearing, document: Document) -> _Entry:
        key = id(bearing), id(document)
        found = self._entries.get(key)
        if found is None:
            said = self._trust(document).statements
            own = self._permissions.alike.conditions(said)
            conditions = None if own is None or bearing.conditions is None else (*bearing.conditions, *own)
            same = None if conditions is None else self._permissions.alike.same(dict.fromkeys(conditions))
            grain = max(bearing.grain, grain_of_keys(key for each in said for key in keys_tested(each)))
            found = self._entries[key] = _Entry(same, grain)
        return found

    def _trust(self, document: Document) -> _Trust:
        found = self._trusts.get(id(document))
        if found is None:
            said = self._permissions.library.about(document, ASSUME_ROLE)
            others = [each for each in entries(said) if each.value != _ANYONE]
            world = self._permissions.world
            named = [each for entry in others if (each := world.named(entry.value)) is not None]
            accounts = frozenset(account for entry in others for account in _ACCOUNT.findall(entry.value))
            is_inverted = any(each.not_principals is not None for each in said)
            found = _Trust(said, accounts, is_inverted, {each.arn: each for each in named})
            self._trusts[id(document)] = found
        return found
