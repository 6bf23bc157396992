"""/revisions/: everything that was known at one moment, analysed as one; immutable."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.pages import growing_page
from iamviz.api.questions import PagingQuestionSerializer, asked
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView, membership_of
from iamviz.api.shapes import UPLOAD_SOURCES, PageSerializer
from iamviz.snapshots.models import Revision


class ExternalTrustSerializer(serializers.Serializer):
    """How much outsiders are trusted."""

    roles_trusted_from_outside = serializers.IntegerField()
    roles_trusted_by_anyone = serializers.IntegerField()
    outside_parties = serializers.IntegerField()


class TrustedAccountSerializer(serializers.Serializer):
    """An account, and how many roles elsewhere trust it."""

    account = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    roles = serializers.IntegerField()


_EXTERNAL = ("roles_trusted_from_outside", "roles_trusted_by_anyone", "outside_parties")


class RevisionSerializer(serializers.Serializer):
    """A revision in numbers."""

    number = serializers.IntegerField()
    created = serializers.DateTimeField()
    collected_from = serializers.DateTimeField(allow_null=True)
    collected_to = serializers.DateTimeField(allow_null=True)
    current = serializers.BooleanField()
    source = serializers.ChoiceField(choices=UPLOAD_SOURCES)  # type: ignore[assignment]  # DRF takes it off the class
    by = serializers.CharField(allow_null=True)
    accounts = serializers.IntegerField()
    identities = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="`users`, `roles`, `groups`, …")
    edges = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()), help_text="Kind, certainty, how many."
    )
    admins = serializers.IntegerField()
    external = ExternalTrustSerializer()
    warnings = serializers.IntegerField()
    top_trusted_accounts = TrustedAccountSerializer(many=True)
    analysed_seconds = serializers.FloatField(allow_null=True)


class RevisionPageSerializer(PageSerializer):
    """A page of revisions, the newest first."""

    results = RevisionSerializer(many=True)


class RevisionsView(APIView):
    """The revisions of a workspace."""

    @operation(
        "listRevisions",
        RevisionPageSerializer,
        tag="revisions",
        parameters=[PagingQuestionSerializer],
        problems=(400, 404),
    )
    def get(self, request: Request, workspace: str) -> Response:
        """The revisions of a workspace, the newest first."""
        membership = membership_of(request, workspace)
        paging = asked(PagingQuestionSerializer, request)
        rows = Revision.objects.visible_to(request.user).filter(workspace=membership.workspace)
        rows = rows.annotate(email=F("upload__member__email"))
        return Response(growing_page(request, paging, rows, "number", revision_row))


class RevisionSummaryView(RevisionView):
    """One revision."""

    @operation("getRevision", RevisionSerializer, tag="revisions", problems=(404,))
    def get(self, request: Request, **_: str) -> Response:  # noqa: ARG002  # DRF's
        """One revision in numbers."""
        return Response(revision_row(self.revision))


def revision_row(revision: Any) -> dict[str, Any]:
    """A revision as it is shown; `email` is annotated: who uploaded what brought it about."""
    summary = revision.summary
    return {
        "number": revision.number,
        "created": revision.created,
        "collected_from": revision.collected_from,
        "collected_to": revision.collected_to,
        "current": revision.current,
        "source": revision.source,
        "by": revision.email,
        "accounts": summary.get("accounts", 0),
        "identities": summary.get("identities", 0),
        "counts": summary.get("counts", {}),
        "edges": summary.get("edges", {}),
        "admins": summary.get("admins", 0),
        "external": {**dict.fromkeys(_EXTERNAL, 0), **summary.get("external", {})},
        "warnings": summary.get("warnings", 0),
        "top_trusted_accounts": summary.get("top_trusted_accounts", []),
        "analysed_seconds": revision.analysed_seconds,
    }
