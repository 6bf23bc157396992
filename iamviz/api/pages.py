"""Pages that say their total: cursors are opaque to the client, and stay right while a list grows."""

from __future__ import annotations

import binascii
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from iamviz.api.problems import bad_parameter

MOST_DIGITS = 9


def numbered_page(
    request: Request, asked: Mapping[str, Any], total: int, fetch: Callable[[int, int], Sequence[Any]]
) -> dict[str, Any]:
    """A page of what cannot change (rows and relations of a revision); `fetch(first, last)` gives the results."""
    limit, first = asked["limit"], _position(asked["cursor"], "@")
    before, after = max(0, first - limit), first + limit
    return {
        "total": total,
        "next": _address(request, f"@{after}") if after < total else None,
        "previous": _address(request, f"@{before}" if before else "") if first else None,
        "results": fetch(first, after) if first < total else [],
    }


def growing_page(
    request: Request, asked: Mapping[str, Any], rows: QuerySet[Any], column: str, render: Callable[[Any], Any]
) -> dict[str, Any]:
    """A page of rows of which new ones come in front, the newest first by the unique `column`."""
    limit, cursor = asked["limit"], _decoded(asked["cursor"])
    backwards = cursor.startswith(">")
    window = rows.order_by(column if backwards else f"-{column}")
    if cursor:
        lookup = "gt" if backwards else "lt"
        window = window.filter(**{f"{column}__{lookup}": _position(asked["cursor"], cursor[0], allowed="<>")})
    found = list(window[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    return {
        "total": rows.count(),
        "next": _address(request, f"<{getattr(found[-1], column)}") if found and (more or backwards) else None,
        "previous": _address(request, f">{getattr(found[0], column)}")
        if found and _has_newer(cursor, more=more)
        else None,
        "results": [render(row) for row in found],
    }


def _has_newer(cursor: str, *, more: bool) -> bool:
    return more if cursor.startswith(">") else bool(cursor)


def _address(request: Request, cursor: str) -> str:
    """The address of another page, relative to the host: a proxy in front may have another name and scheme."""
    parameters = request.query_params.copy()
    parameters.pop("cursor", None)
    if cursor:
        parameters["cursor"] = urlsafe_b64encode(cursor.encode()).decode().rstrip("=")
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def _decoded(cursor: str) -> str:
    try:
        text = b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        raise bad_parameter("cursor", "Not a cursor: follow `next` or `previous` of a page.") from None
    return text


def _position(cursor: str, kind: str, *, allowed: str = "@") -> int:
    text = _decoded(cursor)
    if not text:
        return 0
    digits = text[1:]
    if text[0] != kind or kind not in allowed or not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise bad_parameter("cursor", "Not a cursor of this list: follow `next` or `previous` of a page.")
    return int(digits)
