"""How answers become bytes: msgspec writes JSON in a fraction of the time that the standard library needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpRequest
from rest_framework.renderers import BaseRenderer, JSONRenderer


class FastJSONRenderer(JSONRenderer):
    """JSON: dicts, lists, texts, numbers, times (ISO 8601, UTC), nothing that the client chooses."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's
    ) -> bytes:
        return b"" if data is None else msgspec.json.encode(data)


class EventStreamRenderer(BaseRenderer):
    """Only there so that `Accept: text/event-stream` is understood; what is not a stream is still JSON."""

    media_type = "text/event-stream"
    format = "event-stream"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's
    ) -> bytes:
        return b"" if data is None else msgspec.json.encode(data)


def is_large(request: HttpRequest, limit: int) -> bool:
    """Whether the body announces more than `limit` bytes."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced) > limit
