"""GET /me/: who is signed in, and to which workspaces that member belongs."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.schema import operation
from iamviz.api.scope import member_of
from iamviz.api.shapes import MEMBER_ROLES
from iamviz.workspaces.models import Membership


class MyWorkspaceSerializer(serializers.Serializer):
    """A workspace that the member belongs to."""

    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=MEMBER_ROLES)


class MeSerializer(serializers.Serializer):
    """The member who is signed in."""

    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    workspaces = MyWorkspaceSerializer(many=True)


class MeView(APIView):
    """The member who is signed in."""

    @operation("getMe", MeSerializer, tag="me")
    def get(self, request: Request) -> Response:
        member = member_of(request)
        own = Membership.objects.visible_to(member).filter(member=member).select_related("workspace")
        workspaces = [
            {"slug": each.workspace.slug, "name": each.workspace.name, "role": each.role}
            for each in own.order_by("workspace__is_sample", "workspace__name", "workspace_id")
        ]
        return Response({"id": member.pk, "email": member.email, "name": member.name, "workspaces": workspaces})
