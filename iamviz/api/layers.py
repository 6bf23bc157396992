"""What each layer of AWS's evaluation says about one pair of nodes, the ones that are not evaluated named as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from iamviz.api.callers import CallerSides, Side
from iamviz.api.evidence import Library
from iamviz.api.rendering import node_ref_of_id
from iamviz.api.trusting import admits, trusts_of
from iamviz.api.words import sessions_of
from iamviz.graph.model import Evidence, IamGraph, Link, Trust
from iamviz.inventory.guardrails import GuardrailType, guardrails_of
from iamviz.policy.arn import account_of
from iamviz.policy.document import Statement
from iamviz.policy.expression import ALWAYS, Certainty, Expression, certainty, reasons

Verdict = tuple[str, str]
"""Verdict and where it comes from, in words."""

_BY_CERTAINTY = {Certainty.CERTAIN: "allows", Certainty.CONDITIONAL: "allows-if", Certainty.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of nodes with all that was found about it; `expressions` are empty where one cannot become the other."""

    graph: IamGraph
    library: Library
    expressions: Sequence[Expression]
    evidence: Sequence[Evidence]
    blocked: Sequence[Link]

    @property
    def holds(self) -> bool:
        return bool(self.expressions)

    @property
    def is_certain(self) -> bool:
        """Whether it holds whatever else is known of the call."""
        return any(expression is ALWAYS for expression in self.expressions)

    @property
    def source(self) -> str:
        return self._name(self.library.source)

    @property
    def target(self) -> str:
        return self._name(self.library.target)

    @property
    def missing(self) -> str:
        """What is missing, in words; empty if nothing is."""
        return "; ".join(sorted({reason for expression in self.expressions for reason in reasons(expression)}))

    def kind(self, node_id: str) -> str | None:
        node = self.graph.index(node_id)
        return None if node is None else self.graph.kind(node)

    def trusts(self) -> list[Trust]:
        """The entries of the role's trust policy that let the source in, if nothing else speaks against it."""
        source = self.graph.index(self.library.source)
        found = trusts_of(self.graph, self.library.target)
        return [trust for trust in found if source is not None and admits(self.graph, trust, source)]

    def _name(self, node_id: str) -> str:
        node = self.graph.index(node_id)
        return node_id if node is None else self.graph.names[node]


def layers_of(pair: Pair) -> list[dict[str, str]]:
    """One verdict for each layer, in the order in which a reader looks for them."""
    if pair.kind(pair.library.target) != "role":
        membership = "does-not-apply", "No role is assumed: whoever is in a group has its permissions."
        verdicts: dict[str, Verdict] = dict.fromkeys(_LAYERS, membership)
    else:
        sides = pair.library.caller_sides()
        verdicts = {
            "identity": _identity(pair, sides),
            "trust": _trust(pair),
            "scp": _guardrail(pair, "scp", pair.library.source),
            "rcp": _guardrail(pair, "rcp", pair.library.target),
            "boundary": _boundary(pair, sides),
            "session": ("not-evaluated", "Session policies are chosen by the caller and are in no snapshot."),
        }
    return [{"layer": layer, "verdict": verdict, "where": where} for layer, (verdict, where) in verdicts.items()]


_LAYERS = ("identity", "trust", "scp", "rcp", "boundary", "session")


def _identity(pair: Pair, sides: CallerSides | None) -> Verdict:
    closed = _closed(pair, "identity")
    if closed is not None:
        return closed
    if sides is not None:
        return _own(pair, sides.identity)
    if pair.kind(pair.library.source) in {"external-account", "external-principal", "anyone", "account"}:
        return "unknown", _sentence(pair.missing or "the caller's own policies are not in the snapshot")
    return "does-not-apply", "Whoever comes this way needs no policy of its own: the trust policy alone decides."


def _own(pair: Pair, side: Side) -> Verdict:
    sure = certainty(side.holds)
    if side.denying is not None:
        return "blocks", f"{_statement(side)} denies it."
    if sure is not None:
        verdict = "allows" if pair.is_certain and side.allowing else _BY_CERTAINTY[sure]
        return verdict, f"{_statement(side)} allows it." if side.allowing else _sentence(_why(side))
    if pair.holds or (any(trust.level != "account" for trust in pair.trusts()) and _in_one_account(pair)):
        return (
            "does-not-apply",
            "The trust policy names the caller of the same account: no policy of its own is needed.",
        )
    return "blocks", f"No policy of {pair.source} allows it to assume {pair.target}."


