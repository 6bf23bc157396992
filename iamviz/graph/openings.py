"""Which roles are open to whole accounts or to anyone, and by which statements of their trust policies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iamviz.graph.model import Evidence
from iamviz.graph.trust import Limit, Scope, concerns_account, is_particular, refusals, scopes, statements
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import Expression, Missing


@dataclass(frozen=True, slots=True)
class Entrance:
    """One Allow statement that admits whole accounts: `accounts` by id, all of them where `anyone`."""

    trusted: Expression
    evidence: tuple[Evidence, ...]
    anyone: bool
    accounts: frozenset[str]

    def admits(self, account: str) -> bool:
        return self.anyone or account in self.accounts


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A role with its entrances. `refused` are its own Denies by account, worked out when first asked for."""

    trusting: TrustingRole
    entrances: tuple[Entrance, ...]
    has_denies: bool
    refused: dict[str, Limit] = field(default_factory=dict)

    @property
    def role(self) -> str:
        return self.trusting.role.arn

    @property
    def is_open_to_anyone(self) -> bool:
        return any(entrance.anyone for entrance in self.entrances)

    def refusal(self, account: str) -> tuple[Limit, ...]:
        """What the trust policy's own Denies say to every principal of the account."""
        if not self.has_denies:
            return ()
        if account not in self.refused:
            held, evidence = refusals(self.trusting, concerns_account(account, self.trusting.partition))
            self.refused[account] = Limit("trust", held, "an explicit Deny in the trust policy", evidence)
        return (self.refused[account],)


class Openings:
    """Roles that are open to a whole account, by account and ARN. Roles that treat some unlike others are not here."""

    def __init__(self, world: World) -> None:
        self._anyone: dict[str, Opening] = {}
        self._by_account: defaultdict[str, dict[str, Opening]] = defaultdict(dict)
        for trusting in world.trusting:
            if not is_particular(trusting):
                self._enter(_opening(trusting))

    def _enter(self, opening: Opening) -> None:
        if opening.is_open_to_anyone:
            self._anyone[opening.role] = opening
            return
        for account in {account for entrance in opening.entrances for account in entrance.accounts}:
            self._by_account[account][opening.role] = opening

    def of(self, account: str) -> Mapping[str, Opening]:
        """The roles that the account's identities may assume if their own policies let them, by ARN."""
        return {**self._by_account[account], **self._anyone}


def _opening(trusting: TrustingRole) -> Opening:
    if trusting.unreadable is not None:
        # Whom it admits is not known: everyone who may call it might get in.
        unknown = Entrance(Missing(trusting.unreadable), (), anyone=True, accounts=frozenset())
        return Opening(trusting, (unknown,), has_denies=False)
    entrances = tuple(_entrances(trusting))
    return Opening(trusting, entrances, has_denies=any(statements(trusting, "Deny")))


def _entrances(trusting: TrustingRole) -> Iterator[Entrance]:
    for statement in statements(trusting, "Allow"):
        found = list(scopes(statement))
        anyone = Scope("anyone") in found
        accounts = frozenset(each.value for each in found if each.is_account(each.value, trusting.partition))
        if anyone or accounts:
            yield Entrance(conditions_of(statement), (trusting.evidence(statement),), anyone, accounts)


def literal_resources(statement: Statement) -> Sequence[str] | None:
    """The ARNs that a statement names one by one; None where it reaches further than that."""
    named = statement.resources
    if named is None or any(mark in each for each in named for mark in "*?$") or not all(map(_is_whole, named)):
        return None
    return named


def _is_whole(arn: str) -> bool:
    return arn.count(":") >= 5  # noqa: PLR2004 - the colons of an ARN; a shorter one is padded
