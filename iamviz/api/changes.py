"""What would have to change so that a simulated request is allowed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from iamviz.api.deciding import statement_of
from iamviz.api.simulation import Held, Simulation, layer_of
from iamviz.api.verdicts import sentence, side_of, statement_name
from iamviz.api.words import conditions_words
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.conditions import context_of
from iamviz.policy.decision import Deciding, Decision
from iamviz.policy.document import Statement
from iamviz.policy.layers import Layer
from iamviz.policy.weighing import Weighed

MOST_NEAR = 3
"""Statements that would allow it under other circumstances; the rest says no more."""


def changes_of(simulation: Simulation, decision: Decision) -> list[str]:
    """Sentences, each one step; all of them are needed, unless one says "or"."""
    if decision.outcome == "allowed":
        return []
    denials = [each for each in decision.because if each.effect == "Deny"]
    is_open = decision.outcome == "conditional"
    found = [*(_under_conditions(simulation, decision) if is_open else _without(simulation, denials))]
    blocked = dict.fromkeys(decision.blocked_by)
    denying = {held.layer for held in simulation.held if any(each.policy == held.key for each in denials)}
    for layer in blocked:
        if decision.outcome != "explicitly_denied" or layer not in denying:
            found += _in_layer(simulation, layer)
    found += [f"Collect what is missing: {missing}." for missing in decision.missing]
    return list(dict.fromkeys(found))


def _without(simulation: Simulation, denials: Sequence[Deciding]) -> Iterator[str]:
    held = {each.key: each for each in simulation.held}
    for denial in denials:
        statement = statement_of(held[denial.policy], denial.statement)
        if statement is None:
            continue
        yield f"{_name(held[denial.policy], statement)} must not deny it: a Deny wins over every Allow."
        if statement.conditions:
            yield f"Or the request must not be one where {conditions_words(statement.conditions)}."


def _name(held: Held, statement: Statement) -> str:
    """As in: Statement 2 (NobodyLeaves) of Guard on Root."""
    where = f" on {held.owner}" if held.layer in {"scp", "rcp"} else ""
    return f"{statement_name(held, statement.index, statement.sid)}{where}"


def _under_conditions(simulation: Simulation, decision: Decision) -> Iterator[str]:
    held = {each.key: each for each in simulation.held}
    for each in decision.because:
        statement = statement_of(held[each.policy], each.statement)
        if statement is not None and statement.conditions:
            verb = "allows it only where" if each.effect == "Allow" else "denies it where"
            yield f"{_name(held[each.policy], statement)} {verb} {conditions_words(statement.conditions)}."
    if decision.depends_on:
        yield f"The request decides: it hangs on {', '.join(decision.depends_on)}."


def _in_layer(simulation: Simulation, layer: str) -> Iterator[str]:
    question = simulation.question
    who, what = question.holder.name, f"{question.action} on {question.resource}"
    layers = simulation.compiled()
    match layer:
        case "identity":
            yield from _near(simulation, layers.identity)
            yield f"A policy of {who}, or of a group that it is in, must allow {what}."
        case "resource":
            yield from _near(simulation, layers.resource)
            yield _let_in(simulation)
        case "boundary":
            yield from _near(simulation, layers.boundaries)
            yield f"The permissions boundary of {who} must allow {what}."
        case "scp":
            yield from _on_levels(simulation, what)
        case "iam":
            yield "AWS keeps this for itself: no policy can allow it."
        case _:
            yield f"{sentence(layer)} must let it through."


def _let_in(simulation: Simulation) -> str:
    question = simulation.question
    if question.asks_trust:
        role = simulation.of("resource")[0].owner
        return (
            f"The trust policy of {role} must name {question.holder.arn} in a statement that allows {question.action}."
        )
    return f"The policy of {question.resource} must let {question.holder.arn} in."


def _on_levels(simulation: Simulation, what: str) -> Iterator[str]:
    for level in simulation.levels("scp"):
        layer = layer_of("scp", level)
        side = side_of(simulation, layer)
        if not side.allowing and not side.missing:
            yield from _near(simulation, layer)
            yield f"A service control policy on {level[0].owner} must allow {what}."


def _near(simulation: Simulation, layer: Layer | None) -> Iterator[str]:
    """What would allow it if the request, or the caller, were another."""
    held = {each.key: each for each in simulation.held}
    seen = {_place(each) for each in side_of(simulation, layer).allowing}
    given = {key.casefold() for key in simulation.question.given}
    known = {key: value for key, value in simulation.known.items() if key.casefold() not in given}
    who = simulation.question.holder.name
    for keys, verb, end in (
        (known, "would allow it where", "."),
        ({}, "allows it only where", f": never so for {who}."),
    ):
        others = side_of(_knowing(simulation, keys), layer).allowing
        near = [each for each in others if _place(each) not in seen and each.clause.statement.conditions][:MOST_NEAR]
        for each in near:
            seen.add(_place(each))
            statement = each.clause.statement
            where = conditions_words(statement.conditions)
            yield f"{_name(held[each.clause.policy], statement)} {verb} {where}{end}"


def _knowing(simulation: Simulation, keys: KnownKeys) -> Simulation:
    """The same request with nothing known of it but these keys."""
    return replace(simulation, request=structs.replace(simulation.request, context=context_of(keys, complete=False)))


def _place(each: Weighed) -> tuple[str, int]:
    return each.clause.policy, each.clause.statement.index
