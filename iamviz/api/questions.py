"""What a request asks, checked by a serializer: query parameters, with unknown ones refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

MOST_RESULTS = 200


class PagingQuestionSerializer(serializers.Serializer):
    """Which page of a list."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MOST_RESULTS, default=50, help_text="How many results on a page."
    )
    cursor = serializers.CharField(max_length=100, default="", help_text="From `next` or `previous` of another page.")


def asked(question: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The query parameters as the serializer reads them. Raises ValidationError naming each wrong parameter."""
    fields = question().fields
    given = request.query_params
    _refuse_unknown(given, fields, "parameter")
    values = {
        name: given.getlist(name) if isinstance(field, serializers.ListField) else given[name]
        for name, field in fields.items()
        if name in given
    }
    serializer = question(data=values)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def asked_body(question: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The body as the serializer reads it. Raises ValidationError naming each wrong field, unknown ones too."""
    serializer = question(data=request.data)
    if isinstance(request.data, dict):
        _refuse_unknown(request.data, serializer.fields, "field")
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _refuse_unknown(given: Mapping[str, Any], known: Mapping[str, Any], word: str) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        names = ", ".join(known) or "none"
        raise serializers.ValidationError({name: [f"Unknown {word}; known: {names}."] for name in unknown})


def choices(values: tuple[str, ...], help_text: str) -> serializers.ListField:
    """A parameter that may be repeated, each time with one of `values`."""
    return serializers.ListField(
        child=serializers.ChoiceField(choices=values), default=list, max_length=50, help_text=help_text
    )
