"""How far the statements of a layer reach: which actions they speak of on every resource of the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from iamviz.inventory.action_sets import NONE, action_space, covered
from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions import Context, holds
from iamviz.policy.document import Statement
from iamviz.policy.expression import ALWAYS, NEVER, Expression, all_of
from iamviz.policy.layers import Layer
from iamviz.policy.resources import EVERYTHING, covers_resource

_NOBODYS = "~nobody-names-this~"
"""In place of what a policy could name one by one: what speaks of it speaks of all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where resources lie: a statement on all resources of the account is as good as one on all there are."""

    partition: str
    account: str


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The actions that one statement speaks of on every resource, and the statement, for its conditions."""

    statement: Statement
    version: str
    actions: int

    def term(self, context: Context) -> Expression:
        """Under which conditions it applies to a caller."""
        return all_of([holds(each, context, version=self.version) for each in self.statement.conditions])


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """Of a layer, what it speaks of on every resource; `allows` and `denies` without conditions are summed up."""

    allowed: int
    denied: int
    allows: tuple[Reach, ...]
    denies: tuple[Reach, ...]

    def allowed_ways(self, context: Context) -> Iterator[tuple[Expression, int]]:
        """What is allowed, and under which conditions."""
        yield ALWAYS, self.allowed
        yield from _ways(self.allows, context)

    def denied_ways(self, context: Context) -> Iterator[tuple[Expression, int]]:
        """What is denied, and under which conditions."""
        yield ALWAYS, self.denied
        yield from _ways(self.denies, context)


def _ways(found: Iterable[Reach], context: Context) -> Iterator[tuple[Expression, int]]:
    for each in found:
        term = each.term(context)
        if term is not NEVER:
            yield term, each.actions


def extent_of(layer: Layer, place: Place) -> Extent:
    """How far the layer reaches in the account."""
    sums = {"Allow": NONE, "Deny": NONE}
    conditional: dict[str, list[Reach]] = {"Allow": [], "Deny": []}
    for statement, version in _statements(layer):
        actions = _on_everything(statement, version, place)
        if not actions:
            continue
        if statement.conditions:
            conditional[statement.effect].append(Reach(statement, version, actions))
        else:
            sums[statement.effect] |= actions
    return Extent(sums["Allow"], sums["Deny"], tuple(conditional["Allow"]), tuple(conditional["Deny"]))


def _statements(layer: Layer) -> Iterator[tuple[Statement, str]]:
    for policy in layer.policies:
        if policy.compiled is not None:
            document = policy.compiled.document
            yield from ((statement, document.version) for statement in document.statements)


def _on_everything(statement: Statement, version: str, place: Place) -> int:
    """The actions that the statement speaks of, whatever the resource."""
    if EVERYTHING in (statement.resources or ()):
        return covered(statement)
    if not _may_be_wide(statement):
        return NONE
    if all(_speaks_of(statement, version, probe) for probe in _anything(place)):
        return covered(statement)
    return _whole_services(statement, version, place)


def _may_be_wide(statement: Statement) -> bool:
    """Whether any resource of it ends in a wildcard; statements on some resources are the many."""
    if statement.not_resources is not None:
        return True
    return any(each.endswith("*") for each in statement.resources or ())


def _anything(place: Place) -> tuple[str, ...]:
    return (
        f"arn:{place.partition}:{_NOBODYS}:{_NOBODYS}:{place.account}:{_NOBODYS}",
        f"arn:{place.partition}:{_NOBODYS}::{place.account}:{_NOBODYS}",
    )


def _whole_services(statement: Statement, version: str, place: Place) -> int:
    """The actions of services all of whose resources the statement speaks of: `s3:*` on `arn:aws:s3:::*`."""
    actions, found = covered(statement), NONE
    services = action_space().services
    for service in _named_services(statement):
        own = services.get(service, NONE)
        if actions & own and _covers_service(statement, version, service, place):
            found |= actions & own
    return found


def _covers_service(statement: Statement, version: str, service: str, place: Place) -> bool:
    templates = catalogue().resource_types(service)
    return bool(templates) and all(_speaks_of(statement, version, fill(each, place, _NOBODYS)) for each in templates)


def _named_services(statement: Statement) -> Iterable[str]:
    """The services that the resources are of: the third field of an ARN. One that no ARN names is not all there."""
    fields = (each.split(":", 3) for each in statement.resources or ())
    return dict.fromkeys(each[2].lower() for each in fields if len(each) > 2)  # noqa: PLR2004 - fields of an ARN


def fill(template: str, place: Place, name: str, region: str = _NOBODYS) -> str:
    """An ARN of the catalogue with values in place of `${Partition}`, `${Account}` and the rest."""
    known: Mapping[str, str] = {"Partition": place.partition, "Account": place.account, "Region": region}
    parts = template.split("${")
    filled = [parts[0]]
    for part in parts[1:]:
        variable, _, rest = part.partition("}")
        filled += (known.get(variable, name), rest)
    return "".join(filled)


def _speaks_of(statement: Statement, version: str, arn: str) -> bool:
    return covers_resource(statement, arn, "identity", version=version) is ALWAYS
