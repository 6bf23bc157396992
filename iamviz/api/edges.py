"""/edges/: why one node can become another, or why not: statements, lines, layers."""

from __future__ import annotations

from functools import partial
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.evidence import Library, documents_of
from iamviz.api.finding import find_node
from iamviz.api.layers import Pair, layers_of
from iamviz.api.questions import asked
from iamviz.api.rendering import blocked_of, evidence_in, relation_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import BLOCKING_LAYERS, LAYERS, SIDES, VERDICTS, NodeRefSerializer, RelationSerializer
from iamviz.graph.model import Evidence, IamGraph, Link
from iamviz.graph.reach import Relation, blocked_between, edges_between
from iamviz.snapshots.reading import load_inventory, load_organization


class BlockedRelationSerializer(RelationSerializer):
    """A relation that would be there but for one layer."""

    layer = serializers.ChoiceField(choices=BLOCKING_LAYERS)
    policy = serializers.CharField(allow_null=True, help_text="The policy that blocks, if it is one statement.")
    statement = serializers.IntegerField(allow_null=True)


class HighlightSerializer(serializers.Serializer):
    """Lines of a document that matter, and why."""

    first_line = serializers.IntegerField()
    last_line = serializers.IntegerField()
    note = serializers.CharField()


class EvidenceDocumentSerializer(serializers.Serializer):
    """A policy that takes part, with the lines that decide."""

    side = serializers.ChoiceField(choices=SIDES)
    owner = NodeRefSerializer()
    name = serializers.CharField()
    arn = serializers.CharField(allow_null=True)
    text = serializers.CharField(help_text="JSON, indented.")
    statement = serializers.IntegerField(help_text="Zero-based index of the first statement that is highlighted.")
    highlights = HighlightSerializer(many=True)


class LayerVerdictSerializer(serializers.Serializer):
    """What one layer of AWS's evaluation says."""

    layer = serializers.ChoiceField(choices=LAYERS)
    verdict = serializers.ChoiceField(choices=VERDICTS)
    where = serializers.CharField(help_text="Which policy or account decides, in words.")


class EdgeSerializer(serializers.Serializer):
    """Everything about one pair of nodes."""

    relations = RelationSerializer(many=True)
    blocked = BlockedRelationSerializer(many=True)
    documents = EvidenceDocumentSerializer(many=True)
    layers = LayerVerdictSerializer(many=True)


class EdgeQuestionSerializer(serializers.Serializer):
    """Between which nodes."""

    source = serializers.CharField(max_length=2048, help_text="Id or key of a node.")  # type: ignore[assignment]  # DRF takes it off the class
    target = serializers.CharField(max_length=2048, help_text="Id or key of a node.")


class EdgeView(RevisionView):
    """One pair of nodes."""

    @operation("getEdge", EdgeSerializer, tag="graph", parameters=[EdgeQuestionSerializer], problems=(400, 404))
    def get(self, request: Request, **_: str) -> Response:
        """Why `source` can become `target`, or why not."""
        question = asked(EdgeQuestionSerializer, request)
        source, target = (find_node(self.graph, self.revision, question[end]) for end in ("source", "target"))
        library = Library(
            self.graph,
            partial(load_inventory, self.revision),
            self.graph.ids[source],
            self.graph.ids[target],
            load_organization(self.revision),
        )
        relations = edges_between(self.graph, source, target)
        blocked = blocked_between(self.graph, source, target)
        return Response(edge_of(self.graph, library, relations, blocked))


def edge_of(graph: IamGraph, library: Library, relations: list[Relation], blocked: list[Link]) -> dict[str, Any]:
    """The pair with everything that decides about it."""
    evidence: list[Evidence] = evidence_in(proof for relation in relations for proof in relation.proofs(graph))
    blocking = [each for link in blocked for each in link.evidence]
    expressions = [relation.expression(graph) for relation in relations]
    return {
        "relations": [relation_of(graph, relation) for relation in relations],
        "blocked": [blocked_of(graph, link) for link in blocked],
        "documents": documents_of(library, [*evidence, *blocking]),
        "layers": layers_of(Pair(graph, library, expressions, evidence, blocked)),
    }
