"""The statements that decide a simulated request, in their documents, with what each line says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from iamviz.api.documents import lines_of
from iamviz.api.simulation import PASTED, Held, Simulation
from iamviz.api.words import conditions_words
from iamviz.policy.arn import parse_arn
from iamviz.policy.decision import Deciding, Decision
from iamviz.policy.document import Statement
from iamviz.policy.text import StatementLines, pretty

MOST_DOCUMENTS = 12
"""More say no more: whoever is allowed by thirteen policies is allowed."""


def deciding_of(simulation: Simulation, found: Sequence[Deciding]) -> list[dict[str, Any]]:
    """The statements by the names that people know."""
    held = {each.key: each for each in simulation.held}
    return [
        {
            "layer": held[each.policy].layer,
            "policy": held[each.policy].arn or held[each.policy].name,
            "owner": held[each.policy].owner,
            "statement": each.statement,
            "sid": statement.sid,
            "effect": each.effect,
        }
        for each in found
        if (statement := statement_of(held[each.policy], each.statement)) is not None
    ]


def documents_of(simulation: Simulation, decision: Decision) -> list[dict[str, Any]]:
    """Each document once, what denies first."""
    held = {each.key: each for each in simulation.held}
    grouped: dict[str, list[int]] = {}
    for each in sorted(decision.because, key=lambda each: each.effect != "Deny"):
        grouped.setdefault(each.policy, []).append(each.statement)
    shown = list(grouped.items())[:MOST_DOCUMENTS]
    is_open = decision.outcome == "conditional"
    return [_document(simulation, held[key], indexes, is_open=is_open) for key, indexes in shown]


def statement_of(held: Held, index: int) -> Statement | None:
    document = held.document.document if held.document else None
    return next((each for each in document.statements if each.index == index), None) if document else None


def _document(simulation: Simulation, held: Held, indexes: Sequence[int], *, is_open: bool) -> dict[str, Any]:
    text = pretty(held.document.text) if held.document else ""
    lines = lines_of(text)
    statements = [found for index in dict.fromkeys(indexes) if (found := statement_of(held, index)) is not None]
    return {
        "layer": held.layer,
        "title": _title(held, statements, is_open=is_open),
        "name": held.name,
        "arn": held.arn,
        "text": text,
        "highlights": [
            highlight
            for statement in statements
            if statement.index in lines
            for highlight in _highlights(simulation, statement, lines[statement.index])
        ],
    }


def _title(held: Held, statements: Sequence[Statement], *, is_open: bool) -> str:
    """`is_open`: the request has yet to say whether it does."""
    denies = any(statement.effect == "Deny" for statement in statements)
    verb = ("may deny it" if denies else "may allow it") if is_open else ("denies it" if denies else "allows it")
    match held.layer:
        case "scp" | "rcp":
            return f"{held.layer.upper()} on {held.owner} {verb}"
        case "boundary":
            return f"Boundary of {held.owner} {verb}"
        case "resource" if held.key == PASTED:
            return f"{PASTED.capitalize()} {verb}"
        case "resource":
            return f"Trust policy of {held.owner} {verb}"
        case _:
            return f"Policy of {held.owner} {verb}"


def _highlights(simulation: Simulation, statement: Statement, lines: StatementLines) -> Iterator[dict[str, Any]]:
    notes = dict(_notes(simulation, statement))
    marked = [(lines.elements[element], note) for element, note in notes.items() if element in lines.elements]
    if not marked:
        marked = [((lines.first_line, lines.last_line), f"statement {statement.index + 1} decides")]
    for (first, last), note in sorted(marked):
        yield {"first_line": first, "last_line": last, "note": note}


def _notes(simulation: Simulation, statement: Statement) -> Iterator[tuple[str, str]]:
    """Element: what it says about this request."""
    question = simulation.question
    if statement.effect == "Deny":
        yield "Effect", "an explicit Deny: it wins over every Allow"
    if statement.principals is not None:
        yield "Principal", f"covers {question.holder.name}"
    if statement.not_principals is not None:
        yield "NotPrincipal", f"names everyone but those listed: {question.holder.name} too"
    yield ("Action" if statement.actions is not None else "NotAction"), f"covers {question.action}"
    if statement.resources is not None:
        yield "Resource", f"covers {_short(question.resource)}"
    if statement.not_resources is not None:
        yield "NotResource", f"covers {_short(question.resource)}, which is not listed"
    if statement.conditions:
        yield "Condition", f"where {conditions_words(statement.conditions)}"


def _short(resource: str) -> str:
    arn = parse_arn(resource)
    return arn.resource if arn else "every resource"
