"""What each layer says of a simulated request, each by itself, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamviz.api.simulation import PASTED, Held, Simulation, layer_of
from iamviz.inventory.guardrails import Guardrails
from iamviz.policy.decision import Decision
from iamviz.policy.expression import ALWAYS
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.weighing import Weighed, allows, allows_caller, denies, denies_caller

Verdict = tuple[str, str]
"""Verdict and where it comes from, in words."""

_NAMES = {"scp": "service control policy", "rcp": "resource control policy"}


@dataclass(frozen=True, slots=True)
class Side:
    """What the policies of one layer say: the clauses that speak of the request, and what is missing."""

    allowing: Sequence[Weighed]
    denying: Sequence[Weighed]
    missing: Sequence[str] = ()

    @property
    def best(self) -> Weighed | None:
        return next((each for each in self.allowing if each.term == ALWAYS), next(iter(self.allowing), None))

    @property
    def denied(self) -> Weighed | None:
        return next((each for each in self.denying if each.term == ALWAYS), None)


def side_of(simulation: Simulation, layer: Layer | None) -> Side:
    """The clauses of a layer that speak of the request; those with a Principal only where they name the caller."""
    request = simulation.request
    if layer is None:
        return Side((), ())
    missing = [policy.missing for policy in layer.policies if policy.compiled is None]
    if layer.kind in {"trust", "resource", "rcp"}:
        caller = request.principal
        return Side(allows_caller(layer, request, caller), denies_caller(layer, request, caller), missing)
    return Side(allows(layer, request), denies(layer, request), missing)


def verdicts_of(simulation: Simulation, decision: Decision) -> list[dict[str, str]]:
    """One verdict for each of six layers, in the order in which a reader looks for them."""
    says = _Says(simulation, decision)
    verdicts = {
        "identity": says.identity(),
        "trust" if simulation.question.asks_trust else "resource": says.resource(),
        "scp": says.control("scp", simulation.scps),
        "rcp": says.control("rcp", simulation.rcps),
        "boundary": says.boundary(),
        "session": ("not-evaluated", "Session policies are chosen by the caller and are in no snapshot."),
    }
    return [{"layer": layer, "verdict": verdict, "where": where} for layer, (verdict, where) in verdicts.items()]


class _Says:
    """The verdicts of one request."""

    def __init__(self, simulation: Simulation, decision: Decision) -> None:
        self._simulation = simulation
        self._layers = simulation.compiled()
        self._held = {each.key: each for each in simulation.held}
        self._blocked = set(decision.blocked_by)
        self._who = simulation.question.holder.name

    def identity(self) -> Verdict:
        side = side_of(self._simulation, self._layers.identity)
        found = self._found(side)
        if found is not None:
            return found
        if "identity" not in self._blocked and side_of(self._simulation, self._layers.resource).allowing:
            return "does-not-apply", f"The policy of the resource names {self._who}: no policy of its own is needed."
        return "blocks", f"No policy of {self._who} allows it."

    def resource(self) -> Verdict:
        standing = self._simulation.resource_side
        if standing.standing == "none":
            return "does-not-apply", "Nothing here has a policy of its own that counts for this action."
        side = side_of(self._simulation, self._layers.resource)
        if standing.standing == "missing":
            return "unknown", sentence(standing.missing)
        found = self._found(side)
        if found is None:
            return "blocks", f"No statement of it lets {self._who} in."
        if "resource" in self._blocked and found[0] != "blocks":
            return "blocks", f"{found[1]} That is not enough here."
        return found

    def boundary(self) -> Verdict:
        if self._layers.boundaries is None:
            return "none-set", f"{self._who} has no permissions boundary."
        found = self._found(side_of(self._simulation, self._layers.boundaries))
        if found is not None:
            return found
        if "boundary" not in self._blocked and "identity" not in self._blocked:
            return "does-not-apply", f"The resource names {self._who} in a way that its boundary does not limit."
        return "blocks", f"The permissions boundary of {self._who} does not allow it."

    def control(self, layer: str, guardrails: Guardrails) -> Verdict:
        if guardrails.standing == "none":
            return "none-set", guardrails.reason
        if guardrails.standing == "exempt":
            return "does-not-apply", guardrails.reason
        if guardrails.standing == "unknown":
            return "unknown", guardrails.reason
        return self._worst([self._level(layer, level) for level in self._simulation.levels(layer)], layer)

    def _level(self, layer: str, level: Sequence[Held]) -> Verdict:
        side = side_of(self._simulation, layer_of("scp" if layer == "scp" else "rcp", level))
        if layer == "rcp" and side.denied is None and not side.denying:
            # A policy with full access is attached everywhere, also where the export does not list it.
            return ("unknown", sentence(side.missing[0])) if side.missing else ("allows", "")
        found = self._found(side, f" on {level[0].owner}")
        return found or ("blocks", f"No {_NAMES[layer]} on {level[0].owner} allows it.")

    def _worst(self, verdicts: Sequence[Verdict], layer: str) -> Verdict:
        for wanted in ("blocks", "unknown", "allows-if"):
            found = next((each for each in verdicts if each[0] == wanted), None)
            if found is not None:
                return found
        return "allows", f"No {_NAMES[layer]} from the root down to the account stands in the way."

    def _found(self, side: Side, where: str = "") -> Verdict | None:
        """What the clauses say; None where none of them allows it and no document is missing."""
        if side.denied is not None:
            return "blocks", f"{self.name(side.denied.clause)}{where} denies it."
        best = side.best
        if best is None:
            return ("unknown", sentence("; ".join(side.missing))) if side.missing else None
        hanging = next(iter(side.denying), None)
        if hanging is not None:
            return "allows-if", f"{self.name(hanging.clause)}{where} denies it under a condition."
        return "allows" if best.term == ALWAYS else "allows-if", f"{self.name(best.clause)}{where} allows it."

    def name(self, clause: Clause) -> str:
        return statement_name(self._held[clause.policy], clause.statement.index, clause.statement.sid)


def statement_name(held: Held, index: int, sid: str | None) -> str:
    """As in: Statement 2 (Deploy) of OpsAccess."""
    sid_words = f" ({sid})" if sid else ""
    name = f"the trust policy of {held.owner}" if held.cell == "trust" else held.name
    name = PASTED if held.key == PASTED else name
    return f"Statement {index + 1}{sid_words} of {name}"


def sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
