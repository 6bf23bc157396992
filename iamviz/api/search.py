"""/search/: what somebody pasted or typed: ARNs of any kind, account ids, unique ids, names."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import search_nodes
from iamviz.api.questions import asked
from iamviz.api.rendering import node_ref
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import NodeRefSerializer


class SearchQuestionSerializer(serializers.Serializer):
    """What was pasted or typed."""

    q = serializers.CharField(max_length=2048, help_text="An ARN, an account id, a unique id, a name.")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20, help_text="How many at most.")


class SearchView(RevisionView):
    """Find nodes."""

    @operation(
        "search", NodeRefSerializer(many=True), tag="graph", parameters=[SearchQuestionSerializer], problems=(400, 404)
    )
    def get(self, request: Request, **_: str) -> Response:
        """ARNs of sessions and instance profiles lead to the role; `AROA…:session` too."""
        question = asked(SearchQuestionSerializer, request)
        found = search_nodes(self.graph, self.revision, question["q"], question["limit"])
        return Response([node_ref(self.graph, node) for node in found])
