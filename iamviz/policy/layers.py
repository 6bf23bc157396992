"""The policies that bear on a request, layer by layer: compiled once, asked many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from iamviz.policy.actions import ActionIndex
from iamviz.policy.document import Document, Statement
from iamviz.policy.expression import Missing
from iamviz.policy.resources import EVERYTHING, PolicyType

MOST_REMEMBERED = 1_024
"""Actions of which a layer remembers the statements; requests choose them."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A document with an index of its actions."""

    document: Document
    index: ActionIndex = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", ActionIndex(self.document.statements))


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """A policy by its name; `compiled` is None where its document is missing, and `missing` says what is."""

    name: str
    compiled: Compiled | None
    missing: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A statement of a policy; `everywhere`: it speaks of every resource."""

    policy: str
    statement: Statement
    version: str
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """The clauses of a layer that speak of an action; `is_open`: one allows it whatever the rest of the request."""

    allows: tuple[Clause, ...]
    denies: tuple[Clause, ...]
    is_open: bool


class Layer:
    """Policies that are read as one: what any of them allows is allowed, what any denies is denied."""

    __slots__ = ("_remembered", "kind", "policies", "unknown")

    def __init__(self, kind: PolicyType, policies: Iterable[Policy]) -> None:
        self.kind: PolicyType = kind
        self.policies = tuple(policies)
        self.unknown = tuple(Missing(policy.missing) for policy in self.policies if policy.compiled is None)
        """What nobody can tell, for each policy whose document is missing."""
        self._remembered: dict[str, Spoken] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The same in words."""
        return tuple(each.reason for each in self.unknown)

    def about(self, action: str) -> Spoken:
        """The clauses that speak of the action, whatever the resource, the principal and the conditions."""
        found = self._remembered.get(action)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[action] = self._find(action)
        return found

    def _find(self, action: str) -> Spoken:
        allows: list[Clause] = []
        denies: list[Clause] = []
        for policy in self.policies:
            if policy.compiled is None:
                continue
            document = policy.compiled.document
            for statement in policy.compiled.index.covering(action):
                everywhere = statement.resources is not None and EVERYTHING in statement.resources
                clause = Clause(policy.name, statement, document.version, everywhere)
                (allows if statement.effect == "Allow" else denies).append(clause)
        is_open = any(clause.everywhere and not clause.statement.conditions for clause in allows)
        return Spoken(tuple(allows), tuple(denies), is_open)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set on an S3 bucket, or for its account."""

    s3_bucket_abac: bool = False
    s3_block_public_access: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """All policies that bear on the requests of a principal for a resource.

    None is a layer that is not set. SCPs and RCPs come level by level, the root first: no levels are no organization
    (or its management account), a level without a policy allows nothing.
    """

    identity: Layer
    resource: Layer | None = None
    boundaries: Layer | None = None
    scps: tuple[Layer, ...] = ()
    rcps: tuple[Layer, ...] = ()
    session: Layer | None = None
    vpce: Layer | None = None
    settings: Settings = field(default_factory=Settings)

    def each(self) -> Iterator[Layer]:
        """All that are set."""
        single = (self.identity, self.resource, self.boundaries, self.session, self.vpce)
        yield from (layer for layer in single if layer is not None)
        yield from self.scps
        yield from self.rcps
