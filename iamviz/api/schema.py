"""How the OpenAPI document is made: one decorator for every operation, and what is said of paths once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from iamviz.api.shapes import ProblemSerializer

Operation = TypeVar("Operation", bound=Callable[..., Any])

PROBLEM_TYPE = "application/problem+json"
_PROBLEMS = {
    400: "The request cannot be understood: `errors` names the field and the rule.",
    401: "Sign-in or a valid token is needed.",
    403: "Your role in this workspace does not allow it, or the CSRF token is missing.",
    404: "There is no such thing, or it is not yours.",
    405: "This address does not answer to that method.",
    406: "There is no answer in the format that was asked for.",
    409: "It is not in a state that allows this.",
    413: "More than the limits allow.",
    415: "The body is not in a format that is understood here.",
    503: "Too many are watching now.",
}
_PATH_WORDS = {
    "workspace": ("Slug of the workspace.", {"pattern": "^[-a-zA-Z0-9_]+$"}),
    "revision": ("Number of the revision within the workspace, or `latest`.", {"pattern": "^([0-9]+|latest)$"}),
    "key": ("The `key` of the identity: 22 url-safe characters.", {"pattern": "^[-_A-Za-z0-9]{22}$"}),
    "upload": ("Id of the upload.", {}),
    "token": ("Id of the token.", {}),
}


def operation(
    name: str,
    answer: Any,  # a serializer, or several answers as extend_schema takes them
    *,
    tag: str,
    status: int = 200,
    takes: Any = None,
    parameters: Sequence[type[Serializer]] = (),
    problems: Sequence[int] = (),
) -> Callable[[Operation], Operation]:
    """Describe one operation. 401 and 406 can happen everywhere and need not be named in `problems`."""
    responses: dict[Any, Any] = dict(answer) if isinstance(answer, dict) else {status: answer}
    for code in sorted({401, 406, *problems}):
        responses[code, PROBLEM_TYPE] = OpenApiResponse(ProblemSerializer, description=_PROBLEMS[code])
    return extend_schema(operation_id=name, tags=[tag], request=takes, responses=responses, parameters=list(parameters))


def describe_paths(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say once what every path parameter means, and what the header of revisions is."""
    for path, operations in result["paths"].items():
        for each in operations.values():
            for parameter in each.get("parameters", ()):
                _describe(parameter)
            if "/{revision}/" in path:
                _add_header(each["responses"])
    return result


def _describe(parameter: dict[str, Any]) -> None:
    if parameter["in"] == "path" and parameter["name"] in _PATH_WORDS:
        words, limits = _PATH_WORDS[parameter["name"]]
        parameter["description"] = words
        parameter["schema"].update(limits)


def _add_header(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        if status.startswith("2"):
            response["headers"] = {
                "X-Revision": {"description": "Number of the revision that was read.", "schema": {"type": "integer"}}
            }
