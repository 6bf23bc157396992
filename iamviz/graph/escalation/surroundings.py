"""What the methods of one account look up in the whole organization; found once for all accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from iamviz.graph.library import keys_read
from iamviz.graph.trust import scopes, statements
from iamviz.graph.world import Identity, TrustingRole, World
from iamviz.policy.arn import account_of
from iamviz.policy.document import Statement

_ANYONE = "*"
_IDENTITY_CENTER = ":role/aws-reserved/sso.amazonaws.com/"


class Surroundings:
    """Nothing is looked for before it is asked for."""

    def __init__(self, world: World) -> None:
        self._world = world

    @cached_property
    def identity_center(self) -> tuple[Identity, ...]:
        """The roles of Identity Center's permission sets."""
        return tuple(each for arn, each in self._world.by_arn.items() if _IDENTITY_CENTER in arn)

    def naming(self, identity: Identity) -> Sequence[TrustingRole]:
        """The roles whose trust policies name the identity."""
        return self._naming.get(identity.arn, ())

    @cached_property
    def _naming(self) -> Mapping[str, Sequence[TrustingRole]]:
        found: defaultdict[str, dict[str, TrustingRole]] = defaultdict(dict)
        for trusting in self._world.trusting:
            for statement in trusting.statements:
                for entry in statement.principals or ():
                    named = self._world.named(entry.value)
                    if named is not None:
                        found[named.arn][trusting.arn] = trusting
        return {arn: tuple(roles.values()) for arn, roles in found.items()}

    @cached_property
    def unreadable(self) -> tuple[TrustingRole, ...]:
        """The roles of which nobody knows whom they trust."""
        return tuple(each for each in self._world.trusting if each.document is None)

    def reading_tags(self, account: str) -> Iterator[TrustingRole]:
        """The roles whose trust asks for tags of the caller and may speak of somebody in the account."""
        found = {each.arn: each for key in (account, _ANYONE) for each in self._reading_tags.get(key, ())}
        yield from found.values()

    @cached_property
    def _reading_tags(self) -> Mapping[str, Sequence[TrustingRole]]:
        found: defaultdict[str, list[TrustingRole]] = defaultdict(list)
        for trusting in self._world.trusting:
            if any(map(reads_tags, trusting.statements)):
                for key in dict.fromkeys((trusting.account, *_accounts(trusting))):
                    found[key].append(trusting)
        return found


def _accounts(trusting: TrustingRole) -> Iterator[str]:
    for statement in statements(trusting, "Allow"):
        for scope in scopes(statement):
            yield _ANYONE if scope.level == "anyone" else account_of(scope.value) or scope.value


def reads_tags(statement: Statement) -> bool:
    """Whether it asks for a tag of the caller."""
    return any(key.startswith("aws:principaltag/") for key in keys_read(statement))
