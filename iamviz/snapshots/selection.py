"""Which parts make the next revision: for every account the newest of each kind, by collection date."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from iamviz.policy.catalogue import catalogue, managed_policies_source
from iamviz.snapshots.inventories import Dated
from iamviz.snapshots.models import Upload, UploadPart

ANALYSIS = "2"
"""Raise it when the analysis of the same parts gives something else: the next upload then makes a new revision."""


@dataclass(frozen=True)
class Selection:
    """The chosen parts, each with the date of its newest sighting."""

    chosen: tuple[Dated, ...]

    @cached_property
    def content(self) -> str:
        """The digest that a revision is recognised by."""
        digest = hashlib.sha256(analysed_by().encode())
        for line in sorted(_line(choice) for choice in self.chosen):
            digest.update(line.encode())
        return digest.hexdigest()

    @property
    def accounts(self) -> dict[str, list[Dated]]:
        """By account, in order; the organization's own part is under ""."""
        grouped: dict[str, list[Dated]] = defaultdict(list)
        for choice in sorted(self.chosen, key=_line):
            grouped[choice.part.account].append(choice)
        return dict(sorted(grouped.items()))


def select(upload: Upload) -> Selection:
    """From everything that published or unchanged uploads brought, and this one."""
    counted = UploadPart.objects.filter(upload__workspace=upload.workspace_id)
    counted = counted.filter(Q(upload__state__in=Upload.COUNTED) | Q(upload=upload)).select_related("part")
    own = counted.exclude(upload__source=Upload.Source.SAMPLE)
    if own.exists():
        counted = own  # the demo organization gives way to accounts of one's own
    newest = {
        (choice.part.kind, choice.part.account, choice.part.region): Dated(
            choice.part, choice.collected, choice.collected_from
        )
        for choice in counted.order_by("collected", "upload_id", "id").iterator(chunk_size=2000)
    }
    return Selection(tuple(newest.values()))


def analysed_by() -> str:
    """What beside the parts decides what an analysis gives: how it is made, and what AWS published until when."""
    sources = (catalogue().source, managed_policies_source())
    return "\n".join([ANALYSIS, *(f"{source.version} {source.date}" for source in sources), ""])


def _line(choice: Dated) -> str:
    part = choice.part
    return f"{part.account} {part.kind} {part.region} {part.sha256}\n"
