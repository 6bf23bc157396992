"""Dates as the CLI, the SDKs, Python's str() and hand-made dumps write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from iamviz.ingest.excerpts import visible
from iamviz.ingest.source import Source
from iamviz.inventory.model import Notice

_NUMBER = re.compile(r"\d{9,13}(\.\d{1,9})?")
_MILLISECONDS = 100_000_000_000
_SHOWN = 40


def parse_date(value: object) -> datetime | None:
    """In UTC, to the second; None where it is no date. A date without a zone is taken for UTC."""
    try:
        if isinstance(value, str):
            return _written(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _epoch(value)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _written(text: str) -> datetime | None:
    if text[4:5] != "-" and _NUMBER.fullmatch(text):
        return _epoch(float(text))
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is UTC and not moment.microsecond else _utc(moment)


def _epoch(seconds: float) -> datetime | None:
    if seconds <= 0:
        return None
    return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC).replace(microsecond=0)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(microsecond=0, tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


@dataclass(slots=True)
class DateLog:
    """Reads the dates of one part: keeps the newest, and counts those that are none."""

    newest: datetime | None = None
    odd: int = 0
    first: str = ""
    place: str = ""

    def read(self, value: object, place: str) -> datetime | None:
        """None, without a word, for what is absent; counted where it cannot be understood."""
        if value is None or value == "":
            return None
        moment = parse_date(value)
        if moment is None:
            self.odd += 1
            if self.odd == 1:
                self.first, self.place = visible(repr(value)[:_SHOWN]), place
        elif self.newest is None or moment > self.newest:
            self.newest = moment
        return moment

    def notices(self, source: Source, account: str) -> list[Notice]:
        """One, however many there are."""
        if not self.odd:
            return []
        text = "One date is" if self.odd == 1 else f"{self.odd} dates are"
        text += f" in no form that AWS uses and count as not collected; the first is {self.first}."
        return [source.note("warning", text, place=self.place, account=account)]
