"""/reach/: everything that somebody can become in the end, or everybody who can become somebody; and /cycles/."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.ends import ENDS_WORDS, EndsField
from iamviz.api.map import TruncationSerializer
from iamviz.api.problems import bad_parameter
from iamviz.api.questions import asked_body
from iamviz.api.rendering import account_name, certainty_word, node_ref
from iamviz.api.schema import operation
from iamviz.api.shapes import CERTAINTIES, NodeRefSerializer
from iamviz.api.walks import WalkQuestionSerializer, WalkView, kinds_of
from iamviz.graph.model import ADMIN, IamGraph
from iamviz.graph.radius import Radius, radius
from iamviz.policy.expression import Certainty

MOST_SHOWN = 1000


class ReachQuestionSerializer(WalkQuestionSerializer):
    """What `from` can become, or who can become `to`: one of the two."""

    to = EndsField(required=False, help_text=f"Who is reached. {ENDS_WORDS}")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_SHOWN, default=100)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add `from`, which cannot be written as a name in Python."""
        return {"from": EndsField(required=False, help_text=f"Who starts. {ENDS_WORDS}"), **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Just one end."""
        if ("from" in attrs) == ("to" in attrs):
            raise bad_parameter("from", "Name either `from` or `to`.")
        return attrs


class ReachedSerializer(serializers.Serializer):
    """A node, how far it is, and how sure that is."""

    node = NodeRefSerializer()
    hops = serializers.IntegerField(help_text="How many identities are taken over on the way.")
    certainty = serializers.ChoiceField(choices=CERTAINTIES)


class ReachedAccountSerializer(serializers.Serializer):
    """How much of an account is reached."""

    account = serializers.CharField()
    account_name = serializers.CharField(allow_null=True)
    nodes = serializers.IntegerField()
    admin = serializers.ChoiceField(
        choices=CERTAINTIES, allow_null=True, help_text="How sure its administration is reached; null: it is not."
    )


class ReachSerializer(serializers.Serializer):
    """What lies within reach."""

    nodes = ReachedSerializer(many=True, help_text="The surest first, then the nearest.")
    total = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.IntegerField(), help_text="Kind of node: how many.")
    accounts = ReachedAccountSerializer(many=True)
    truncated = TruncationSerializer(allow_null=True)


class ReachView(WalkView):
    """Blast radius, and its reverse."""

    @operation(
        "findReach", ReachSerializer, tag="graph", takes=ReachQuestionSerializer, problems=(400, 403, 404, 413, 415)
    )
    def post(self, request: Request, **_: str) -> Response:
        """What `from` reaches over any number of steps, or who reaches `to`. It changes nothing."""
        question = asked_body(ReachQuestionSerializer, request)
        graph, backwards = self.graph_of(question), "to" in question
        starts = self.ends(question["to" if backwards else "from"])
        found = radius(
            graph,
            starts,
            least=_least(question),
            kinds=kinds_of(question),
            avoid=self.nodes(question["avoid"]),
            backwards=backwards,
        )
        return Response(reach_of(graph, found, _reached(graph, found, starts), question["limit"]))


def _least(question: Mapping[str, Any]) -> Certainty:
    if question["unknown"]:
        return Certainty.UNKNOWN
    return Certainty.CONDITIONAL if question["conditional"] else Certainty.CERTAIN


def _reached(graph: IamGraph, found: Radius, starts: Sequence[int]) -> list[int]:
    """Without the starts, patterns, and those that are admin of what is asked for: they need not become it."""
    left_out = {*starts}
    return [
        node
        for node in found.nodes(~graph.is_pattern)
        if node not in left_out and not (found.hops[node] == 0 and ADMIN[graph.admin[node]] != "no")
    ]


def reach_of(graph: IamGraph, found: Radius, nodes: Sequence[int], limit: int) -> dict[str, Any]:
    reason = f"{limit:,} of {len(nodes):,} nodes are listed: the counts are of all."
    cut = len(nodes) > limit
    return {
        "nodes": [
            {
                "node": node_ref(graph, node),
                "hops": int(found.hops[node]),
                "certainty": certainty_word(_certainty(found, node)),
            }
            for node in nodes[:limit]
        ],
        "total": len(nodes),
        "kinds": Counter(graph.kind(node) for node in nodes),
        "accounts": _accounts(graph, found, nodes),
        "truncated": {"shown": limit, "total": len(nodes), "reason": reason} if cut else None,
    }


def _certainty(found: Radius, node: int) -> Certainty:
    return Certainty(int(found.certainty[node]))


def _accounts(graph: IamGraph, found: Radius, nodes: Sequence[int]) -> list[dict[str, Any]]:
    """The accounts whose administration is reached first, then those with most nodes."""
    sizes = Counter(int(graph.account_of[node]) for node in nodes if graph.kind(node) != "admin")
    admin = {int(graph.account_of[node]): _certainty(found, node) for node in nodes if graph.kind(node) == "admin"}
    listed = sorted((sizes.keys() | admin.keys()) - {-1}, key=lambda at: (-admin.get(at, 0), -sizes[at], at))
    return [
        {
            "account": graph.accounts[at].id,
            "account_name": account_name(graph.accounts[at]),
            "nodes": sizes[at],
            "admin": certainty_word(admin.get(at)),
        }
        for at in listed
    ]
