"""/neighbourhood/: what lies around one node, small enough to draw."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_node
from iamviz.api.map import TruncationSerializer
from iamviz.api.questions import asked
from iamviz.api.rendering import node_ref, relation_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import FOLDED_SIDES, PLACES, NodeRefSerializer, RelationSerializer
from iamviz.graph.model import IamGraph
from iamviz.graph.neighbourhood import Neighbourhood, around


class NeighbourSerializer(NodeRefSerializer):
    """A node, and the side of the centre that it is on."""

    role = serializers.ChoiceField(choices=PLACES)


class FoldedSerializer(serializers.Serializer):
    """Nodes that are not drawn one by one."""

    count = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes it off the class
    side = serializers.ChoiceField(choices=FOLDED_SIDES)


class NeighbourhoodSerializer(serializers.Serializer):
    """What lies around one node."""

    nodes = NeighbourSerializer(many=True)
    edges = RelationSerializer(many=True)
    folded = FoldedSerializer(many=True)
    truncated = TruncationSerializer(allow_null=True)


class NeighbourhoodQuestionSerializer(serializers.Serializer):
    """Around which node."""

    of = serializers.CharField(max_length=2048, help_text="Id or key of the node.")


class NeighbourhoodView(RevisionView):
    """What lies around one node."""

    @operation(
        "getNeighbourhood",
        NeighbourhoodSerializer,
        tag="graph",
        parameters=[NeighbourhoodQuestionSerializer],
        problems=(400, 404),
    )
    def get(self, request: Request, **_: str) -> Response:
        """Who can become the node and what it can become, at most 80 neighbours; the rest is folded and counted."""
        question = asked(NeighbourhoodQuestionSerializer, request)
        node = find_node(self.graph, self.revision, question["of"])
        return Response(neighbourhood_of(self.graph, around(self.graph, node)))


def neighbourhood_of(graph: IamGraph, found: Neighbourhood) -> dict[str, Any]:
    cut = found.shown < found.total
    reason = f"{found.shown:,} of {found.total:,} relations are drawn: the lists have all of them."
    return {
        "nodes": [{**node_ref(graph, node), "role": role} for node, role in found.view.nodes(data="role")],
        "edges": [relation_of(graph, relation) for *_, relation in found.view.edges(data="relation")],
        "folded": [{"count": fold.count, "label": fold.label, "side": fold.side} for fold in found.folds],
        "truncated": {"shown": found.shown, "total": found.total, "reason": reason} if cut else None,
    }
