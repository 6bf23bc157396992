"""A log line for each request: what was asked, by whom, the answer's status and how long it took. Never a body."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

QUIET = ("/static/", "/healthz", "/readyz")
log = logging.getLogger("iamviz.requests")


def log_requests(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: log each answer, except static files and the health end points."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        started = time.monotonic()
        response = get_response(request)
        if not request.path.startswith(QUIET):
            log.info("request", extra=_facts(request, response, time.monotonic() - started))
        return response

    return answer


def _facts(request: HttpRequest, response: HttpResponseBase, seconds: float) -> dict[str, object]:
    member = getattr(request, "user", None)
    return {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "member": getattr(member, "pk", None),
    }
