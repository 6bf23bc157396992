"""The whole product in a page: inventories in, the graph of who can become whom out, with what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iamviz.graph.build import build_graph
from iamviz.graph.export import counts
from iamviz.graph.levels import map_slots
from iamviz.graph.model import IamGraph
from iamviz.inventory.coverage import (
    collected_regions,
    doubtful_guardrails,
    missing_documents,
    uncollected_providers,
    uncollected_resources,
    uncollected_workloads,
)
from iamviz.inventory.model import Inventory, Notice, Organization

Progress = Callable[[str, int, int], None]
"""Called with a step ("graph", "layout"), how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the core makes of inventories. `summary` holds counts by kind."""

    graph: IamGraph
    notices: tuple[Notice, ...]
    summary: Mapping[str, object]


def analyze(
    inventories: Sequence[Inventory],
    organization: Organization | None = None,
    *,
    seed: Mapping[str, int] | None = None,
    on_progress: Progress | None = None,
) -> Analysis:
    """The analysis of all accounts as one. `seed` are the map slots of the revision before."""
    report = on_progress or _silent
    report("graph", 0, len(inventories))
    graph = build_graph(inventories, organization)
    report("graph", len(inventories), len(inventories))
    report("layout", 0, 1)
    placed = replace(graph, slots=map_slots(graph, seed or {}))
    report("layout", 1, 1)
    return Analysis(placed, tuple(_notices(inventories, organization)), counts(placed))


def _silent(_step: str, _done: int, _total: int) -> None:
    """No one listens."""


def _notices(inventories: Sequence[Inventory], organization: Organization | None) -> Iterator[Notice]:
    """What the inventories say of themselves, then what this analysis did not look at.

    In the order of the accounts, whichever order they come in: the first of them stands for the others.
    """
    inventories = sorted(inventories, key=lambda each: each.account)
    for inventory in inventories:
        yield from inventory.notices
        yield from missing_documents(inventory)
    yield from uncollected_providers(inventories)
    yield from uncollected_workloads(inventories)
    yield from uncollected_resources(inventories)
    yield from collected_regions(inventories)
    if organization is None:
        text = "No organization data: service and resource control policies are taken as absent."
        yield Notice(None, "", "", "missing", f"{text} Add the organization file to see OUs and account names.")
        return
    yield from organization.notices
    collected = {inventory.account for inventory in inventories}
    for account in organization.accounts:
        if account.id not in collected and account.state in {None, "ACTIVE"}:
            text = f"The organization lists {account.name}, but its authorization details were not uploaded."
            yield Notice(account.id, "", "", "missing", f"{text} Its identities are unknown here.")
    yield from doubtful_guardrails(organization, sorted(collected))
