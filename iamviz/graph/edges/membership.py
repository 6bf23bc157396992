"""member-of: users in groups. A group's permissions count as its members' own, so nothing leads out of a group."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.model import Edge, Proof
from iamviz.graph.permission import Permissions
from iamviz.policy.expression import ALWAYS


def find_edges(permissions: Permissions) -> Iterator[Edge]:
    """One edge for each user and group; names are resolved within the account without regard to case."""
    for inventory in permissions.world.inventories.values():
        groups = {group.name.casefold(): group.arn for group in inventory.groups}
        for user in inventory.users:
            for arn in filter(None, (groups.get(name.casefold()) for name in user.groups)):
                yield Edge(user.arn, arn, "member-of", Proof(ALWAYS))
