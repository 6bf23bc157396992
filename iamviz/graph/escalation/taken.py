"""Names that nobody can give to something new: the account has something of that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from iamviz.inventory.model import InstanceProfile, Inventory, Role, User

_IN_PATHS = ("user/", "role/", "instance-profile/")
"""Of IAM, and told apart by the last part of the name alone, in any case.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
"""


def taken(inventory: Inventory) -> frozenset[str]:
    """What stands for the name of each thing that the snapshot holds."""
    return frozenset(map(name_of, _arns(inventory)))


def name_of(arn: str) -> str:
    """What must differ for two things to be there beside each other."""
    resource = arn.rpartition(":")[2]
    if ":iam:" in arn and resource.startswith(_IN_PATHS):
        kind, _, path = resource.partition("/")
        return f"{kind}/{path.rpartition('/')[2]}".casefold()
    return arn


def _arns(inventory: Inventory) -> Iterator[str]:
    named: list[User | Role | InstanceProfile] = [*inventory.users, *inventory.roles, *inventory.instance_profiles]
    yield from (each.arn for each in named)
    workloads = inventory.workloads
    for kind in fields(workloads):
        yield from (getattr(each, "arn", each) for each in getattr(workloads, kind.name))
