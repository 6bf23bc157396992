"""can-assume by AWS services: the trust policy alone decides; who may hand the role over is PassRole's matter."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.trust import Limit, concerns_entry, proof_under, refusals, statements
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of


def find_edges(world: World) -> Iterator[Node | Edge | Block]:
    """One edge for each service that a role's trust names.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for trusting in world.trusting:
        for statement in statements(trusting, "Allow"):
            for service in _services(statement):
                yield Node(f"service:{service}", "service", service)
                yield from _edge(trusting, statement, service)


def _services(statement: Statement) -> list[str]:
    return [entry.value for entry in statement.principals or () if entry.kind == "Service"]


def _edge(trusting: TrustingRole, statement: Statement, service: str) -> Iterator[Edge | Block]:
    held, denying = refusals(trusting, concerns_entry("Service", service))
    refused = Limit("trust", held, "an explicit Deny in the trust policy", denying)
    outcome = proof_under(conditions_of(statement), (trusting.evidence(statement),), (refused,))
    if isinstance(outcome, Proof):
        yield Edge(f"service:{service}", trusting.role.arn, "can-assume", outcome)
    elif outcome is not None:
        yield Block(
            f"service:{service}", trusting.role.arn, "can-assume", outcome.layer, outcome.reason, outcome.evidence
        )
