"""runs-as: instance profiles and the role that an EC2 instance with the profile acts as."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.trust import Limit, concerns_anyone, proof_under, refusals, statements
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.evaluation import conditions_of

EC2 = ("ec2.amazonaws.com", "ec2.amazonaws.com.cn")


def find_edges(world: World) -> Iterator[Node | Edge | Block]:
    """One edge for each profile and role in it, if the role's trust lets EC2 in.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
    """
    for inventory in world.inventories.values():
        for profile in inventory.instance_profiles:
            yield Node(profile.arn, "resource", profile.name, inventory.account)
            for role in profile.roles:
                trusting = world.trusting_by_arn.get(role)
                if trusting is not None:
                    yield from _edge(profile.arn, trusting)


def _edge(profile: str, trusting: TrustingRole) -> Iterator[Edge | Block]:
    held, denying = refusals(trusting, concerns_anyone)
    refused = Limit("trust", held, "an explicit Deny in the trust policy", denying)
    admitted = False
    for statement in statements(trusting, "Allow"):
        if any(entry.kind == "Service" and entry.value in EC2 for entry in statement.principals or ()):
            admitted = True
            outcome = proof_under(conditions_of(statement), (trusting.evidence(statement),), (refused,))
            if isinstance(outcome, Proof):
                yield Edge(profile, trusting.role.arn, "runs-as", outcome)
    if not admitted:
        reason = "the role's trust policy does not let EC2 in"
        yield Block(profile, trusting.role.arn, "runs-as", "dead", reason)
