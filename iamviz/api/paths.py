"""/paths/: how one node can become another, the shortest ways first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_node
from iamviz.api.questions import asked_body
from iamviz.api.rendering import certainty_word, conditions_of, node_ref, relation_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, EDGE_KINDS, RelationSerializer
from iamviz.graph.model import IamGraph
from iamviz.graph.paths import Path, PathSet, find_paths
from iamviz.graph.reach import TAKEOVER, blocked_between

_ID = {"max_length": 2048, "trim_whitespace": True}


class PathQuestionSerializer(serializers.Serializer):
    """From where to where, over what."""

    to = serializers.CharField(**_ID, help_text="Id or key of the node to become.")
    via = serializers.ListField(child=serializers.CharField(**_ID), max_length=10, default=list)
    avoid = serializers.ListField(child=serializers.CharField(**_ID), max_length=100, default=list)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=EDGE_KINDS), default=list, help_text="Empty: all kinds."
    )
    conditional = serializers.BooleanField(default=True, help_text="Also over edges that hang on a condition.")
    unknown = serializers.BooleanField(default=False, help_text="Also over edges of which one side is missing.")
    max_hops = serializers.IntegerField(min_value=1, max_value=10, default=6)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add `from`, which cannot be written as a name in Python."""
        start = serializers.CharField(**_ID, help_text="Id or key of the node to start from.")
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
        source, target = self._node(question["from"]), self._node(question["to"])
        found = find_paths(
            self.graph,
            source,
            target,
            limit=question["limit"],
            max_hops=question["max_hops"],
            kinds=question["kinds"] or TAKEOVER,
            conditional=question["conditional"],
            unknown=question["unknown"],
            via=[self._node(each) for each in question["via"]],
            avoid=[self._node(each) for each in question["avoid"]],
        )
        return Response(
            {
                "paths": [path_of(self.graph, path) for path in found.paths],
                "more": found.more,
                "searched": {"nodes": found.searched_nodes, "edges": found.searched_edges},
                "nothing_because": None
                if found.paths
                else nothing_because(self.graph, source, target, found, question),
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


def nothing_because(graph: IamGraph, source: int, target: int, found: PathSet, question: Mapping[str, Any]) -> str:
    """Why no path was found: what was searched, what blocked, what was left out by the question."""
    if source == target:
        return f"{graph.names[source]} is both the start and the end."
    blocked = blocked_between(graph, source, target)
    if blocked:
        return f"{graph.names[source]} cannot become {graph.names[target]} directly: {blocked[0].reason}."
    left_out = [
        words
        for words, is_left_out in (
            ("conditional edges", not question["conditional"]),
            ("edges of which one side is missing", not question["unknown"]),
            ("some kinds of edges", bool(question["kinds"])),
            ("the nodes to avoid", bool(question["avoid"])),
            ("paths that miss a node of `via`", bool(question["via"])),
        )
        if is_left_out
    ]
    searched = (
        f"{found.searched_nodes:,} nodes within reach of {graph.names[source]} were searched"
        f" over {found.searched_edges:,} edges, at most {question['max_hops']} hops"
    )
    return f"{searched}. Left out: {', '.join(left_out)}." if left_out else f"{searched}."