def _trust(pair: Pair) -> Verdict:
    closed = _closed(pair, "trust") or _closed(pair, "dead")
    if closed is not None:
        return closed
    allowing = [each for each in pair.evidence if each.side == "trust" and each.effect == "Allow"]
    if allowing:
        return _of_evidence(pair, allowing)
    if pair.holds:
        return "unknown", _sentence(pair.missing or "the trust policy cannot be read")
    naming = [Evidence("trust", "", trust.role, trust.statement, trust.sid) for trust in pair.trusts()]
    if naming:
        return _of_evidence(pair, naming)
    return "blocks", f"No statement of the trust policy of {pair.target} lets the caller in."


def _of_evidence(pair: Pair, allowing: Sequence[Evidence]) -> Verdict:
    """Under no condition if one of the statements has none."""
    found = [(each, pair.library.statement(each)) for each in allowing]
    free = next((each for each, statement in found if statement is not None and _is_free(pair, statement)), None)
    decisive = free or allowing[0]
    sid = f" ({decisive.sid})" if decisive.sid else ""
    return (
        "allows" if free or pair.is_certain else "allows-if",
        f"Statement {decisive.statement + 1}{sid} of the trust policy of {pair.target}.",
    )


def _is_free(pair: Pair, statement: Statement) -> bool:
    """Whether it lets the source in whatever the request: under no condition, and not only a session of it."""
    source = node_ref_of_id(pair.graph, pair.library.source)
    return not statement.conditions and not sessions_of(statement, source)


def _guardrail(pair: Pair, layer: Literal["scp", "rcp"], limited: str) -> Verdict:
    """What the control policies above an account say; of whoever has no account of ours they say nothing."""
    closed = _closed(pair, layer)
    if closed is not None:
        return closed
    organization = pair.library.organization
    if organization is not None and layer == "scp" and pair.kind(limited) not in {"user", "role"}:
        return "does-not-apply", "Service control policies limit users and roles of the organization's accounts only."
    found = guardrails_of(organization, account_of(limited) or "", _TYPES[layer])
    if found.standing != "applies":
        return _STANDINGS[found.standing], found.reason
    levels = f"{len(found.levels)} level{'s' if len(found.levels) > 1 else ''} from {found.levels[0].name} down"
    if any(each.side == layer for each in pair.evidence):
        return "allows-if", f"The {levels} allow it where their conditions hold."
    return "allows", f"The {levels} let it through."


_TYPES: dict[str, GuardrailType] = {"scp": "SERVICE_CONTROL_POLICY", "rcp": "RESOURCE_CONTROL_POLICY"}
_STANDINGS: dict[str, str] = {"none": "none-set", "exempt": "does-not-apply", "unknown": "unknown"}


def _boundary(pair: Pair, sides: CallerSides | None) -> Verdict:
    closed = _closed(pair, "boundary")
    if closed is not None:
        return closed
    if sides is None:
        return "does-not-apply", "Only users and roles have a permissions boundary."
    side = sides.boundary
    if side is None:
        return "none-set", f"{pair.source} has no permissions boundary."
    sure = certainty(side.holds)
    if side.denying is None and sure is not None:
        return _BY_CERTAINTY[sure], f"{_statement(side)} allows it." if side.allowing else _sentence(_why(side))
    if pair.holds:
        return "does-not-apply", "The trust policy names the caller in a way that its boundary does not limit."
    return "blocks", f"The permissions boundary of {pair.source} does not allow it."


def _closed(pair: Pair, layer: str) -> Verdict | None:
    """That this layer blocks, where it was found to."""
    if pair.holds:
        return None
    return next((("blocks", _sentence(link.reason)) for link in pair.blocked if link.layer == layer), None)


def _in_one_account(pair: Pair) -> bool:
    ends = [pair.graph.index(each) for each in (pair.library.source, pair.library.target)]
    accounts = [None if end is None else int(pair.graph.account_of[end]) for end in ends]
    return accounts[0] == accounts[1]


def _statement(side: Side) -> str:
    source = side.denying or side.allowing
    assert source is not None
    sid = f" ({source.statement.sid})" if source.statement.sid else ""
    policy = source.policy.rsplit("/", 1)[-1]
    return f"Statement {source.statement.index + 1}{sid} of {policy}"


def _why(side: Side) -> str:
    return "; ".join(sorted(set(reasons(side.holds))))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
