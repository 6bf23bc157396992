"""One file while it is read: its text, where it came from, and what is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import msgspec

from iamviz.ingest.excerpts import excerpt, position
from iamviz.ingest.parts import Kind, Rejection
from iamviz.inventory.model import Notice

NoticeKind = Literal["incomplete", "missing", "unreadable", "ignored", "warning"]


class Refusal(Exception):  # noqa: N818 - a verdict about the input, not an error of ours
    """The file, or one account of it, cannot be used. `place` is a path such as RoleDetailList[3].Arn."""

    def __init__(
        self, rule: str, remedy: str, *, place: str = "", offset: int | None = None, account: str | None = None
    ) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy
        self.place = place
        self.offset = offset
        self.account = account


@dataclass(slots=True)
class Draft:
    """A part before it is dated: its content, and the newest date that it holds."""

    kind: Kind
    account: str
    region: str
    content: msgspec.Struct
    newest: datetime | None = None
    generated: datetime | None = None
    """When AWS made the report, where the content says so."""
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """`data` is UTF-8 without a byte order mark. Formats add drafts, rejections and notices."""

    file: str
    data: bytes
    drafts: list[Draft] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    unknown_keys: dict[str, str] = field(default_factory=dict)
    """Key to the place where it was first seen."""

    def note(self, kind: NoticeKind, text: str, *, place: str = "", account: str | None = None) -> Notice:
        """A notice about this file, not yet filed anywhere."""
        return Notice(account, self.file, place, kind, text)

    def refuse(self, refusal: Refusal) -> None:
        """File a rejection with the lines around its place."""
        where = position(self.data, refusal.place, refusal.offset)
        place = refusal.place
        if where is not None:
            spot = f"line {where.line}, column {where.column}"
            place = f"{place} ({spot})" if place else spot
        self.rejections.append(
            Rejection(
                self.file,
                place or "the whole file",
                refusal.rule,
                refusal.remedy,
                excerpt(self.data, where),
                refusal.account,
            )
        )

    def unknown_key_notices(self) -> list[Notice]:
        """One notice for each key that no version of the format has."""
        return [
            self.note("ignored", f"The key {key!r} is not one that AWS documents here; it was left out.", place=place)
            for key, place in self.unknown_keys.items()
        ]
