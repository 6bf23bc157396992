"""From stored parts back to the inventories of accounts."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.parts import Part as Content
from iamviz.inventory.model import Inventory, Organization
from iamviz.snapshots.contents import read_part
from iamviz.snapshots.fragments import notice_from
from iamviz.snapshots.models import Part


class Dated(NamedTuple):
    """A part with the date that it is used with."""

    part: Part
    collected: datetime | None
    collected_from: str


def content_of(dated: Dated) -> Content:
    """A stored part as the core reads it."""
    part = dated.part
    return Content(
        kind=part.kind,  # type: ignore[arg-type]  # written from one
        account=part.account,
        region=part.region,
        collected=dated.collected,
        collected_from=dated.collected_from,  # type: ignore[arg-type]  # as above
        content=read_part(part.stored),
        sha256=part.sha256,
        file=part.file,
        notices=tuple(notice_from(notice) for notice in part.notices),
    )


def inventories(accounts: Mapping[str, Sequence[Dated]]) -> Iterator[Inventory]:
    """One for each account; the same document is compiled once for all of them."""
    documents = DocumentCache()
    for account, parts in accounts.items():
        if account:
            yield build_inventory(account, [content_of(part) for part in parts], documents)


def organization(accounts: Mapping[str, Sequence[Dated]]) -> Organization | None:
    """From the organization's own part, which lies under ""."""
    for dated in accounts.get("", ()):
        return build_organization(content_of(dated))
    return None


@contextmanager
def collector_off() -> Iterator[None]:
    """No collection of cycles while many long-lived objects are made: it would look at all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
