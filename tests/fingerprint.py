"""Prints what a folder of snapshots is analysed to, as a hash: `python -m tests.fingerprint FOLDER ORDER`.

ORDER is a number from which the order of the files and of the accounts is drawn; 0 leaves them sorted.
"""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

from msgspec.json import encode

from iamviz.analysis import analyze
from iamviz.graph.export import graph_text
from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.parts import Part
from iamviz.inventory.model import Inventory, Organization


def fingerprint(folder: Path, order: int) -> str:
    """Of the graph, of what is said about it, and of the places on the map."""
    drawn = random.Random(order)  # noqa: S311 - an order, no secret
    paths = sorted(each for each in folder.rglob("*") if each.is_file())
    if order:
        drawn.shuffle(paths)
    reading = read_bundle(paths)
    inventories, organization = _assembled(reading.parts)
    if order:
        drawn.shuffle(inventories)
    analysis = analyze(inventories, organization)
    found = hashlib.sha256(encode(analysis.graph.slots))
    for piece in graph_text(analysis.graph, (*reading.notices, *analysis.notices)):
        found.update(piece)
    return found.hexdigest()


def _assembled(parts: tuple[Part, ...]) -> tuple[list[Inventory], Organization | None]:
    documents = DocumentCache()
    accounts: dict[str, list[Part]] = {}
    for part in parts:
        accounts.setdefault("" if part.kind == "organization" else part.account, []).append(part)
    organization = next(iter(accounts.pop("", ())), None)
    inventories = [build_inventory(account, accounts[account], documents) for account in sorted(accounts)]
    return inventories, build_organization(organization, documents) if organization else None


if __name__ == "__main__":
    sys.stdout.write(fingerprint(Path(sys.argv[1]), int(sys.argv[2])))
