"""Reading a published revision back. It never changes, so whatever was decoded once is kept, the least used dropped."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from iamviz.graph.assumed import assume
from iamviz.graph.assumptions import NOTHING_ASSUMED, Assumptions
from iamviz.graph.model import IamGraph
from iamviz.graph.wire import decode_graph
from iamviz.inventory.model import Inventory, Organization
from iamviz.snapshots.inventories import Dated, inventories, organization
from iamviz.snapshots.models import Revision

V = TypeVar("V")


class Kept(Generic[V]):
    """The most recently used values up to a total weight; a single one that is heavier is kept alone."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()

    def get(self, key: Hashable, load: Callable[[], tuple[V, int]]) -> V:
        """The value of `key`; `load` gives it with its weight. Two at once may both load: the same value."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value, weight = load()
        with self._lock:
            self._values[key] = value, weight
            self._values.move_to_end(key)
            while len(self._values) > 1 and sum(each for _, each in self._values.values()) > self._most:
                self._values.popitem(last=False)
        return value


GRAPHS: Kept[IamGraph] = Kept(most=64 * 1024 * 1024)
"""Weighed by the stored bytes; decoded, a graph takes about ten times as much."""
ASSUMED: Kept[IamGraph] = Kept(most=256 * 1024 * 1024)
BYTES_AN_EDGE = 64
"""Of the columns that a graph under assumptions has for itself, and of the orders in which its edges are walked."""
ACCOUNTS: Kept[Inventory] = Kept(most=64 * 1024 * 1024)
ORGANIZATIONS: Kept[Organization | None] = Kept(most=16 * 1024 * 1024)


def load_graph(revision: Revision) -> IamGraph:
    """The graph of a revision that the caller was allowed to see. Decoded once for each process."""

    def load() -> tuple[IamGraph, int]:
        blob = bytes(Revision.objects.values_list("graph", flat=True).get(pk=revision.pk))
        return decode_graph(blob), len(blob)

    return GRAPHS.get((revision.pk, revision.content), load)


def load_graph_under(revision: Revision, assumptions: Assumptions) -> IamGraph:
    """The same as it is where the assumptions are so."""

    def load() -> tuple[IamGraph, int]:
        found = assume(load_graph(revision), assumptions)
        return found, BYTES_AN_EDGE * len(found.source)

    if assumptions == NOTHING_ASSUMED:
        return load_graph(revision)
    return ASSUMED.get((revision.pk, revision.content, assumptions), load)


def load_inventory(revision: Revision, account: str) -> Inventory | None:
    """One account as it was collected, with all its documents; None if the revision does not hold it."""
    row = revision.accounts.filter(account=account, snapshot__isnull=False).select_related("snapshot").first()
    if row is None or row.snapshot is None:
        return None
    parts = [Dated(part, None, "unknown") for part in row.snapshot.parts.order_by("kind", "region", "sha256")]

    def load() -> tuple[Inventory, int]:
        return next(inventories({account: parts})), sum(dated.part.size for dated in parts)

    return ACCOUNTS.get((row.snapshot_id, row.snapshot.parts_digest), load)


def load_organization(revision: Revision) -> Organization | None:
    """The organization as it was collected, with its control policies; None if nobody had uploaded it."""
    part = revision.organization
    if part is None:
        return None

    def load() -> tuple[Organization | None, int]:
        return organization({"": [Dated(part, None, "unknown")]}), part.size

    return ORGANIZATIONS.get((part.pk, part.sha256), load)
