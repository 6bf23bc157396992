"""/trusts/: whom the roles trust, one entry for each role, statement and principal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.pages import numbered_page
from iamviz.api.questions import PagingQuestionSerializer, asked, choices
from iamviz.api.rendering import conditions_of, node_ref_of_id
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, ConditionSerializer, NodeRefSerializer, PageSerializer
from iamviz.api.trusting import (
    Entry,
    Pair,
    blocked_pairs,
    certainty_of_trust,
    conditions_of_trust,
    count_identities,
)
from iamviz.graph.model import OUTSIDE, IamGraph, Trust
from iamviz.policy.arn import account_of


class TrustSerializer(serializers.Serializer):
    """A principal that one statement of a role's trust policy lets in."""

    role = NodeRefSerializer()
    principal = NodeRefSerializer()
    statement = serializers.IntegerField()
    sid = serializers.CharField(allow_null=True)
    conditions = ConditionSerializer(many=True)
    certainty = serializers.ChoiceField(choices=CERTAINTIES, allow_null=True, help_text="Null: it lets nobody in.")
    identities = serializers.IntegerField(help_text="How many identities of the snapshot it lets in today.")
    cross_account = serializers.BooleanField()
    outside = serializers.BooleanField(help_text="The principal is outside the snapshot and its organization.")


class TrustPageSerializer(PageSerializer):
    """A page of trusts."""

    results = TrustSerializer(many=True)


class TrustsQuestionSerializer(PagingQuestionSerializer):
    """Which trusts."""

    account = serializers.ListField(
        child=serializers.CharField(max_length=12), default=list, max_length=200, help_text="Only roles of these."
    )
    external = serializers.BooleanField(
        allow_null=True, default=None, help_text="Only principals (not) outside the snapshot and its organization."
    )
    cross_account = serializers.BooleanField(
        allow_null=True, default=None, help_text="Only principals of another account, or of the same."
    )
    certainty = choices(CERTAINTIES, "Only these certainties.")
    search = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Part of the id of the role or of the principal."
    )


class TrustsView(RevisionView):
    """Whom the roles trust."""

    @operation(
        "listTrusts", TrustPageSerializer, tag="graph", parameters=[TrustsQuestionSerializer], problems=(400, 404)
    )
    def get(self, request: Request, **_: str) -> Response:
        """Whom the roles trust: each principal of each Allow statement of each trust policy."""
        question = asked(TrustsQuestionSerializer, request)
        blocked = blocked_pairs(self.graph)
        kept = [trust for trust in self.graph.trusts if _wanted(self.graph, trust, question, blocked)]
        return Response(
            numbered_page(
                request, question, len(kept), lambda first, last: render(self.graph, kept[first:last], blocked)
            )
        )


def render(graph: IamGraph, trusts: Sequence[Trust], blocked: Collection[Pair]) -> list[dict[str, Any]]:
    """A page of trusts; the identities of a role are counted once for all of its trusts."""
    of_role: dict[str, list[Trust]] = {trust.role: [] for trust in trusts}
    for trust in graph.trusts:
        if trust.role in of_role:
            of_role[trust.role].append(trust)
    counted = {role: count_identities(graph, graph.position[role], all_of_it) for role, all_of_it in of_role.items()}
    return [_trust_of(graph, trust, counted[trust.role], certainty_of_trust(graph, trust, blocked)) for trust in trusts]


def _trust_of(graph: IamGraph, trust: Trust, counts: Counter[Entry], certainty: str | None) -> dict[str, Any]:
    return {
        "role": node_ref_of_id(graph, trust.role),
        "principal": node_ref_of_id(graph, trust.principal),
        "statement": trust.statement,
        "sid": trust.sid,
        "conditions": conditions_of(conditions_of_trust(graph, trust)),
        "certainty": certainty,
        "identities": counts[trust.statement, trust.principal],
        "cross_account": crosses(graph, trust),
        "outside": is_outside(graph, trust),
    }


def _wanted(graph: IamGraph, trust: Trust, question: Mapping[str, Any], blocked: Collection[Pair]) -> bool:
    search = question["search"].strip().lower()
    return (
        (not question["account"] or account_of(trust.role) in question["account"])
        and (not search or search in trust.role.lower() or search in trust.principal.lower())
        and (question["external"] is None or question["external"] == is_outside(graph, trust))
        and (question["cross_account"] is None or question["cross_account"] == crosses(graph, trust))
        and (not question["certainty"] or certainty_of_trust(graph, trust, blocked) in question["certainty"])
    )


def is_outside(graph: IamGraph, trust: Trust) -> bool:
    node = graph.index(trust.principal)
    if node is not None:
        return graph.is_outside(node)
    return node_ref_of_id(graph, trust.principal)["kind"] in OUTSIDE


def crosses(graph: IamGraph, trust: Trust) -> bool:
    """Whether it lets in somebody of another account; services and providers belong to none."""
    if trust.level in {"service", "federated"}:
        return False
    return trust.level == "anyone" or _account(graph, trust.principal) not in {None, account_of(trust.role)}


def _account(graph: IamGraph, principal: str) -> str | None:
    node = graph.index(principal)
    note = None if node is None else graph.account(node)
    return note.id if note else account_of(principal.removeprefix("account:"))
