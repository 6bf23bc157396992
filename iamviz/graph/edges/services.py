"""can-assume by AWS services: the trust policy alone decides; who may hand the role over is PassRole's matter."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Node
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import trusted_services


def find_edges(permissions: Permissions) -> Iterator[Node | Edge | Block]:
    """One edge for each service that a role's trust names.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    admissions = Admissions(permissions)
    for trusting in permissions.world.trusting:
        for service in trusted_services(trusting):
            yield Node(f"service:{service}", "service", service)
            verdict = admissions.of_service(service, trusting)
            yield from edge_from(f"service:{service}", trusting, "can-assume", verdict, admissions)
