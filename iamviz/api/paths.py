"""/paths/: how one node can become another, the shortest ways first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.ends import LONGEST_ID
from iamviz.api.questions import asked_body
from iamviz.api.rendering import certainty_word, conditions_of, node_ref, relation_of
from iamviz.api.schema import operation
from iamviz.api.shapes import CERTAINTIES, RelationSerializer
from iamviz.api.walks import BetweenQuestionSerializer, WalkView
from iamviz.graph.model import IamGraph
from iamviz.graph.paths import Path, PathSet, Question, find_paths
from iamviz.graph.reach import blocked_between
from iamviz.graph.walking import TAKEOVER


class PathQuestionSerializer(BetweenQuestionSerializer):
    """From where to where, over what, how many ways."""

    via = serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID), max_length=10, default=list)
    max_hops = serializers.IntegerField(min_value=1, max_value=10, default=6)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)


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
    """Ways from one node or set to another."""

    paths = PathSerializer(many=True)
    more = serializers.BooleanField(help_text="Whether there are more than `limit`.")
    truncated = serializers.BooleanField(
        help_text="Whether too much lies between the ends to look at every way: the shortest are shown all the same."
    )
    searched = SearchedSerializer()
    nothing_because = serializers.CharField(allow_null=True, help_text="Why nothing was found, in words.")


class PathsView(WalkView):
    """Ways from one node or set to another."""

    @operation(
        "findPaths", PathsSerializer, tag="graph", takes=PathQuestionSerializer, problems=(400, 403, 404, 413, 415)
    )
    def post(self, request: Request, **_: str) -> Response:
        """The shortest ways first. It changes nothing: viewers may ask too."""
        question = asked_body(PathQuestionSerializer, request)
        graph, via = self.graph_of(question), self.nodes(question["via"])
        wish = self.wish(question, limit=question["limit"], max_hops=question["max_hops"], via=via)
        found = find_paths(graph, wish)
        return Response(
            {
                "paths": [path_of(graph, path) for path in found.paths],
                "more": found.more,
                "truncated": found.truncated,
                "searched": {"nodes": found.searched_nodes, "edges": found.searched_edges},
                "nothing_because": None if found.paths else nothing_because(graph, wish, found),
            }
        )


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
    start, end = _name(graph, wish.sources), _name(graph, wish.targets)
    if set(wish.sources) >= set(wish.targets):
        return f"{start} is both the start and the end."
    if len(wish.sources) == len(wish.targets) == 1:
        blocked = blocked_between(graph, *wish.sources, *wish.targets)
        if blocked:
            return f"{start} cannot become {end} directly: {blocked[0].reason}."
    searched = (
        f"Searched what {start} reaches in at most {wish.max_hops} hops"
        f" ({found.searched_nodes:,} nodes, {found.searched_edges:,} edges)."
    )
    left_out = ", ".join(_left_out(wish))
    return f"{searched} Left out: {left_out}." if left_out else searched


def _name(graph: IamGraph, nodes: Collection[int]) -> str:
    return graph.names[next(iter(nodes))] if len(nodes) == 1 else f"the set of {len(nodes):,} nodes"


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
