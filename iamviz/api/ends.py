"""Where a question starts or ends: one node, several, or a set that has a name."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from iamviz.api.finding import find_node
from iamviz.api.problems import NotFound
from iamviz.graph.model import IamGraph
from iamviz.graph.sets import named_set
from iamviz.snapshots.models import Revision

LONGEST_ID = 2048
MOST_ENDS = 100

ENDS_WORDS = (
    "Id or key of a node; `any-external`, `any-user`, `admin`; the id of an account (its identities) or of an OU;"
    " or a list of these."
)

_ONE: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}


@extend_schema_field({"anyOf": [_ONE, {"type": "array", "minItems": 1, "maxItems": MOST_ENDS, "items": _ONE}]})
class EndsField(serializers.Field):
    """One text or a list of them."""

    def to_internal_value(self, data: object) -> list[str]:
        texts = data if isinstance(data, list) else [data]
        if not 1 <= len(texts) <= MOST_ENDS:
            raise serializers.ValidationError(f"Name 1 to {MOST_ENDS} ends.")
        return [self._text(each) for each in texts]

    def to_representation(self, value: list[str]) -> list[str]:
        return value

    def _text(self, value: object) -> str:
        if not isinstance(value, str):
            raise serializers.ValidationError(f"An end is a text of 1 to {LONGEST_ID} characters.")
        return str(serializers.CharField(max_length=LONGEST_ID).run_validation(value))


def find_ends(graph: IamGraph, revision: Revision, texts: list[str]) -> list[int]:
    """The nodes that are meant, each once, by number. Raises NotFound naming what leads to none."""
    found: set[int] = set()
    for text in texts:
        members = named_set(graph, text)
        if members == []:
            raise NotFound(f"Revision {revision.number} holds no node that belongs to {text[:100]!r}.")
        found.update([find_node(graph, revision, text)] if members is None else members)
    return sorted(found)
