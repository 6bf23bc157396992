"""federates-into: providers whose users a role's trust admits, and the subjects among them. No caller policy counts.

A provider leads to the role under all conditions of the trust. Beside it, each subject that the trust tells apart
(a repository, a service account, an identity pool) leads there under the conditions that are left for it. Nothing leads
from the provider to its subjects, so no way is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Evidence, Node
from iamviz.graph.permission import Permissions
from iamviz.graph.providers import ACTION, named_providers, verdict_on, why_dead
from iamviz.graph.subjects import Provider, Subject, settled_for, subjects_of
from iamviz.graph.trust import provider_node, scopes, statements
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.world import TrustingRole
from iamviz.inventory.model import Inventory
from iamviz.policy.conditions import context_of, decide_under
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import NEVER, Missing, all_of

STARRED = "AWS does not document whether a Principal of * lets users of identity providers in"

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """Edges from each provider that a trust names, and from its subjects; providers without any are nodes too."""
    rule = _Rule(permissions)
    for inventory in permissions.world.inventories.values():
        yield from map(provider_node, _collected(inventory))
    for trusting in permissions.world.trusting:
        yield from rule.into(trusting)


def _collected(inventory: Inventory) -> list[str]:
    return sorted((inventory.oidc_providers or frozenset()) | (inventory.saml_providers or frozenset()))


class _Rule:
    def __init__(self, permissions: Permissions) -> None:
        self.world = permissions.world
        self.admissions = Admissions(permissions)

    def into(self, trusting: TrustingRole) -> Iterator[Found]:
        """What leads into one role."""
        named = named_providers(trusting)
        for node, naming in named.items():
            yield node
            yield from self._provider(node, trusting, naming)
        for node in self._starred(trusting):
            if node not in named:
                verdict = verdict_on(node, trusting, self.admissions)
                doubtful = Verdict(all_of((verdict.expression, Missing(STARRED))), verdict.told, verdict.shut)
                yield from edge_from(node.id, trusting, "federates-into", doubtful, self.admissions)

    def _starred(self, trusting: TrustingRole) -> Iterator[Node]:
        """The providers of the account whose users a Principal of `*` may let in."""
        kinds = {kind for kind, action in ACTION.items() if _admits_anyone(trusting, action)}
        if kinds:
            nodes = map(provider_node, _collected(self.world.inventories[trusting.account]))
            yield from (node for node in nodes if node.kind in kinds)

    def _provider(self, node: Node, trusting: TrustingRole, naming: list[Statement]) -> Iterator[Found]:
        dead = why_dead(self.world, trusting, naming, node)
        evidence = tuple(trusting.evidence(each) for each in naming)
        if dead is not None:
            yield Block(node.id, trusting.arn, "federates-into", "dead", dead, evidence[:1])
            return
        verdict = verdict_on(node, trusting, self.admissions)
        if node.kind == "saml-provider" or verdict.expression is NEVER:
            yield from edge_from(node.id, trusting, "federates-into", verdict, self.admissions)
            return
        yield from _Admission(self, node, trusting, verdict, evidence).found()

    def provider(self, node: Node) -> Provider:
        """The issuer, with the name of the cluster that it is, where the snapshot tells."""
        inventory = self.world.inventories.get(node.account or "")
        clusters = inventory.workloads.eks_clusters if inventory else ()
        return Provider(node.name, next((each.name for each in clusters if each.issuer == node.name), ""))


@dataclass(frozen=True, slots=True)
class _Admission:
    """A provider of tokens, a role that lets it in, and what became of that."""

    rule: _Rule
    node: Node
    trusting: TrustingRole
    verdict: Verdict
    named_by: tuple[Evidence, ...]

    def found(self) -> Iterator[Found]:
        provider = self.rule.provider(self.node)
        subjects = subjects_of(provider, self.verdict.expression)
        alive = [each for each in subjects.admitted if settled_for(each, self.verdict.expression) != NEVER]
        closed = None if alive else "no subject can satisfy the conditions"
        closed = closed or self._refused_audience(provider)
        if closed is not None:
            yield self._block(self.node, closed)
        else:
            yield from edge_from(self.node.id, self.trusting, "federates-into", self.verdict, self.rule.admissions)
            for subject in alive:
                yield from self._edge(subject)
        for subject in subjects.broken:
            node = self._node_of(subject)
            yield node
            yield self._block(node, "the wildcard is a plain character in StringEquals: no subject has it")

    def _refused_audience(self, provider: Provider) -> str | None:
        """Why the provider takes no token that the conditions let in; None where it may."""
        inventory = self.rule.world.inventories[self.trusting.account]
        clients = sorted(inventory.oidc_clients.get(self.node.id, ()))
        contexts = (context_of({provider.key("aud"): client}, complete=False) for client in clients)
        if clients and all(decide_under(self.verdict.expression, each) == NEVER for each in contexts):
            return "the provider takes no tokens for the audience that the conditions ask for"
        return None

    def _edge(self, subject: Subject) -> Iterator[Found]:
        told = tuple(each for each in self.verdict.told if _concerns(subject, each))
        verdict = Verdict(settled_for(subject, self.verdict.expression), told)
        node = self._node_of(subject)
        yield node
        yield from edge_from(node.id, self.trusting, "federates-into", verdict, self.rule.admissions)

    def _node_of(self, subject: Subject) -> Node:
        return Node(f"{self.node.id}#{subject.pattern}", "federated-subject", subject.label, self.node.account)

    def _block(self, source: Node, reason: str) -> Block:
        return Block(source.id, self.trusting.arn, "federates-into", "dead", reason, self.named_by)


def _concerns(subject: Subject, told: Told) -> bool:
    """Whether the statement says anything of the subject."""
    return settled_for(subject, conditions_of(told.clause.statement)) != NEVER


def _admits_anyone(trusting: TrustingRole, action: str) -> bool:
    allowing = statements(trusting, "Allow", action)
    return any(scope.level == "anyone" for statement in allowing for scope in scopes(statement))
