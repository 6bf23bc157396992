"""The documents behind a relation, each with the lines that decide and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from iamviz.api.callers import CallerSides, caller_sides
from iamviz.api.documents import find_holder, inline_named, lines_of
from iamviz.api.rendering import node_ref_of_id
from iamviz.api.words import conditions_words
from iamviz.graph.model import Evidence, IamGraph
from iamviz.inventory.managed import managed_document
from iamviz.inventory.model import Group, Inventory, Organization, PolicyDocument, Role
from iamviz.policy.arn import account_of, parse_arn
from iamviz.policy.document import Statement
from iamviz.policy.text import StatementLines, pretty

Load = Callable[[str], Inventory | None]
"""Gives the inventory of an account, None where it was not collected."""


class Library:
    """Finds the documents that the evidence of one pair of nodes names; each account is loaded once."""

    def __init__(
        self, graph: IamGraph, load: Load, source: str, target: str, organization: Organization | None = None
    ) -> None:
        self._graph = graph
        self.organization = organization
        self._load: Load = cache(load)
        self.source = source
        self.target = target

    def document(self, evidence: Evidence) -> PolicyDocument | None:
        """The document in which the statement stands, None where nobody holds it."""
        if evidence.side == "trust":
            role = find_holder(self._inventory(evidence.owner), evidence.owner)
            return role.trust if isinstance(role, Role) else None
        if evidence.side in {"scp", "rcp"}:
            listed = self.organization.guardrails if self.organization else None
            return next((each.document for each in listed or () if each.id == evidence.owner), None)
        if parse_arn(evidence.policy) is not None:
            inventory = self._inventory(self.source)
            return managed_document(inventory, evidence.policy) if inventory else None
        holder = find_holder(self._inventory(evidence.owner), evidence.owner)
        found = inline_named(holder, evidence.policy) if holder else None
        return found.document if found else None

    def statement(self, evidence: Evidence) -> Statement | None:
        found = self.document(evidence)
        statements = found.document.statements if found and found.document else ()
        return next((each for each in statements if each.index == evidence.statement), None)

    def owner(self, evidence: Evidence) -> dict[str, Any]:
        """Who has the policy. A managed one is shown with the identity that it is about."""
        held = self._graph.index(evidence.owner) is not None
        return node_ref_of_id(self._graph, evidence.owner if held else self.source)

    def caller_sides(self) -> CallerSides | None:
        """What the source's own policies say, None for who has none or is not in the snapshot."""
        inventory = self._inventory(self.source)
        holder = find_holder(inventory, self.source)
        if inventory is None or holder is None or isinstance(holder, Group):
            return None
        return caller_sides(inventory, holder, self.target)

    def _inventory(self, arn: str) -> Inventory | None:
        account = account_of(arn)
        return self._load(account) if account else None


def documents_of(library: Library, evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Each document once, the trust policy last, as somebody reads it: may the caller, is he let in."""
    grouped: dict[tuple[str, str, str], list[Evidence]] = {}
    for each in evidence:
        grouped.setdefault((each.side, each.policy, each.owner), []).append(each)
    ordered = sorted(grouped.values(), key=lambda group: (group[0].side == "trust", group[0].side == "boundary"))
    return [rendered for group in ordered if (rendered := _document(library, group)) is not None]


def _document(library: Library, group: Sequence[Evidence]) -> dict[str, Any] | None:
    first = group[0]
    document = library.document(first)
    if document is None:
        return None
    text = pretty(document.text)
    lines = lines_of(text)
    is_managed = parse_arn(first.policy) is not None
    return {
        "side": first.side,
        "owner": library.owner(first),
        "name": first.policy.rpartition("/")[2] if is_managed else first.policy,
        "arn": first.policy if is_managed else None,
        "text": text,
        "statement": first.statement,
        "highlights": [
            highlight
            for each in dict.fromkeys(group)
            if each.statement in lines
            for highlight in _highlights(library, each, lines[each.statement])
        ],
    }


def _highlights(library: Library, evidence: Evidence, lines: StatementLines) -> Iterator[dict[str, Any]]:
    statement = library.statement(evidence)
    notes = dict(_notes(library, evidence, statement)) if statement else {}
    marked = [(lines.elements[element], note) for element, note in notes.items() if element in lines.elements]
    if not marked:
        marked = [((lines.first_line, lines.last_line), f"statement {evidence.statement + 1} decides")]
    for (first, last), note in sorted(marked):
        yield {"first_line": first, "last_line": last, "note": note}


def _notes(library: Library, evidence: Evidence, statement: Statement) -> Iterator[tuple[str, str]]:
    """Element: what it says about this pair."""
    verb = "lets in" if evidence.effect == "Allow" else "refuses"
    if evidence.effect == "Deny":
        yield "Effect", "an explicit Deny: it wins over every Allow"
    if statement.principals is not None:
        yield "Principal", f"{verb} {_short(library.source)}"
    if statement.not_principals is not None:
        yield "NotPrincipal", f"{verb} everyone but those listed"
    yield ("Action" if statement.actions is not None else "NotAction"), "covers the action"
    if statement.resources is not None:
        yield "Resource", f"covers {_short(library.target)}"
    if statement.not_resources is not None:
        yield "NotResource", f"covers {_short(library.target)}, which is not listed"
    if statement.conditions:
        only = "only where" if evidence.effect == "Allow" else "where"
        yield "Condition", f"{only} {conditions_words(statement.conditions)}"


def _short(node_id: str) -> str:
    arn = parse_arn(node_id)
    return arn.resource if arn else node_id
