"""What a request asks, checked by a serializer: query parameters, with unknown ones refused by name."""

from __future__ import annotations

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
    unknown = [name for name in given if name not in fields]
    if unknown:
        known = ", ".join(fields) or "none"
        raise serializers.ValidationError({name: [f"Unknown parameter; known: {known}."] for name in unknown})
    values = {
        name: given.getlist(name) if isinstance(field, serializers.ListField) else given[name]
        for name, field in fields.items()
        if name in given
    }
    serializer = question(data=values)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def asked_body(question: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The body as the serializer reads it. Raises ValidationError naming each wrong field."""
    serializer = question(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def choices(values: tuple[str, ...], help_text: str) -> serializers.ListField:
    """A parameter that may be repeated, each time with one of `values`."""
    return serializers.ListField(
        child=serializers.ChoiceField(choices=values), default=list, max_length=50, help_text=help_text
    )
