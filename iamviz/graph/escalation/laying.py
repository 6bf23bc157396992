"""Ways laid down as edges: actors to whom the same ways are open meet at one pattern node, many targets at another."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from iamviz.graph.escalation.places import joined
from iamviz.graph.escalation.verdicts import FREELY, all_together
from iamviz.graph.escalation.ways import Aim, Way
from iamviz.graph.model import Block, Edge, EdgeKind, Evidence, Node, Proof
from iamviz.graph.permission import Permissions
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.wire import pack_expression
from iamviz.graph.world import Identity
from iamviz.policy.expression import ALWAYS, NEVER, all_of

FEW_TARGETS = 6
"""Edges that a pattern node must save before it is worth its place."""
PASSING: Literal["passrole"] = "passrole"
"""In place of the layer of a statement that allows to pass a role."""

Found = Node | Edge | Block
Target = tuple[str, Proof]


Targets = tuple[Target, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Strand:
    """What one method comes to for some actors: the same proof for all that it leads to."""

    method: str
    through: Proof
    targets: Targets
    sources: dict[str, None] = field(default_factory=dict)


class Laying:
    """Gathers what is open to the actors of an account, then lays it down."""

    def __init__(self, permissions: Permissions, account: str, kind: EdgeKind = "can-escalate") -> None:
        self._permissions = permissions
        self._account = account
        self._kind = kind
        self._strands: dict[tuple[object, ...], _Strand] = {}
        self._sets: dict[int, tuple[Sequence[Aim], Targets]] = {}
        self._targets: dict[tuple[object, ...], Targets] = {}
        self._blocks: defaultdict[tuple[Block, tuple[str, ...]], dict[str, None]] = defaultdict(dict)

    def add(self, actors: Sequence[Identity], way: Way) -> None:
        """A way that is open to the actors by the same policies, or that one layer closes."""
        if way.through.shut is None and all(aim.verdict is FREELY for aim in way.aims):
            self._strand(actors, way.method, way.through, way.aims)
            return
        if way.through.expression is not NEVER:
            for verdict, aims in _by_verdict(way.aims):
                if verdict.expression is not NEVER:
                    self._strand(actors, way.method, all_together((way.through, verdict)), aims)
        self._refuse(actors, way)

    def _strand(self, actors: Sequence[Identity], method: str, verdict: Verdict, aims: Sequence[Aim]) -> None:
        through = self._proof(actors[0], verdict)
        targets = self._interned(aims)
        key = method, through, id(targets)
        if key not in self._strands:
            self._strands[key] = _Strand(method, through, targets)
        self._strands[key].sources.update(dict.fromkeys(each.arn for each in actors))

    def _interned(self, aims: Sequence[Aim]) -> Targets:
        """The same sets of targets are one: proofs of an account are told apart by identity."""
        known = self._sets.get(id(aims))
        if known is None:
            targets = tuple((aim.target, aim.proof) for aim in aims)
            targets = self._targets.setdefault(tuple((target, id(proof)) for target, proof in targets), targets)
            # The aims are kept, so that their id stays their own.
            known = self._sets[id(aims)] = aims, targets
        return known[1]

    def _proof(self, actor: Identity, verdict: Verdict) -> Proof:
        return Proof(verdict.expression, joined(*(self._evidence(told, actor) for told in verdict.told)))

    def _evidence(self, told: Told, actor: Identity) -> tuple[Evidence, ...]:
        if told.layer != PASSING:
            return self._permissions.evidence((told,), actor)
        own = self._permissions.evidence((Told("identity", told.clause),), actor)
        return tuple(Evidence(PASSING, each.policy, each.owner, each.statement, each.sid, each.effect) for each in own)

    def _refuse(self, actors: Sequence[Identity], way: Way) -> None:
        """Where everything is granted but for one layer, that is kept; targets that the same one closes go together."""
        actor = actors[0]
        shut: defaultdict[Block, list[str]] = defaultdict(list)
        for aim in way.aims:
            closed = way.through.shut or aim.verdict.shut
            if closed is None:
                continue
            refusal = self._permissions.refusal(closed, actor)
            block = Block("", "", self._kind, refusal.layer, refusal.reason, refusal.evidence, way.method)
            shut[block].append(aim.target)
        for block, targets in shut.items():
            self._blocks[block, tuple(targets)] |= dict.fromkeys(each.arn for each in actors)

    def lay(self) -> Iterator[Found]:
        """Nodes, edges and blocks."""
        alike: defaultdict[tuple[str, ...], list[_Strand]] = defaultdict(list)
        for strand in self._strands.values():
            alike[tuple(strand.sources)].append(strand)
        starts: list[tuple[Sequence[str], _Strand]] = []
        for members, strands in alike.items():
            sources: Sequence[str] = members
            ends = sum(min(len(strand.targets), FEW_TARGETS) for strand in strands)
            if len(members) > 1 and len(members) * ends > len(members) + ends:
                gathered = self._pattern("from", list(members), f"{len(members)} identities to whom the same is open")
                yield gathered
                yield from (Edge(source, gathered.id, self._kind, Proof(ALWAYS)) for source in members)
                sources = (gathered.id,)
            starts += ((sources, strand) for strand in strands)
        yield from self._lay_strands(starts)
        yield from self._lay_blocks()

    def _lay_strands(self, starts: Sequence[tuple[Sequence[str], _Strand]]) -> Iterator[Found]:
        uses = Counter({id(strand.targets): 0 for _, strand in starts})
        for sources, strand in starts:
            uses[id(strand.targets)] += len(sources)
        scattered: dict[int, Targets] = {}
        for sources, strand in starts:
            count, used = len(strand.targets), uses[id(strand.targets)]
            targets = strand.targets
            if count * used > count + used + FEW_TARGETS:
                if id(targets) not in scattered:
                    node = self._scatter(targets)
                    yield node
                    yield from (Edge(node.id, target, self._kind, proof) for target, proof in targets)
                    scattered[id(targets)] = ((node.id, Proof(ALWAYS)),)
                targets = scattered[id(targets)]
            yield from self._lay_strand(sources, strand, targets)

    def _lay_strand(self, sources: Sequence[str], strand: _Strand, targets: Targets) -> Iterator[Found]:
        for target, proof in targets:
            expression = all_of((strand.through.expression, proof.expression))
            both = Proof(expression, joined(strand.through.evidence, proof.evidence))
            if expression is not NEVER:
                # A pattern node's own pair is nobody's business: whoever walks leaves it out.
                yield from (
                    Edge(source, target, self._kind, both, strand.method) for source in sources if source != target
                )

    def _lay_blocks(self) -> Iterator[Found]:
        for (block, targets), sources in self._blocks.items():
            for target in targets:
                for source in (each for each in sources if each != target):
                    yield Block(source, target, self._kind, block.layer, block.reason, block.evidence, block.method)

    def _scatter(self, targets: Sequence[Target]) -> Node:
        listed = [repr((target, pack_expression(proof.expression), proof.evidence)) for target, proof in targets]
        return self._pattern("to", listed, f"{len(targets)} targets of the same methods")

    def _pattern(self, purpose: str, listed: list[str], name: str) -> Node:
        text = "\n".join((self._kind, purpose, self._account, *sorted(listed)))
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
        return Node(f"pattern:{digest}", "pattern", name, self._account)


def _by_verdict(aims: Sequence[Aim]) -> Iterator[tuple[Verdict, Sequence[Aim]]]:
    """Targets of which the actor's policies say the same, by identity: equal answers are one."""
    groups: dict[int, tuple[Verdict, list[Aim]]] = {}
    for aim in aims:
        groups.setdefault(id(aim.verdict), (aim.verdict, []))[1].append(aim)
    yield from groups.values()
