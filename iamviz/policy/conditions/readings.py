"""Numbers, dates and addresses as condition values write them; None for what is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_LONGEST = 100
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_SECONDS = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2}|\d{8})([T ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?",
    re.ASCII | re.IGNORECASE,
)
_NETWORK = re.compile(r"[0-9a-f.:]+(/\d{1,3})?", re.ASCII | re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = Decimal("0.000001")

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def number(text: str) -> Decimal | None:
    """10, 10.0 and 1e1 are the same."""
    return Decimal(text) if len(text) <= _LONGEST and _NUMBER.fullmatch(text) else None


def moment(text: str) -> Decimal | None:
    """Seconds since 1970: of an ISO 8601 date, UTC where it names no zone, or given as such.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
    """
    if len(text) > _LONGEST:
        return None
    if _SECONDS.fullmatch(text):
        return Decimal(text)
    if _MONTH.fullmatch(text):
        text = f"{text}-01"
    return _iso_moment(text.upper()) if _DATE.fullmatch(text) else None


def _iso_moment(text: str) -> Decimal | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    since = (read if read.tzinfo else read.replace(tzinfo=UTC)) - _EPOCH
    return Decimal(since.days * 86_400 + since.seconds) + since.microseconds * _MICROSECOND


def address(text: str) -> Address | None:
    try:
        return ip_address(text) if _NETWORK.fullmatch(text) else None
    except ValueError:
        return None


def network(text: str) -> Network | None:
    """A block such as 10.0.0.0/8, or a bare address as a block of one."""
    try:
        return ip_network(text, strict=False) if _NETWORK.fullmatch(text) else None
    except ValueError:
        return None
