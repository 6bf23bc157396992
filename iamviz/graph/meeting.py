"""All of some sources to all of some targets, in as few stored edges as that takes: pattern nodes where they save any.

A set of sources meets at one pattern node, a set of targets at another, so that edges grow with the members of both
and not with the pairs; both are the same nodes whatever leads from the one to the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iamviz.graph.model import Block, Edge, EdgeKind, Evidence, Node, Proof
from iamviz.graph.permission import Refusal
from iamviz.policy.arn import account_of
from iamviz.policy.expression import ALWAYS, all_of

PATTERN_FROM = 24
"""Pairs from which sources meet at a pattern node."""
FEW_TARGETS = 6
"""Targets up to which a source leads to each directly: more are a set that others lead to as well."""

Source = tuple[str, tuple[Evidence, ...]]
Target = tuple[str, Proof]

FREELY = Proof(ALWAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Who can do what to whom: every source to every target, by what source, middle and target say together.

    `account` is the sources'; `sources_are` and `targets_are` name the sets: "identities with PowerUserAccess".
    """

    kind: EdgeKind
    account: str
    method: str | None = None
    through: Proof = FREELY
    sources_are: str = "identities"
    targets_are: str = "targets"


class Scattering:
    """The sets of targets that were laid already: whoever reaches one again needs no more than its node."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, EdgeKind], tuple[Sequence[Target], Node]] = {}

    def lay(self, targets: Sequence[Target], meeting: Meeting) -> tuple[Node, Sequence[Edge]]:
        """The node of the set, with the edges to the targets if it is new."""
        key = id(targets), meeting.kind
        known = self._nodes.get(key)
        if known is not None:
            return known[1], ()
        node = _scatter(targets, meeting)
        # The targets are kept, so that their id stays their own.
        self._nodes[key] = targets, node
        return node, [Edge(node.id, target, meeting.kind, proof) for target, proof in targets]


def meet(
    sources: Sequence[Source], targets: Sequence[Target], meeting: Meeting, scattering: Scattering | None = None
) -> Iterator[Node | Edge]:
    """The edges, with the pattern nodes that they pass. No source or target may be listed twice."""
    if len(sources) > 1 and len(sources) * len(targets) >= PATTERN_FROM:
        gathered = _gather(sources, meeting)
        yield gathered
        yield from (Edge(source, gathered.id, meeting.kind, Proof(ALWAYS, evidence)) for source, evidence in sources)
        sources = ((gathered.id, ()),)
    if len(targets) > FEW_TARGETS and all(proof.expression is ALWAYS for _, proof in targets):
        scattered, edges = (scattering or Scattering()).lay(targets, meeting)
        yield scattered
        yield from edges
        targets = ((scattered.id, FREELY),)
    yield from _pairs(sources, targets, meeting)


def refuse(
    sources: Sequence[Source], targets: Sequence[Target], refusal: Refusal, meeting: Meeting
) -> Iterator[Node | Edge | Block]:
    """The same of what one layer keeps out: patterns stand for both sides, but nothing walks from one to the other."""
    if len(sources) * len(targets) >= PATTERN_FROM:
        if len(sources) > 1:
            gathered = _gather(sources, meeting, purpose="blocked")
            yield gathered
            yield from (
                Edge(source, gathered.id, meeting.kind, Proof(ALWAYS, evidence)) for source, evidence in sources
            )
            sources = ((gathered.id, ()),)
        if len(targets) > FEW_TARGETS:
            scattered = _scatter(targets, meeting)
            yield scattered
            yield from (Edge(scattered.id, target, meeting.kind, proof) for target, proof in targets)
            targets = ((scattered.id, FREELY),)
    for source, _ in sources:
        for target, _ in targets:
            yield Block(source, target, meeting.kind, refusal.layer, refusal.reason, refusal.evidence, meeting.method)


def _pairs(sources: Sequence[Source], targets: Sequence[Target], meeting: Meeting) -> Iterator[Edge]:
    middle = meeting.through
    for target, proof in targets:
        expression = all_of((middle.expression, proof.expression))
        for source, evidence in sources:
            together = tuple(dict.fromkeys((*evidence, *middle.evidence, *proof.evidence)))
            yield Edge(source, target, meeting.kind, Proof(expression, together), meeting.method)


def _gather(sources: Sequence[Source], meeting: Meeting, purpose: str = "from") -> Node:
    listed = sorted(f"{source} {evidence!r}" for source, evidence in sources)
    name = f"{len(sources)} {meeting.sources_are}"
    return _pattern(purpose, (meeting.account, *listed), meeting.kind, name, meeting.account)


def _scatter(targets: Sequence[Target], meeting: Meeting) -> Node:
    """The same node for the sources of all accounts; it lies where all targets do, if that is one account."""
    listed = sorted(f"{target} {proof.evidence!r}" for target, proof in targets)
    accounts = {account_of(target) for target, _ in targets}
    account = accounts.pop() if len(accounts) == 1 else None
    return _pattern("to", listed, meeting.kind, f"{len(targets)} {meeting.targets_are}", account)


def _pattern(purpose: str, listed: Sequence[str], kind: EdgeKind, name: str, account: str | None) -> Node:
    text = "\n".join((purpose, kind, *listed))
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    return Node(f"pattern:{digest}", "pattern", name, account)
