"""The policies that bear on a request, layer by layer: compiled once, asked many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from iamviz.policy.actions import ActionIndex
from iamviz.policy.document import Document, Statement
from iamviz.policy.expression import Missing
from iamviz.policy.resources import EVERYTHING, PolicyType

MOST_REMEMBERED = 1_024
"""Actions of which a layer remembers the statements; requests choose them."""


class Compiled:
    """A document with an index of its actions."""

    __slots__ = ("document", "index")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.index = ActionIndex(document.statements)


# Structs, and not dataclasses: these are made for every request, and cost a fifth.


class Policy(Struct, frozen=True, eq=False):
    """A policy by its name; `compiled` is None where its document is missing, and `missing` says what is."""

    name: str
    compiled: Compiled | None
    missing: str = ""


class Clause(Struct, frozen=True, eq=False):
    """A statement of a policy; `everywhere`: it speaks of every resource, `always`: under any circumstances too."""

    policy: str
    statement: Statement
    version: str
    everywhere: bool
    always: bool
    substitutes: bool = False
    """Whether its resources hold policy variables."""


class Spoken(Struct, frozen=True, eq=False):
    """The clauses of a layer that speak of an action; `is_open`: one allows it whatever the rest of the request."""

    allows: tuple[Clause, ...]
    denies: tuple[Clause, ...]
    is_open: bool

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All of them: those that allow first."""
        return (*self.allows, *self.denies)


def clause_of(policy: str, statement: Statement, version: str) -> Clause:
    """The statement as a clause of the policy."""
    everywhere = statement.resources is not None and EVERYTHING in statement.resources
    always = everywhere and not statement.conditions
    return Clause(policy, statement, version, everywhere, always, not everywhere and has_variables(statement))


def has_variables(statement: Statement) -> bool:
    """Whether its resources hold what might be policy variables."""
    named = statement.not_resources if statement.resources is None else statement.resources
    return any("${" in each for each in named or ())


def spoken_by(clauses: Iterable[Clause]) -> Spoken:
    """What clauses that all speak of one action come to."""
    allows: list[Clause] = []
    denies: list[Clause] = []
    is_open = False
    for clause in clauses:
        if clause.statement.effect == "Allow":
            allows.append(clause)
            is_open = is_open or clause.always
        else:
            denies.append(clause)
    return Spoken(tuple(allows), tuple(denies), is_open)


class Layer:
    """Policies that are read as one: what any of them allows is allowed, what any denies is denied."""

    __slots__ = ("_remembered", "kind", "policies", "unknown")

    def __init__(
        self, kind: PolicyType, policies: Iterable[Policy], spoken: Mapping[str, Spoken] | None = None
    ) -> None:
        """`spoken` is what is said of some actions, where that was found before: then it is asked about these only."""
        self.kind: PolicyType = kind
        self.policies = tuple(policies)
        self.unknown = tuple([Missing(policy.missing) for policy in self.policies if policy.compiled is None])
        """What nobody can tell, for each policy whose document is missing."""
        self._remembered = dict(spoken) if spoken else {}

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
        return spoken_by(
            [
                clause_of(policy.name, statement, policy.compiled.document.version)
                for policy in self.policies
                if policy.compiled is not None
                for statement in policy.compiled.index.covering(action)
            ]
        )


class Settings(Struct, frozen=True):
    """What is set on an S3 bucket, or for its account."""

    s3_bucket_abac: bool = False
    s3_block_public_access: bool = False


_NOTHING_SET = Settings()


class Plan(Struct, frozen=True, eq=False):
    """What of the layers can stand in the way of an action.

    `denying` are those with a Deny, under their names in a report; `limiting` the SCPs' levels that do not allow it
    whatever the rest of the request; `unknown` stands for the documents that are missing and might deny it.
    """

    denying: tuple[tuple[str, Layer], ...] = ()
    limiting: tuple[Layer, ...] = ()
    unknown: tuple[Missing, ...] = ()


_NOTHING_IN_THE_WAY = Plan()


class Bearing(NamedTuple):
    """Which layers bear on a request: the identity's own, the SCPs, the RCPs, the resource's policy."""

    own: bool
    scps: bool
    rcps: bool
    resource: bool


class Layers(Struct, eq=False):
    """All policies that bear on the requests of a principal for a resource.

    None is a layer that is not set. SCPs and RCPs come level by level, the root first: no levels are no organization
    (or its management account), a level without a policy allows nothing. A copy with other layers is made anew, and
    not by replacing some: what is remembered would come along.
    """

    identity: Layer
    resource: Layer | None = None
    boundaries: Layer | None = None
    scps: tuple[Layer, ...] = ()
    rcps: tuple[Layer, ...] = ()
    session: Layer | None = None
    vpce: Layer | None = None
    settings: Settings = _NOTHING_SET
    _plans: dict[str, Plan] = {}
    _parts: dict[Bearing, Layers] = {}

    def plan(self, action: str) -> Plan:
        """What can stand in the way of the action; remembered."""
        found = self._plans.get(action)
        if found is None:
            if len(self._plans) >= MOST_REMEMBERED:
                self._plans.clear()
            found = self._plans[action] = self._plan(action)
        return found

    def _plan(self, action: str) -> Plan:
        if self._is_identity_alone and not self.identity.about(action).denies:
            return _NOTHING_IN_THE_WAY
        own = (("identity", self.identity), ("session", self.session), ("boundary", self.boundaries))
        named = (("resource", self.resource), ("vpce", self.vpce))
        scps, rcps = [("scp", level) for level in self.scps], [("rcp", level) for level in self.rcps]
        denying = [
            (name, layer)
            for name, layer in (*own, *scps, *named, *rcps)
            if layer is not None and layer.about(action).denies
        ]
        limiting = [level for level in self.scps if not level.about(action).is_open]
        # What an identity's missing policy denies is not guessed at: it could only add a grant of its own.
        unknown = [term for each in self.each() if each.kind != "identity" for term in each.unknown]
        return Plan(tuple(denying), tuple(limiting), tuple(unknown))

    @property
    def _is_identity_alone(self) -> bool:
        alone = self.resource is self.session is self.boundaries is self.vpce is None
        return alone and not self.scps and not self.rcps

    def only(self, bearing: Bearing) -> Layers:
        """The layers without those that do not bear on a request; remembered."""
        found = self._parts.get(bearing)
        if found is None:
            found = self._parts[bearing] = self._only(bearing)
        return found

    def _only(self, bearing: Bearing) -> Layers:
        return Layers(
            self.identity if bearing.own else _NO_POLICIES,
            self.resource if bearing.resource else None,
            self.boundaries if bearing.own else None,
            self.scps if bearing.scps else (),
            self.rcps if bearing.rcps else (),
            self.session if bearing.own else None,
            self.vpce,
            self.settings,
        )

    def each(self) -> list[Layer]:
        """All that are set."""
        single = (self.identity, self.resource, self.boundaries, self.session, self.vpce)
        return [*[layer for layer in single if layer is not None], *self.scps, *self.rcps]


_NO_POLICIES = Layer("identity", ())
