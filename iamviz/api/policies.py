"""/identities/{key}/policies/: every policy that decides about an identity, with the lines of its statements."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.documents import Applied, applied_policies, find_holder, statements_of
from iamviz.api.finding import find_identity
from iamviz.api.rendering import node_ref_of_id
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import EFFECTS, POLICY_SOURCES, NodeRefSerializer
from iamviz.graph.model import IamGraph
from iamviz.snapshots.reading import load_inventory


class StatementLinesSerializer(serializers.Serializer):
    """Where a statement stands in the text."""

    index = serializers.IntegerField()
    sid = serializers.CharField(allow_null=True)
    effect = serializers.ChoiceField(choices=EFFECTS)
    first_line = serializers.IntegerField()
    last_line = serializers.IntegerField()


class AppliedPolicySerializer(serializers.Serializer):
    """A policy that applies to the identity, and why."""

    source = serializers.ChoiceField(choices=POLICY_SOURCES)  # type: ignore[assignment]  # DRF takes it off the class
    name = serializers.CharField()
    arn = serializers.CharField(allow_null=True)
    group = NodeRefSerializer(allow_null=True, help_text="The group that it comes from.")
    text = serializers.CharField(help_text="JSON, indented.")
    problem = serializers.CharField(allow_null=True, help_text="Why it cannot be read, or is not in the snapshot.")
    statements = StatementLinesSerializer(many=True)


class PoliciesView(RevisionView):
    """The policies that apply to an identity."""

    @operation("listPolicies", AppliedPolicySerializer(many=True), tag="identities", problems=(404,))
    def get(self, request: Request, key: str, **_: str) -> Response:  # noqa: ARG002  # DRF's
        """Its trust policy, its own policies, those of its groups, and its permissions boundary."""
        row = find_identity(self.revision, key)
        inventory = load_inventory(self.revision, row.account)
        holder = find_holder(inventory, row.arn)
        if inventory is None or holder is None:
            return Response([])
        return Response([policy_of(self.graph, applied) for applied in applied_policies(inventory, holder)])


def policy_of(graph: IamGraph, applied: Applied) -> dict[str, Any]:
    return {
        "source": applied.source,
        "name": applied.name,
        "arn": applied.arn,
        "group": node_ref_of_id(graph, applied.group) if applied.group else None,
        "text": applied.text,
        "problem": applied.problem,
        "statements": statements_of(applied),
    }
