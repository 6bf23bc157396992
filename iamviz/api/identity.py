"""/identities/{key}/: one user, role or group: what was collected of it, and whom it trusts in plain words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_identity
from iamviz.api.identities import IdentitySerializer, account_names, identity_row
from iamviz.api.rendering import node_ref
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import CERTAINTIES, EFFECTS, ConditionSerializer, NodeRefSerializer
from iamviz.api.trust_summary import summarise_trust
from iamviz.graph.model import IamGraph
from iamviz.graph.reach import inbound, outbound
from iamviz.inventory.model import Credentials, Inventory, User
from iamviz.snapshots.models import IdentityRow
from iamviz.snapshots.reading import load_inventory


class AccessKeySerializer(serializers.Serializer):
    """One of a user's access keys."""

    active = serializers.BooleanField()
    last_rotated = serializers.DateTimeField(allow_null=True)
    last_used = serializers.DateTimeField(allow_null=True)
    last_used_service = serializers.CharField(allow_null=True)


class CredentialsSerializer(serializers.Serializer):
    """What the credential report says of a user; null: not collected."""

    password_enabled = serializers.BooleanField(allow_null=True)
    password_last_used = serializers.DateTimeField(allow_null=True)
    password_last_changed = serializers.DateTimeField(allow_null=True)
    mfa_active = serializers.BooleanField(allow_null=True)
    keys = AccessKeySerializer(many=True, allow_null=True)


class TrustStatementSerializer(serializers.Serializer):
    """What one statement of a trust policy says, in plain words."""

    statement = serializers.IntegerField()
    sid = serializers.CharField(allow_null=True)
    effect = serializers.ChoiceField(choices=EFFECTS)
    principals = NodeRefSerializer(many=True)
    words = serializers.CharField(help_text="Whom it lets in, or refuses.")
    only_where = serializers.CharField(allow_null=True, help_text="Its conditions in words; null: it has none.")
    conditions = ConditionSerializer(many=True)
    identities = serializers.IntegerField(help_text="How many identities of the snapshot it lets in today.")
    certainty = serializers.ChoiceField(choices=CERTAINTIES, allow_null=True, help_text="Null: it lets nobody in.")
    first_line = serializers.IntegerField(allow_null=True)
    last_line = serializers.IntegerField(allow_null=True)


class IdentityDetailSerializer(IdentitySerializer):
    """Everything about an identity but its relations and policies."""

    arn = serializers.CharField()
    unique_id = serializers.CharField()
    tags = serializers.DictField(child=serializers.CharField(allow_blank=True))
    description = serializers.CharField(allow_null=True)
    max_session = serializers.IntegerField(allow_null=True, help_text="Seconds.")
    boundary = serializers.CharField(allow_null=True, help_text="ARN of the permissions boundary.")
    groups = NodeRefSerializer(many=True)
    members = NodeRefSerializer(many=True)
    credentials = CredentialsSerializer(allow_null=True)
    instance_profiles = serializers.ListField(child=serializers.CharField())
    trust_summary = TrustStatementSerializer(many=True)


class IdentityView(RevisionView):
    """One user, role or group."""

    @operation("getIdentity", IdentityDetailSerializer, tag="identities", problems=(404,))
    def get(self, request: Request, key: str, **_: str) -> Response:  # noqa: ARG002  # DRF's
        """One user, role or group: its credentials, groups or members, and its trust policy in plain words."""
        row = find_identity(self.revision, key)
        inventory = load_inventory(self.revision, row.account)
        names = account_names(self.revision)
        return Response(
            {
                **identity_row(row, names),
                **_details(row),
                **_memberships(self.graph, row.arn),
                **_collected(inventory, row),
                "trust_summary": summarise_trust(self.graph, inventory, row.arn),
            }
        )


def _details(row: IdentityRow) -> dict[str, Any]:
    return {
        "arn": row.arn,
        "unique_id": row.unique_id,
        "tags": row.tags,
        "description": row.description,
        "max_session": row.max_session,
        "boundary": row.boundary,
    }


def _memberships(graph: IamGraph, arn: str) -> dict[str, Any]:
    node = graph.index(arn)
    if node is None:
        return {"groups": [], "members": []}
    groups = [each.target for each in outbound(graph, node) if each.kind == "member-of"]
    members = [each.source for each in inbound(graph, node) if each.kind == "member-of"]
    return {
        "groups": [node_ref(graph, each) for each in groups],
        "members": [node_ref(graph, each) for each in members],
    }


def _collected(inventory: Inventory | None, row: IdentityRow) -> dict[str, Any]:
    users: tuple[User, ...] = inventory.users if inventory else ()
    credentials = next((user.credentials for user in users if user.arn == row.arn), None)
    profiles = inventory.instance_profiles if inventory else ()
    return {
        "credentials": _credentials(credentials),
        "instance_profiles": [profile.arn for profile in profiles if row.arn in profile.roles],
    }


def _credentials(found: Credentials | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)
