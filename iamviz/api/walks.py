"""What the questions about walks have in common: from where to where, over what, under which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from iamviz.api.assuming import AssumptionsSerializer, assumptions_of
from iamviz.api.ends import ENDS_WORDS, LONGEST_ID, EndsField, find_ends
from iamviz.api.finding import find_node
from iamviz.api.scope import RevisionView
from iamviz.graph.model import EDGE_KINDS, EdgeKind, IamGraph
from iamviz.graph.paths import Question
from iamviz.graph.walking import WALKED

MOST_AVOIDED = 100


class WalkQuestionSerializer(serializers.Serializer):
    """Which edges a walk may use."""

    avoid = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_ID), max_length=MOST_AVOIDED, default=list
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=EDGE_KINDS), default=list, help_text="Empty: all by which one takes over."
    )
    conditional = serializers.BooleanField(default=True, help_text="Also over edges that hang on a condition.")
    unknown = serializers.BooleanField(default=False, help_text="Also over edges of which one side is missing.")
    assume = AssumptionsSerializer(required=False, help_text="What is known of the requests.")


class BetweenQuestionSerializer(WalkQuestionSerializer):
    """From where to where, over what."""

    to = EndsField(help_text=f"Whom to become. {ENDS_WORDS}")

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add `from`, which cannot be written as a name in Python."""
        return {"from": EndsField(help_text=f"Who starts. {ENDS_WORDS}"), **super().get_fields()}


def kinds_of(question: Mapping[str, Any]) -> frozenset[EdgeKind]:
    """The kinds that were asked for; to be an admin is no step that anybody could leave out."""
    return frozenset(question["kinds"]) | {"is-admin"} if question["kinds"] else WALKED


class WalkView(RevisionView):
    """A question about walks."""

    def graph_of(self, question: Mapping[str, Any]) -> IamGraph:
        return self.graph_under(assumptions_of(question.get("assume", {})))

    def nodes(self, texts: list[str]) -> list[int]:
        return [find_node(self.graph, self.revision, each) for each in texts]

    def ends(self, texts: list[str]) -> list[int]:
        return find_ends(self.graph, self.revision, texts)

    def wish(self, question: Mapping[str, Any], **more: Any) -> Question:
        return Question(
            sources=self.ends(question["from"]),
            targets=self.ends(question["to"]),
            kinds=kinds_of(question),
            conditional=question["conditional"],
            unknown=question["unknown"],
            avoid=self.nodes(question["avoid"]),
            **more,
        )
