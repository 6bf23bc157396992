"""/identities/{key}/inbound/ and /outbound/: who can become it, what it can become, one step away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_identity
from iamviz.api.pages import numbered_page
from iamviz.api.questions import PagingQuestionSerializer, asked, choices
from iamviz.api.rendering import certainty_word, relation_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, RelationPageSerializer
from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.graph.model import EDGE_KINDS as STORED_KINDS
from iamviz.graph.reach import Relation, inbound, outbound


class RelationsQuestionSerializer(PagingQuestionSerializer):
    """Which relations."""

    kind = choices(EDGE_KINDS, "Only edges of these kinds.")
    certainty = choices(CERTAINTIES, "Only these certainties.")


class InboundView(RevisionView):
    """Who can become an identity."""

    @operation(
        "listInbound",
        RelationPageSerializer,
        tag="identities",
        parameters=[RelationsQuestionSerializer],
        problems=(400, 404),
    )
    def get(self, request: Request, key: str, **_: str) -> Response:
        """Who can become it, or is a member of it. Patterns are expanded, and named in `through`."""
        node = self.graph.index(find_identity(self.revision, key).arn)
        relations = [] if node is None else inbound(self.graph, node)
        return Response(page_of_relations(request, self.graph, relations, by="source"))


class OutboundView(RevisionView):
    """What an identity can become."""

    @operation(
        "listOutbound",
        RelationPageSerializer,
        tag="identities",
        parameters=[RelationsQuestionSerializer],
        problems=(400, 404),
    )
    def get(self, request: Request, key: str, **_: str) -> Response:
        """What it can become, or is a member of. Patterns are expanded, and named in `through`."""
        node = self.graph.index(find_identity(self.revision, key).arn)
        relations = [] if node is None else outbound(self.graph, node)
        return Response(page_of_relations(request, self.graph, relations, by="target"))


def page_of_relations(request: Request, graph: IamGraph, relations: Sequence[Relation], *, by: str) -> dict[str, Any]:
    """Those that were asked for, the surest first, then by the name of the other end; only a page is rendered."""
    question = asked(RelationsQuestionSerializer, request)
    kept = sorted(
        (relation for relation in relations if _wanted(relation, question)),
        key=lambda relation: _place(graph, relation, getattr(relation, by)),
    )
    return numbered_page(
        request, question, len(kept), lambda first, last: [relation_of(graph, each) for each in kept[first:last]]
    )


def _wanted(relation: Relation, question: Mapping[str, Any]) -> bool:
    kinds, certainties = question["kind"], question["certainty"]
    return (not kinds or relation.kind in kinds) and (
        not certainties or certainty_word(relation.certainty) in certainties
    )


def _place(graph: IamGraph, relation: Relation, other: int) -> tuple[int, int, str, str]:
    kind = STORED_KINDS.index(relation.kind)
    return -int(relation.certainty), kind, graph.names[other].casefold(), graph.ids[other]
