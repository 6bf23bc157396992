"""Names that an actor may choose for what it makes: enough of them that drawn policies tell no other apart."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import fields

from iamviz.inventory.model import Inventory
from tests.oracle.statements import TEAMS

REGIONS = ("us-east-1", "eu-west-1")
PATHS = ("", "app/", "app/web/")
TAILS = ("x", *(f"{team}-x" for team in TEAMS), "x-prod", "nightly")
"""`nightly` is what some policies name outright."""


def candidates(template: str, inventory: Inventory, taken: Container[str]) -> Iterator[str]:
    """ARNs like the template that nothing has yet."""
    regions = REGIONS if "{region}" in template else ("",)
    paths = PATHS if ":iam:" in template else ("",)
    for region in regions:
        for path in paths:
            for tail in TAILS:
                arn = filled(template, inventory, region, path + tail)
                if _key(arn) not in taken:
                    yield arn


def filled(template: str, inventory: Inventory, region: str, name: str) -> str:
    return template.format(partition=inventory.partition, account=inventory.account, region=region, name=name)


def taken_names(inventory: Inventory) -> set[str]:
    """What stands for the name of each thing that is there."""
    workloads = inventory.workloads
    listed = [getattr(workloads, each.name) for each in fields(workloads)]
    things = [
        *inventory.users,
        *inventory.roles,
        *inventory.instance_profiles,
        *(one for each in listed for one in each),
    ]
    return {_key(getattr(each, "arn", each)) for each in things}


def _key(arn: str) -> str:
    """IAM tells names apart without their paths and in any case."""
    if ":iam:" not in arn:
        return arn
    kind, _, path = arn.split(":", 5)[5].partition("/")
    return f"{kind}/{path.rpartition('/')[2]}".casefold()
