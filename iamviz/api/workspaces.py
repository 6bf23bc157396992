"""/workspaces/: those that the member belongs to."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.problems import NotFound
from iamviz.api.schema import operation
from iamviz.api.shapes import MEMBER_ROLES
from iamviz.snapshots.models import Revision, Upload
from iamviz.workspaces.models import Workspace


class WorkspaceSerializer(serializers.Serializer):
    """A workspace, and what the member may do in it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=MEMBER_ROLES)
    latest_revision = serializers.IntegerField(allow_null=True)
    has_sample = serializers.BooleanField(help_text="Whether the demo organization has been loaded here.")


class WorkspacesView(APIView):
    """The workspaces that the member belongs to."""

    @operation("listWorkspaces", WorkspaceSerializer(many=True), tag="workspaces")
    def get(self, request: Request) -> Response:
        return Response([workspace_of(row) for row in own_workspaces(request)])


class WorkspaceView(APIView):
    """One workspace."""

    @operation("getWorkspace", WorkspaceSerializer, tag="workspaces", problems=(404,))
    def get(self, request: Request, workspace: str) -> Response:
        row = own_workspaces(request).filter(slug=workspace).first()
        if row is None:
            raise NotFound
        return Response(workspace_of(row))


def own_workspaces(request: Request) -> QuerySet[Workspace]:
    """The member's workspaces with all that is said of them, in one query."""
    current = Revision.objects.filter(workspace=OuterRef("pk"), current=True).values("number")[:1]
    samples = Upload.objects.filter(workspace=OuterRef("pk"), source=Upload.Source.SAMPLE, state__in=Upload.COUNTED)
    return Workspace.objects.visible_to(request.user).annotate(
        own_role=F("memberships__role"), latest=Subquery(current), sampled=Exists(samples)
    )


def workspace_of(row: Any) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "role": row.own_role,
        "latest_revision": row.latest,
        "has_sample": row.sampled or row.is_sample,
    }
