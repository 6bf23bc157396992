"""runs-as: instance profiles and the role that an EC2 instance with the profile acts as."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Node
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import trusted_services
from iamviz.graph.world import TrustingRole

EC2 = ("ec2.amazonaws.com", "ec2.amazonaws.com.cn")


def find_edges(permissions: Permissions) -> Iterator[Node | Edge | Block]:
    """One edge for each profile and role in it, if the role's trust lets EC2 in.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
    """
    admissions, world = Admissions(permissions), permissions.world
    for inventory in world.inventories.values():
        for profile in inventory.instance_profiles:
            yield Node(profile.arn, "resource", profile.name, inventory.account)
            for role in profile.roles:
                trusting = world.trusting_by_arn.get(role)
                if trusting is not None:
                    yield from _edge(admissions, profile.arn, trusting)


def _edge(admissions: Admissions, profile: str, trusting: TrustingRole) -> Iterator[Edge | Block]:
    admitted = [service for service in trusted_services(trusting) if service in EC2]
    if not admitted:
        reason = "the role's trust policy does not let EC2 in"
        yield Block(profile, trusting.arn, "runs-as", "dead", reason)
    for service in admitted:
        yield from edge_from(profile, trusting, "runs-as", admissions.of_service(service, trusting), admissions)
