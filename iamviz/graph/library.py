"""Policies made ready to be asked: each distinct document compiled once, and found again for proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iamviz.graph.model import Evidence, Side
from iamviz.graph.world import Grain
from iamviz.inventory.access import Held
from iamviz.inventory.action_sets import ActionSpace, covered
from iamviz.policy.document import Document, Statement
from iamviz.policy.expression import NEVER
from iamviz.policy.layers import Clause, Compiled, Layer, Policy, clause_of, has_variables
from iamviz.policy.resources import PolicyType, covers_resource

_OWN_KEYS = frozenset({"aws:federatedprovider", "aws:principalarn", "aws:userid", "aws:username"})
_OWN_FAMILY = "aws:principaltag/"
_RESOURCE_FAMILIES = ("aws:resource", "iam:resourcetag/")
_VARIABLE = re.compile(r"\$\{([^},]*)")


Meaning = tuple[object, ...]
"""What a statement says of whatever action it covers: its effect, its resources, its conditions."""


class Volume:
    """One distinct document; `name` is what layers call it. `covered` are, by statement, those asked about often."""

    __slots__ = ("_said", "allowed", "compiled", "covered", "document", "name", "sayings")

    def __init__(self, name: str, document: Document, covered: tuple[int, ...]) -> None:
        self.name = name
        self.document = document
        self.compiled = Compiled(document)
        self.covered = covered
        self.allowed = 0
        for each, own in zip(document.statements, covered, strict=True):
            self.allowed |= own if each.effect == "Allow" else 0
        self.sayings: frozenset[tuple[int, int]] | None = None
        self._said: dict[str, tuple[Statement, ...]] = {}

    def about(self, action: str, mark: int) -> tuple[Statement, ...]:
        """The statements that speak of the action; `mark` is its bit, 0 where it is none that is asked about often."""
        if mark:
            return tuple([each for each, own in zip(self.document.statements, self.covered, strict=True) if own & mark])
        found = self._said.get(action)
        if found is None:
            found = self._said[action] = tuple(self.compiled.index.covering(action))
        return found


class Library:
    """The distinct documents, and the distinct clauses of their statements.

    Documents are told apart by identity: the reader of snapshots parses equal texts once. Statements of several
    documents that say the same of an action are one clause: whom other statements set apart is decided on together.
    """

    def __init__(self, actions: Iterable[str] = ()) -> None:
        """`actions` are those that will be asked about often."""
        self._space = ActionSpace(dict.fromkeys(sorted(map(str.lower, actions)), ""))
        self._marks: dict[str, int] = {}
        self._covered: dict[tuple[tuple[str, ...] | None, tuple[str, ...] | None], int] = {}
        self._volumes: dict[int, Volume] = {}
        self._by_name: dict[str, Volume] = {}
        self._meanings: dict[Meaning, int] = {}
        self._clauses: dict[tuple[str, int], Clause] = {}
        self._actions: dict[str, str] = {}

    def mark(self, *actions: str) -> int:
        """The bits of actions that are asked about often; 0 for one that is not."""
        found = 0
        for action in actions:
            mark = self._marks.get(action)
            if mark is None:
                mark = self._marks[action] = self._space.matching(action)
            found |= mark
        return found

    def volume(self, document: Document) -> Volume:
        """The document made ready."""
        found = self._volumes.get(id(document))
        if found is None:
            covered = tuple(map(self._covered_by, document.statements))
            found = Volume(str(len(self._volumes)), document, covered)
            self._volumes[id(document)] = self._by_name[found.name] = found
        return found

    def _covered_by(self, statement: Statement) -> int:
        key = statement.actions, statement.not_actions
        found = self._covered.get(key)
        if found is None:
            found = self._covered[key] = covered(statement, self._space)
        return found

    def about(self, document: Document, action: str) -> tuple[Statement, ...]:
        """The statements of the document that speak of the action."""
        return self.volume(document).about(action, self.mark(action))

    def sayings(self, document: Document) -> frozenset[tuple[int, int]]:
        """What the document says of the actions that are asked about often: meanings, and of which it is said."""
        volume = self.volume(document)
        if volume.sayings is None:
            volume.sayings = frozenset(
                (self.meaning(each, document.version), own)
                for each, own in zip(document.statements, volume.covered, strict=True)
                if own
            )
        return volume.sayings

    def listed(self, document: Document) -> list[Statement]:
        """The statements that speak of any action that is asked about often."""
        volume = self.volume(document)
        return [each for each, own in zip(document.statements, volume.covered, strict=True) if own]

    def meaning(self, statement: Statement, version: str) -> int:
        """Equal for statements that say the same of the actions that they cover."""
        said = statement.effect, statement.resources, statement.not_resources, statement.conditions, version
        return self._meanings.setdefault(said, len(self._meanings))

    def clauses(self, document: Document, action: str) -> Iterator[tuple[Clause, Statement]]:
        """What the document says of the action, as clauses that other documents may share, and its own statements."""
        for statement in self.about(document, action):
            yield self._clause(statement, document.version, action), statement

    def _clause(self, statement: Statement, version: str, action: str) -> Clause:
        key = action, self.meaning(statement, version)
        found = self._clauses.get(key)
        if found is None:
            name = f"{action} {len(self._clauses)}"
            found = self._clauses[key] = clause_of(name, statement, version)
            self._actions[name] = action
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
        """The clause as it stands in the policies of one holder: several statements of them may say the same."""
        for each in held:
            for statement in self._standing_for(clause, each.document):
                yield Evidence(side, each.policy, each.owner, statement.index, statement.sid, statement.effect)

    def _standing_for(self, clause: Clause, document: Document | None) -> Iterable[Statement]:
        if document is None:
            return ()
        action = self._actions.get(clause.policy)
        if action is None:
            # The clause of one document, and no other.
            return (clause.statement,) if document is self._by_name[clause.policy].document else ()
        return (statement for own, statement in self.clauses(document, action) if own is clause)


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
    yield grain_of_keys(keys_read(statement))
    if has_variables(statement):
        yield Grain.RESOURCE


def grain_of_keys(keys: Iterable[str]) -> Grain:
    """The finest that condition keys, casefolded, ask of a resource."""
    asked = (each for each in keys if each.startswith(_RESOURCE_FAMILIES) or "resourcetag/" in each)
    return max((_GRAINS.get(each, Grain.RESOURCE) for each in asked), default=Grain.ALL)


def covers(kind: PolicyType, clause: Clause, arn: str) -> bool:
    """Whether the clause speaks, or might speak, of the resource."""
    return covers_resource(clause.statement, arn, kind, version=clause.version) is not NEVER


def is_own_key(key: str) -> bool:
    """Whether the key, casefolded, tells one caller from another of its kind and account."""
    return key in _OWN_KEYS or key.startswith(_OWN_FAMILY)


def keys_read(statement: Statement) -> Iterator[str]:
    """The condition keys that decide whether the statement applies, casefolded."""
    yield from keys_tested(statement)
    yield from _variables(statement.resources or ())
    yield from _variables(statement.not_resources or ())


def keys_tested(statement: Statement) -> Iterator[str]:
    """Those that its conditions read, casefolded."""
    for condition in statement.conditions:
        yield condition.key.casefold()
        yield from _variables(condition.values)


def _variables(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        if "${" in value:
            yield from (name.strip().casefold() for name in _VARIABLE.findall(value))
