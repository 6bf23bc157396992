"""/cuts/: the fewest statements to take away so that nobody of one set becomes anybody of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.questions import asked_body
from iamviz.api.rendering import node_ref, relation_of
from iamviz.api.schema import operation
from iamviz.api.shapes import NodeRefSerializer, RelationSerializer
from iamviz.api.walks import BetweenQuestionSerializer, WalkView
from iamviz.graph.between import Between, between
from iamviz.graph.choke_points import ChokePoint, choke_points
from iamviz.graph.cuts import smallest_cut
from iamviz.graph.model import IamGraph
from iamviz.graph.reach import Relation

MOST_SHOWN = 500


class CutQuestionSerializer(BetweenQuestionSerializer):
    """Whom to keep from whom."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST_SHOWN, default=100)


class ChokePointSerializer(serializers.Serializer):
    """An identity that every way of some sources passes."""

    node = NodeRefSerializer()
    sources = serializers.IntegerField(help_text="How many of the others it alone keeps from every target.")


class CutSerializer(serializers.Serializer):
    """What to cut. An edge may start or end at a pattern: there it is cut for every identity that matches."""

    edges = RelationSerializer(many=True, help_text="At most `limit` of the cut's edges.")
    size = serializers.IntegerField(help_text="How many edges the cut has.")
    choke_points = ChokePointSerializer(many=True, help_text="At most `limit`, the ones that keep most away first.")
    sources = serializers.IntegerField(help_text="How many of `from` reach somebody of `to`, before the cut.")
    targets = serializers.IntegerField(help_text="How many of `to` are reached.")
    inseparable = NodeRefSerializer(
        many=True, help_text="Those of `from` that belong to `to`, or are admin of it themselves: no cut helps there."
    )
    truncated = serializers.CharField(allow_null=True, help_text="What is not all there, in words.")


class CutsView(WalkView):
    """The smallest cut between two sets."""

    @operation("findCut", CutSerializer, tag="graph", takes=CutQuestionSerializer, problems=(400, 403, 404, 413, 415))
    def post(self, request: Request, **_: str) -> Response:
        """A smallest set of edges without which no way is left. It changes nothing: viewers may ask too."""
        question = asked_body(CutQuestionSerializer, request)
        graph = self.graph_of(question)
        return Response(cut_of(graph, between(graph, self.wish(question)), question["limit"]))


def cut_of(graph: IamGraph, part: Between, limit: int) -> dict[str, Any]:
    cut, found = smallest_cut(graph, part).relations, choke_points(graph, part)
    points = found or []
    return {
        "edges": [relation_of(graph, relation) for relation in cut[:limit]],
        "size": len(cut),
        "choke_points": [{"node": node_ref(graph, each.node), "sources": each.sources} for each in points[:limit]],
        "sources": len(part.sources),
        "targets": len(part.targets),
        "inseparable": [node_ref(graph, node) for node in part.inseparable[:limit]],
        "truncated": " ".join(_left_out(part, cut, found, limit)) or None,
    }


def _left_out(part: Between, cut: Sequence[Relation], points: Sequence[ChokePoint] | None, limit: int) -> Iterator[str]:
    if part.truncated:
        yield "Too much lies between the two sets to look for a cut: make one of them smaller."
    if points is None:
        yield "Too much lies between the two sets to look for choke points: make one of them smaller."
    totals = {"edges": len(cut), "choke points": len(points or ()), "inseparable": len(part.inseparable)}
    cut_short = [f"{limit:,} of {total:,} {name}" for name, total in totals.items() if total > limit]
    if cut_short:
        yield f"Shown: {', '.join(cut_short)}."
