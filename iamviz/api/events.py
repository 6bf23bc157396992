"""/uploads/{id}/events/: what happens to an upload, asked for again and again or streamed as it happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import msgspec
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.problems import Busy, NotFound
from iamviz.api.questions import asked
from iamviz.api.schema import operation
from iamviz.api.scope import SmallBodyView
from iamviz.api.shapes import UPLOAD_STATES, UPLOAD_STEPS
from iamviz.api.writing import EventStreamRenderer, FastJSONRenderer
from iamviz.snapshots.models import Upload, UploadEvent

MOST_STREAMS = 16
"""At a time in one web process: half of its threads, so that the other half always answers."""
STREAM_SECONDS = 22.0
"""Shorter than the patience of proxies; the browser comes back by itself."""
LOOK_SECONDS = 0.5
MOST_EVENTS = 500
_MOST_SEQ = 2**62


class UploadEventSerializer(serializers.Serializer):
    """One step of an upload."""

    seq = serializers.IntegerField()
    time = serializers.DateTimeField()
    step = serializers.ChoiceField(choices=UPLOAD_STEPS)
    account = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class UploadEventsSerializer(serializers.Serializer):
    """What has happened since the event with the number `after`, at most 500 events."""

    events = UploadEventSerializer(many=True)
    state = serializers.ChoiceField(choices=UPLOAD_STATES)


class EventsQuestionSerializer(serializers.Serializer):
    """From where on."""

    after = serializers.IntegerField(
        min_value=0, max_value=_MOST_SEQ, default=0, help_text="`seq` of the last event that is known."
    )


class Streams:
    """How many streams a process has open: a counted lock."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self._free = threading.BoundedSemaphore(most)

    def open(self) -> bool:
        return self._free.acquire(blocking=False)

    def close(self) -> None:
        self._free.release()


_STREAM_WORDS = """\
The same as they happen, for about 20 seconds. A message is `id: seq` and `data:` with an event as above; \
`event: end` with `data: {"state": …}` comes when the upload has finished: close then. `Last-Event-ID` is understood. \
503 if too many are watching: poll instead."""


class EventsView(SmallBodyView):
    """What happens to an upload."""

    renderer_classes: tuple[type[BaseRenderer], ...] = (FastJSONRenderer, EventStreamRenderer)
    streams: Streams | None = None
    """Given once, where the address is: one counter for the process."""
    stream_seconds = STREAM_SECONDS

    @operation(
        "getUploadEvents",
        {
            (200, "application/json"): UploadEventsSerializer,
            (200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR, description=_STREAM_WORDS),
        },
        tag="uploads",
        parameters=[EventsQuestionSerializer],
        problems=(400, 404, 503),
    )
    def get(self, request: Request, workspace: str, upload: int) -> HttpResponseBase:
        """Poll with `after`, or ask for `text/event-stream`."""
        after = asked(EventsQuestionSerializer, request)["after"]
        row = Upload.objects.visible_to(request.user).filter(workspace__slug=workspace, pk=upload).first()
        if row is None:
            raise NotFound
        if isinstance(request.accepted_renderer, EventStreamRenderer):
            return self._stream(row, max(after, _last_event_id(request)))
        # The state first: an event that comes in between is sent twice rather than never.
        return Response({"state": row.state, "events": events_after(row, after)})

    def own_streams(self) -> Streams:
        return self.streams or Streams()

    def _stream(self, row: Upload, after: int) -> StreamingHttpResponse:
        streams = self.own_streams()
        if not streams.open():
            raise Busy
        stream = Watching(streams, follow(row, after, seconds=self.stream_seconds))
        response = StreamingHttpResponse(stream, content_type="text/event-stream")
        response["Cache-Control"] = "no-cache"
        response["X-Accel-Buffering"] = "no"
        return response


class Watching:
    """The messages of one stream; gives its place back when the server closes it, whether it ended or broke."""

    def __init__(self, streams: Streams, messages: Iterator[bytes]) -> None:
        self._streams: Streams | None = streams
        self._messages = messages

    def __iter__(self) -> Iterator[bytes]:
        return self._messages

    def close(self) -> None:
        streams, self._streams = self._streams, None
        if streams is not None:
            streams.close()


def follow(row: Upload, after: int, *, seconds: float) -> Iterator[bytes]:
    """Server-sent events from the rows until the upload has finished, or for `seconds`."""
    until = time.monotonic() + seconds
    yield b"retry: 1000\n\n"
    while True:
        row.refresh_from_db(fields=["state"])
        events = events_after(row, after)
        for event in events:
            after = event["seq"]
            yield f"id: {after}\ndata: ".encode() + msgspec.json.encode(event) + b"\n\n"
        if len(events) == MOST_EVENTS:
            continue
        if row.finished_for_good:
            yield b"event: end\ndata: " + msgspec.json.encode({"state": row.state}) + b"\n\n"
            return
        if time.monotonic() + LOOK_SECONDS > until:
            return
        yield b": waiting\n\n"
        time.sleep(LOOK_SECONDS)


def events_after(row: Upload, after: int) -> list[dict[str, Any]]:
    """The next events of an upload, the oldest first."""
    events = UploadEvent.objects.filter(upload=row, pk__gt=after).order_by("pk")[:MOST_EVENTS]
    return [
        {
            "seq": event.pk,
            "time": event.time,
            "step": event.step,
            "account": event.account or None,
            "text": event.text,
            "done": event.done,
            "total": event.total,
        }
        for event in events
    ]


def _last_event_id(request: Request) -> int:
    text = request.headers.get("Last-Event-ID", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_SEQ)) - 1 else 0
