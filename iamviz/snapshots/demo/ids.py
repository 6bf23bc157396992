"""Ids and dates that look like AWS's and are the same on every run: all of them follow from a name by a hash."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta

DAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""The day on which the demo organization was collected; every other date is counted back from it."""


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def unique_id(prefix: str, arn: str) -> str:
    """21 characters: the prefix that tells the kind (AIDA, AROA, …) and 17 letters and digits of base 32."""
    return prefix + base64.b32encode(_digest(arn)).decode()[:17]


def access_key_id(arn: str, number: int) -> str:
    return "AKIA" + base64.b32encode(_digest(f"{arn} key {number}")).decode()[:16]


def hexadecimal(text: str, length: int) -> str:
    return _digest(text).hex()[:length]


def number_between(text: str, low: int, high: int) -> int:
    return low + int.from_bytes(_digest(text)[:4]) % (high - low + 1)


def days_before(text: str, low: int, high: int) -> datetime:
    """A moment between `low` and `high` days before the day of collection."""
    minutes = number_between(text, low * 1440, high * 1440)
    return (DAY - timedelta(minutes=minutes)).replace(second=number_between(text, 0, 59))


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
