"""/cycles/: identities that can become each other in a circle, and so renew a session for ever."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.pages import numbered_page
from iamviz.api.questions import PagingQuestionSerializer, asked
from iamviz.api.rendering import certainty_word, node_ref
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, NodeRefSerializer, PageSerializer
from iamviz.graph.cycles import find_cycles

MOST_MEMBERS = 20


class CycleSerializer(serializers.Serializer):
    """Roles of which each can become each other one."""

    certainty = serializers.ChoiceField(choices=CERTAINTIES)
    size = serializers.IntegerField()
    nodes = NodeRefSerializer(many=True, help_text=f"At most {MOST_MEMBERS} of them.")


class CyclePageSerializer(PageSerializer):
    """A page of cycles."""

    results = CycleSerializer(many=True)


class CyclesView(RevisionView):
    """Cycles of roles."""

    @operation(
        "listCycles", CyclePageSerializer, tag="graph", parameters=[PagingQuestionSerializer], problems=(400, 404)
    )
    def get(self, request: Request, **_: str) -> Response:
        """The largest first. Over role assumption alone, with conditions or without, nothing that is unknown."""
        question = asked(PagingQuestionSerializer, request)
        found = find_cycles(self.graph)
        return Response(
            numbered_page(
                request,
                question,
                len(found),
                lambda first, last: [
                    {
                        "certainty": certainty_word(each.certainty),
                        "size": len(each.nodes),
                        "nodes": [node_ref(self.graph, node) for node in each.nodes[:MOST_MEMBERS]],
                    }
                    for each in found[first:last]
                ],
            )
        )
