"""Policies made ready to be asked: each distinct document compiled once, and found again for proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from iamviz.graph.model import Evidence, Side
from iamviz.graph.world import Grain
from iamviz.inventory.access import Held
from iamviz.policy.document import Document, Statement
from iamviz.policy.expression import NEVER, Condition
from iamviz.policy.layers import Clause, Compiled, Layer, Policy
from iamviz.policy.resources import PolicyType, covers_resource

_OWN_KEYS = frozenset({"aws:federatedprovider", "aws:principalarn", "aws:userid", "aws:username"})
_OWN_FAMILY = "aws:principaltag/"
_RESOURCE_FAMILIES = ("aws:resource", "iam:resourcetag/")
_VARIABLE = re.compile(r"\$\{([^},]*)")


@dataclass(frozen=True, eq=False)
class Volume:
    """One distinct document; `name` is what layers call it."""

    name: str
    document: Document
    compiled: Compiled

    def covers(self, action: str) -> bool:
        """Whether any statement speaks of the action."""
        return bool(self.about(action))

    def about(self, action: str) -> list[Statement]:
        found = self._about.get(action)
        if found is None:
            found = self._about[action] = self.compiled.index.covering(action)
        return found

    @cached_property
    def _about(self) -> dict[str, list[Statement]]:
        return {}

    def is_particular(self, action: str) -> bool:
        """Whether what it says of the action hangs on who the caller is, beyond kind and account."""
        found = self._particular.get(action)
        if found is None:
            found = self._particular[action] = any(map(reads_own_keys, self.about(action)))
        return found

    @cached_property
    def _particular(self) -> dict[str, bool]:
        return {}


class Library:
    """The distinct documents. They are told apart by identity: the reader of snapshots parses equal texts once."""

    def __init__(self) -> None:
        self._volumes: dict[int, Volume] = {}
        self._by_name: dict[str, Volume] = {}

    def volume(self, document: Document) -> Volume:
        """The document made ready."""
        found = self._volumes.get(id(document))
        if found is None:
            found = Volume(str(len(self._volumes)), document, Compiled(document))
            self._volumes[id(document)] = self._by_name[found.name] = found
        return found

    def layer(self, kind: PolicyType, held: Iterable[Held]) -> Layer:
        """The policies as one layer, equal documents once; what is missing stays missing."""
        names: dict[str, Policy] = {}
        for each in held:
            if each.document is None:
                names[each.missing] = Policy(each.policy, None, each.missing)
            else:
                volume = self.volume(each.document)
                names[volume.name] = Policy(volume.name, volume.compiled)
        return Layer(kind, names.values())

    def evidence(self, side: Side, clause: Clause, held: Iterable[Held]) -> Iterator[Evidence]:
        """The clause as it stands in the policies of one holder: several of them may say the same."""
        volume = self._by_name[clause.policy]
        statement = clause.statement
        for each in held:
            if each.document is volume.document:
                yield Evidence(side, each.policy, each.owner, statement.index, statement.sid, statement.effect)


def reads_own_keys(statement: Statement) -> bool:
    """Whether the statement hangs on keys that tell one caller from another of its kind and account."""
    return any(map(is_own_key, keys_read(statement)))


_GRAINS = {
    "aws:resourceorgid": Grain.ORGANIZATION,
    "aws:resourceorgpaths": Grain.ACCOUNT,
    "aws:resourceaccount": Grain.ACCOUNT,
}


def grain_of(statements: Iterable[Statement]) -> Grain:
    """The finest that any of them asks of a resource: its organization, its account, or what it is itself."""
    return max((grain for statement in statements for grain in _grains(statement)), default=Grain.ALL)


def _grains(statement: Statement) -> Iterator[Grain]:
    for key in keys_read(statement):
        if key.startswith(_RESOURCE_FAMILIES):
            yield _GRAINS.get(key, Grain.RESOURCE)
    if any("${" in value for value in (*(statement.resources or ()), *(statement.not_resources or ()))):
        yield Grain.RESOURCE


def covers(kind: PolicyType, clause: Clause, arn: str) -> bool:
    """Whether the clause speaks, or might speak, of the resource."""
    return covers_resource(clause.statement, arn, kind, version=clause.version) is not NEVER


def own_conditions(statements: Iterable[Statement]) -> list[Condition] | None:
    """The conditions by which they tell callers of one kind and account apart; None where it is not conditions alone.

    A value with policy variables may speak of the resource as well.
    """
    found: list[Condition] = []
    for statement in statements:
        if any("${" in value for value in (*(statement.resources or ()), *(statement.not_resources or ()))):
            return None
        for condition in statement.conditions:
            if any("${" in value for value in condition.values):
                return None
            if is_own_key(condition.key.casefold()):
                found.append(condition)
    return list(dict.fromkeys(found))


def is_own_key(key: str) -> bool:
    """Whether the key, casefolded, tells one caller from another of its kind and account."""
    return key in _OWN_KEYS or key.startswith(_OWN_FAMILY)


def keys_read(statement: Statement) -> Iterator[str]:
    """The condition keys that decide whether the statement applies, casefolded."""
    for condition in statement.conditions:
        yield condition.key.casefold()
        yield from _variables(condition.values)
    yield from _variables(statement.resources or ())
    yield from _variables(statement.not_resources or ())


def _variables(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        if "${" in value:
            yield from (name.strip().casefold() for name in _VARIABLE.findall(value))
