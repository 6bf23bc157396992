"""/paths/: how one node can become another, the shortest ways first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_node
from iamviz.api.questions import asked_body
from iamviz.api.rendering import certainty_word, conditions_of, node_ref, relation_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, RelationSerializer
from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.graph.paths import Path, PathSet, Question, find_paths
from iamviz.graph.reach import TAKEOVER, blocked_between

LONGEST_ID = 2048


class PathQuestionSerializer(serializers.Serializer):
    """From where to where, over what."""

    to = serializers.CharField(max_length=LONGEST_ID, help_text="Id or key of the node to become.")
    via = serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID), max_length=10, default=list)
    avoid = serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID), max_length=100, default=list)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=EDGE_KINDS), default=list, help_text="Empty: all kinds."
    )
    conditional = serializers.BooleanField(default=True, help_text="Also over edges that hang on a condition.")
    unknown = serializers.BooleanField(default=False, help_text="Also over edges of which one side is missing.")
    max_hops = serializers.IntegerField(min_value=1, max_value=10, default=6)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add `from`, which cannot be written as a name in Python."""
        start = serializers.CharField(max_length=LONGEST_ID, help_text="Id or key of the node to start from.")
        return {"from": start, **super().get_fields()}


class PathSerializer(serializers.Serializer):
    """One way, edge by edge."""

    hops = serializers.IntegerField()
    certainty = serializers.ChoiceField(choices=CERTAINTIES)
    conditions = serializers.IntegerField()
    accounts = serializers.IntegerField()
    edges = RelationSerializer(many=True)


class SearchedSerializer(serializers.Serializer):
    """How much of the graph was looked at."""

    nodes = serializers.IntegerField()
    edges = serializers.IntegerField()


class PathsSerializer(serializers.Serializer):
    """Ways from one node to another."""

    paths = PathSerializer(many=True)
    more = serializers.BooleanField(help_text="Whether there are more than `limit`.")
    searched = SearchedSerializer()
    nothing_because = serializers.CharField(allow_null=True, help_text="Why nothing was found, in words.")


class PathsView(RevisionView):
    """Ways from one node to another."""

    @operation(
        "findPaths", PathsSerializer, tag="graph", takes=PathQuestionSerializer, problems=(400, 403, 404, 413, 415)
    )
    def post(self, request: Request, **_: str) -> Response:
        """The shortest ways first. It changes nothing: viewers may ask too."""
        question = asked_body(PathQuestionSerializer, request)
        wish = Question(
            source=self._node(question["from"]),
            target=self._node(question["to"]),
            limit=question["limit"],
            max_hops=question["max_hops"],
            kinds=question["kinds"] or TAKEOVER,
            conditional=question["conditional"],
            unknown=question["unknown"],
            via=[self._node(each) for each in question["via"]],
            avoid=[self._node(each) for each in question["avoid"]],
        )
        found = find_paths(self.graph, wish)
        return Response(
            {
                "paths": [path_of(self.graph, path) for path in found.paths],
                "more": found.more,
                "searched": {"nodes": found.searched_nodes, "edges": found.searched_edges},
                "nothing_because": None if found.paths else nothing_because(self.graph, wish, found),
            }
        )

    def _node(self, text: str) -> int:
        return find_node(self.graph, self.revision, text)


def path_of(graph: IamGraph, path: Path) -> dict[str, Any]:
    accounts = {node_ref(graph, node)["account"] for step in path.relations for node in (step.source, step.target)}
    conditions = [each for step in path.relations for each in conditions_of(step.expression(graph))]
    return {
        "hops": path.hops,
        "certainty": certainty_word(path.certainty),
        "conditions": len(conditions),
        "accounts": len(accounts - {None}),
        "edges": [relation_of(graph, step) for step in path.relations],
    }


def nothing_because(graph: IamGraph, wish: Question, found: PathSet) -> str:
    """Why no path was found: what was searched, what blocked, what was left out by the question."""
    start, end = graph.names[wish.source], graph.names[wish.target]
    if wish.source == wish.target:
        return f"{start} is both the start and the end."
    blocked = blocked_between(graph, wish.source, wish.target)
    if blocked:
        return f"{start} cannot become {end} directly: {blocked[0].reason}."
    searched = (
        f"Searched what {start} reaches in at most {wish.max_hops} hops"
        f" ({found.searched_nodes:,} nodes, {found.searched_edges:,} edges)."
    )
    left_out = ", ".join(_left_out(wish))
    return f"{searched} Left out: {left_out}." if left_out else searched


def _left_out(wish: Question) -> Iterator[str]:
    if not wish.conditional:
        yield "conditional edges"
    if not wish.unknown:
        yield "edges of which one side is missing"
    if not set(wish.kinds) >= TAKEOVER:
        yield "some kinds of edges"
    if wish.avoid:
        yield "the nodes to avoid"
    if wish.via:
        yield "paths that miss a node of `via`"
