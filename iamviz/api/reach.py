"""/reach/: everything that somebody can become in the end, or everybody who can become somebody; and /cycles/."""

from __future__ import annotations

from collections.abc import Mapping
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
from iamviz.graph.model import IamGraph
from iamviz.graph.radius import Radius, Reached, count_reached, radius
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
        return Response(reach_of(graph, found, count_reached(graph, found, starts, question["limit"])))


def _least(question: Mapping[str, Any]) -> Certainty:
    if question["unknown"]:
        return Certainty.UNKNOWN
    return Certainty.CONDITIONAL if question["conditional"] else Certainty.CERTAIN


def reach_of(graph: IamGraph, found: Radius, reached: Reached) -> dict[str, Any]:
    shown, total = len(reached.first), reached.total
    reason = f"{shown:,} of {total:,} nodes are listed: the counts are of all."
    return {
        "nodes": [
            {
                "node": node_ref(graph, node),
                "hops": int(found.hops[node]),
                "certainty": certainty_word(Certainty(int(found.certainty[node]))),
            }
            for node in reached.first
        ],
        "total": total,
        "kinds": reached.kinds,
        "accounts": _accounts(graph, reached),
        "truncated": {"shown": shown, "total": total, "reason": reason} if shown < total else None,
    }


def _accounts(graph: IamGraph, reached: Reached) -> list[dict[str, Any]]:
    """The accounts whose administration is reached first, then those with most nodes."""
    sizes, admins = reached.accounts, reached.admins
    listed = sorted(sizes.keys() | admins.keys(), key=lambda at: (-admins.get(at, 0), -sizes.get(at, 0), at))
    return [
        {
            "account": graph.accounts[at].id,
            "account_name": account_name(graph.accounts[at]),
            "nodes": sizes.get(at, 0),
            "admin": certainty_word(admins.get(at)),
        }
        for at in listed
    ]
