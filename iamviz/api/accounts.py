"""/accounts/: the accounts of a revision, collected or only known from the organization."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.snapshots.models import RevisionAccount


class AccountSerializer(serializers.Serializer):
    """An account in numbers."""

    account = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    ou = serializers.CharField(allow_null=True, help_text='Names from the root down, like "Root/Core".')
    state = serializers.CharField(allow_null=True)
    identities = serializers.IntegerField()
    users = serializers.IntegerField()
    roles = serializers.IntegerField()
    groups = serializers.IntegerField()
    trusts_in = serializers.IntegerField(help_text="Relations from elsewhere into this account.")
    trusts_out = serializers.IntegerField(help_text="Relations from this account to elsewhere.")
    collected = serializers.DateTimeField(allow_null=True)
    in_snapshot = serializers.BooleanField()


class AccountsView(RevisionView):
    """The accounts of a revision."""

    @operation("listAccounts", AccountSerializer(many=True), tag="revisions", problems=(404,))
    def get(self, request: Request, **_: str) -> Response:
        """The accounts that were collected, and those that only the organization file names."""
        accounts = RevisionAccount.objects.visible_to(request.user).filter(revision=self.revision)
        return Response([account_of(account) for account in accounts])


def account_of(account: RevisionAccount) -> dict[str, Any]:
    return {
        "account": account.account,
        "name": account.name or None,
        "ou": account.ou or None,
        "state": account.state or None,
        "identities": account.users + account.roles + account.groups,
        "users": account.users,
        "roles": account.roles,
        "groups": account.groups,
        "trusts_in": account.trusts_in,
        "trusts_out": account.trusts_out,
        "collected": account.collected,
        "in_snapshot": account.snapshot_id is not None,
    }
