"""Which callers conditions do not tell apart: what they come to for one, they come to for the others."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.graph.circumstances import Circumstances, together
from iamviz.graph.library import is_own_key
from iamviz.graph.world import Identity
from iamviz.policy.conditions import holds
from iamviz.policy.document import Statement
from iamviz.policy.expression import ALWAYS, Condition

Conditions = tuple[Condition, ...]


class Alike:
    """Marks of callers under conditions; what is worked out for a caller is remembered."""

    def __init__(self, circumstances: Circumstances) -> None:
        self._circumstances = circumstances
        self._same: dict[Conditions, Conditions] = {}
        self._own: dict[int, bool] = {}
        self._marks: dict[tuple[object, int], int] = {}
        self._numbers: dict[object, int] = {}

    def conditions(self, statements: Iterable[Statement]) -> Conditions | None:
        """All conditions of the statements; None where values hold policy variables, so that each caller is his own.

        Equal ones are the same object.
        """
        found = dict.fromkeys(condition for each in statements for condition in each.conditions)
        if any("${" in value for condition in found for value in condition.values):
            return None
        return self.same(found)

    def same(self, conditions: Iterable[Condition]) -> Conditions:
        """Equal conditions are the same object."""
        given = tuple(conditions)
        found = self._same.setdefault(given, given)
        if found is given:
            self._own[id(found)] = any(is_own_key(each.key.casefold()) for each in found)
        return found

    def mark(self, identity: Identity, conditions: Conditions) -> int:
        """Equal for callers for whom the conditions come to the same, with whichever of their credentials they call.

        `conditions` are as `conditions` or `same` returned them.
        """
        if not conditions:
            return 0
        key = self._who(identity, conditions), id(conditions)
        found = self._marks.get(key)
        if found is None:
            outcomes = tuple(self._outcomes(identity, conditions))
            found = self._marks[key] = self._numbers.setdefault(outcomes, len(self._numbers) + 1)
        return found

    def _who(self, identity: Identity, conditions: Conditions) -> object:
        """Equal for callers of whom nothing differs that the conditions ask."""
        if self._own[id(conditions)] or self._circumstances.doubt(identity) is not ALWAYS:
            return identity
        return identity.account, identity.is_role

    def _outcomes(self, identity: Identity, conditions: Conditions) -> Iterable[object]:
        known, plain = self._circumstances.caller(identity), self._circumstances.plainest(identity)
        context = together(known)
        yield from [holds(each, context) for each in conditions]
        if plain is not None:
            context = together(known, plain)
            yield from [holds(each, context) for each in conditions]
        yield self._circumstances.doubt(identity)
