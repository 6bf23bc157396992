"""What is known of a request: its condition keys, those that it is known to lack, and whether there may be more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iamviz.policy.variables import EVERY_OTHER_KEY, Values, is_known

KeyValues = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Context:
    """The condition keys of a request, casefolded; None: known to be absent.

    A key that is not in `values` is absent where the context is complete, else unknown. `multivalued` are the keys
    that hold a list, be it of one value. `keeps_doubt`: a condition whose operator AWS does not know stays something
    missing; else no request matches it, as AWS has it. `beginnings` are keys, casefolded, that are there with a single
    value, of which no more is known than how it begins; as ids do, the rest has no wildcards.
    """

    values: KeyValues = field(default_factory=dict)
    multivalued: frozenset[str] = frozenset()
    complete: bool = True
    keeps_doubt: bool = False
    beginnings: Mapping[str, str] = field(default_factory=dict)
    _variables: Values | None = field(init=False, compare=False, repr=False, default=None)

    @property
    def variables(self) -> Values:
        """The same for policy variables: a key that holds a list does not substitute."""
        # Few statements hold variables, and contexts are made for every request.
        if self._variables is None:
            object.__setattr__(self, "_variables", self._substituted())
        return self._variables or {}

    def _substituted(self) -> Values:
        lists = self.multivalued
        variables: dict[str, str | None] = {
            key: found[0] if found and len(found) == 1 and key not in lists else None
            for key, found in self.values.items()
        }
        if self.complete:
            variables[EVERY_OTHER_KEY] = None
        return variables

    def knows(self, key: str) -> bool:
        """Whether the key's values, or its absence, are known."""
        return self.complete or is_known(key, self.values)

    def get(self, key: str) -> tuple[str, ...]:
        """The values of a key that is known; none where it is absent. A list without values is as good as absent."""
        return self.values.get(key.casefold()) or ()

    def is_list(self, key: str) -> bool:
        folded = key.casefold()
        return folded in self.multivalued or len(self.values.get(folded) or ()) > 1


def context_of(given: Mapping[str, str | Iterable[str] | None], *, complete: bool = True) -> Context:
    """The context of keys in any case: a text is a single value, anything else a list of them, None an absence."""
    values: dict[str, tuple[str, ...] | None] = {}
    multivalued: set[str] = set()
    for key, value in given.items():
        folded = key.casefold()
        if value is None or isinstance(value, str):
            values[folded] = None if value is None else (value,)
        else:
            values[folded] = tuple(value)
            multivalued.add(folded)
    return Context(values, frozenset(multivalued), complete)


NO_KEYS = Context()
NOTHING_KNOWN = Context(complete=False)
