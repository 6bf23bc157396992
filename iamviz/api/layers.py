"""What each layer of AWS's evaluation says about one pair of nodes, the ones that are not evaluated named as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iamviz.api.evidence import Library
from iamviz.api.trusting import admits, trusts_of
from iamviz.graph.model import Evidence, IamGraph, Link
from iamviz.policy.expression import Expression, reasons

Verdict = tuple[str, str]
"""Verdict and where it comes from, in words."""

CALLERS = frozenset({"user", "role"})


def layers_of(
    graph: IamGraph, library: Library, expressions: Sequence[Expression], evidence: Sequence[Evidence],
    blocked: Sequence[Link],
) -> list[dict[str, str]]:  # fmt: skip
    """One verdict for each layer, in the order in which a reader looks for them."""
    missing = sorted({reason for expression in expressions for reason in reasons(expression)})
    closed = {} if expressions else {_layer(link): link.reason for link in blocked}
    verdicts: dict[str, Verdict] = {
        "identity": _identity(graph, library, evidence, missing, bool(expressions)),
        "trust": _trust(graph, library, evidence, bool(expressions)),
        "scp": _guardrail(graph, "service control policies"),
        "rcp": _guardrail(graph, "resource control policies"),
        "boundary": _boundary(graph, library, evidence, missing),
        "session": ("not-evaluated", "Session policies are chosen by the caller and are in no snapshot."),
    }
    verdicts |= {layer: ("blocks", _sentence(reason)) for layer, reason in closed.items()}
    return [{"layer": layer, "verdict": verdict, "where": where} for layer, (verdict, where) in verdicts.items()]


def _layer(link: Link) -> str:
    """Something dead (a deleted principal, a missing provider) is dead in the trust policy."""
    return "trust" if link.layer == "dead" else link.layer


def _identity(
    graph: IamGraph,
    library: Library,
    evidence: Iterable[Evidence],
    missing: Sequence[str],
    holds: bool,  # noqa: FBT001
) -> Verdict:
    source = graph.index(library.source)
    kind = graph.kind(source) if source is not None else "external-principal"
    allowing = [each for each in evidence if each.side == "identity" and each.effect == "Allow"]
    if allowing:
        return _allowed(library, allowing, "in a policy that applies to the caller")
    if kind in {"external-account", "external-principal"}:
        return "unknown", _sentence("; ".join(missing) or "the caller's own policies are not in the snapshot")
    if kind not in CALLERS:
        return "does-not-apply", "Whoever comes this way needs no policy of its own: the trust policy alone decides."
    if not holds:
        return (
            "blocks",
            f"No policy of {_name(graph, library.source)} allows it to assume {_name(graph, library.target)}.",
        )
    if missing:
        return "unknown", _sentence("; ".join(missing))
    return "does-not-apply", "The trust policy names the caller of the same account: no policy of its own is needed."


def _trust(graph: IamGraph, library: Library, evidence: Iterable[Evidence], holds: bool) -> Verdict:  # noqa: FBT001
    allowing = [each for each in evidence if each.side == "trust" and each.effect == "Allow"]
    if allowing:
        return _allowed(library, allowing, "in the trust policy")
    source = graph.index(library.source)
    naming = [t for t in trusts_of(graph, library.target) if source is not None and admits(graph, t, source)]
    if naming and not holds:
        return "allows", f"Statement {naming[0].statement} of the trust policy names the caller, or who it belongs to."
    if holds:
        return "unknown", "The trust policy cannot be read."
    return "blocks", f"No statement of the trust policy of {_name(graph, library.target)} names the caller."


def _allowed(library: Library, allowing: Sequence[Evidence], where: str) -> Verdict:
    """Under no condition if one of the statements has none."""
    found = [(each, library.statement(each)) for each in allowing]
    free = next((each for each, statement in found if statement is not None and not statement.conditions), None)
    decisive = free or allowing[0]
    sid = f" ({decisive.sid})" if decisive.sid else ""
    return "allows" if free else "allows-if", f"Statement {decisive.statement}{sid} {where}: {decisive.policy}."


def _guardrail(graph: IamGraph, name: str) -> Verdict:
    if any(note.in_organization for note in graph.accounts):
        return "not-evaluated", f"This version does not evaluate {name}: they may block what is shown as allowed."
    return "none-set", f"No organization data was uploaded: {name} are taken as absent."


def _boundary(graph: IamGraph, library: Library, evidence: Iterable[Evidence], missing: Sequence[str]) -> Verdict:
    source = graph.index(library.source)
    if source is None or graph.kind(source) not in CALLERS:
        return "does-not-apply", "Only users and roles have a permissions boundary."
    boundary = library.boundary()
    if boundary is None:
        return "none-set", "The caller has no permissions boundary."
    allowing = [each for each in evidence if each.side == "boundary" and each.effect == "Allow"]
    if allowing:
        return _allowed(library, allowing, "in the permissions boundary")
    if any(boundary in reason for reason in missing):
        return "unknown", f"The document of the boundary {boundary} is missing or cannot be read."
    return "does-not-apply", "The trust policy names the caller in a way that its boundary does not limit."


def _name(graph: IamGraph, node_id: str) -> str:
    node = graph.index(node_id)
    return node_id if node is None else graph.names[node]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
