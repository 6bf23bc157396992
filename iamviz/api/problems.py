"""Errors as problem documents (RFC 9457), whatever raised them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import server_error
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import set_rollback

PROBLEM_TYPE = "application/problem+json"

_TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many requests",
    503: "Not available now",
}


class NotFound(APIException):
    status_code = status.HTTP_404_NOT_FOUND
    default_detail = "There is no such thing, or it is not yours."


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = "It is not in a state that allows this."


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "More than the limits allow."


class Busy(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "Too many are watching now: ask again without `text/event-stream`."


class Misplaced(ValidationError):  # noqa: N818 - it names what the field holds, not that something failed
    """Something wrong in a text that a field holds; `line` and `column` count from 1, None where nobody can tell."""

    def __init__(self, field: str, detail: str, line: int | None, column: int | None) -> None:
        super().__init__({field: [detail]})
        self.place = {name: at for name, at in (("line", line), ("column", column)) if at is not None}


def bad_parameter(field: str, detail: str) -> ValidationError:
    """A problem with one field or query parameter."""
    return ValidationError({field: [detail]})


def answer_problem(exception: Exception, context: Mapping[str, Any]) -> Response | None:  # noqa: ARG001  # DRF's
    """DRF's exception handler. None for what nobody foresaw: it is logged, and answer_failure answers."""
    known = _known(exception)
    if known is None:
        return None
    set_rollback()
    challenge = getattr(known, "auth_header", None)
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return Response(problem_of(known), known.status_code, headers=headers, content_type=PROBLEM_TYPE)


def _known(exception: Exception) -> APIException | None:
    match exception:
        case APIException():
            return exception
        case Http404():
            return NotFound()
        case PermissionDenied():
            denied = APIException("Your role does not allow it.")
            denied.status_code = status.HTTP_403_FORBIDDEN
            return denied
        case RequestDataTooBig():
            return TooLarge()
        case SuspiciousOperation():
            return ValidationError("The request cannot be understood.")
        case _:
            return None


def answer_failure(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw: a problem document to a program, a page to a person. The log has the rest."""
    if not request.path.startswith("/api/"):
        return server_error(request)
    problem = {"type": "about:blank", "title": "Failure", "status": 500, "detail": "iamviz failed; its log says how."}
    return JsonResponse(problem, status=500, content_type=PROBLEM_TYPE)


def problem_of(exception: APIException) -> dict[str, Any]:
    """The document itself. What the client sent is quoted only as far as it can be written as UTF-8."""
    errors: list[dict[str, Any]] = []
    if isinstance(exception, ValidationError):
        errors += _errors(exception.detail)
    if isinstance(exception, Misplaced):
        errors[0] |= exception.place
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(exception.status_code, "Problem"),
        "status": exception.status_code,
        "detail": _clean(errors[0]["detail"] if errors else str(exception.detail)),
    }
    if errors:
        problem["errors"] = errors
    return problem


def _errors(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else _clean(str(name))
            yield from _errors(inner, ".".join(part for part in (field, own) if part))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _errors(inner, field)
    else:
        yield {"field": field, "detail": _clean(str(detail))}


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:500]
