"""/actions/: the actions that AWS lists, for whoever types the beginning of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.questions import asked
from iamviz.api.schema import operation
from iamviz.policy.catalogue import catalogue


class ActionsQuestionSerializer(serializers.Serializer):
    """What was typed."""

    search = serializers.CharField(
        max_length=200, help_text="The beginning of an action or of its name, or words that it holds, in any case."
    )
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20, help_text="How many at most.")


class ActionSerializer(serializers.Serializer):
    """An action of a service."""

    action = serializers.CharField(help_text="As AWS spells it: `s3:GetObject`.")
    access_level = serializers.CharField(help_text="List, Read, Write, Tagging or Permissions management.")
    resources = serializers.ListField(
        child=serializers.CharField(),
        help_text="ARNs of what it acts on, with `${Partition}` and the like. Empty: its only resource is `*`.",
    )


class FoundActionsSerializer(serializers.Serializer):
    """The best matches, and how many there are in all."""

    total = serializers.IntegerField()
    results = ActionSerializer(many=True)


class ActionsView(APIView):
    """What AWS publishes about its services; the same in every workspace."""

    @operation(
        "findActions", FoundActionsSerializer, tag="decisions", parameters=[ActionsQuestionSerializer], problems=(400,)
    )
    def get(self, request: Request) -> Response:
        """Actions that begin with the text come first, then those whose name does, then those that hold its words."""
        question = asked(ActionsQuestionSerializer, request)
        found = find_actions(question["search"])
        results = [_action(name) for name in found[: question["limit"]]]
        return Response({"total": len(found), "results": results})


def find_actions(text: str) -> list[str]:
    """The names that match, the best first, and in AWS's order where they match alike."""
    rank = _ranking(text.lower())
    ranked = ((rank(name.lower()), name) for name in catalogue().action_names)
    return [name for _, name in sorted((each for each in ranked if each[0] < _NONE), key=lambda each: each[0])]


_NONE = 4


def _ranking(text: str) -> Callable[[str], int]:
    words = text.split()

    def rank(name: str) -> int:
        if not all(word in name for word in words):
            return _NONE
        if name == text:
            return 0
        if name.startswith(text):
            return 1
        return 2 if name.partition(":")[2].startswith(text) else 3

    return rank


def _action(name: str) -> dict[str, Any]:
    known = catalogue().action(name)
    assert known is not None, "the names are the catalogue's own"
    return {"action": known.name, "access_level": known.access_level, "resources": list(known.resource_arns)}
