"""/identities/: users, roles and groups, searched, filtered and counted by facet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.facets import FILTERS, count_facets, filtered, ordered
from iamviz.api.pages import numbered_page
from iamviz.api.questions import PagingQuestionSerializer, asked, choices
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import ADMIN_POWERS, IDENTITY_KINDS, KEY_STATES, MFA_STATES, ORDERINGS, USED, PageSerializer
from iamviz.snapshots.models import IdentityRow, Revision, RevisionAccount
from iamviz.snapshots.reading import Kept

FACETS: Kept[dict[str, Any]] = Kept(most=200)
"""Facets of the questions that were asked lately: a revision never changes."""


class IdentitySerializer(serializers.Serializer):
    """A user, role or group."""

    id = serializers.CharField(help_text="ARN.")
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=IDENTITY_KINDS)
    name = serializers.CharField()
    path = serializers.CharField()
    account = serializers.CharField()
    account_name = serializers.CharField(allow_null=True)
    admin = serializers.ChoiceField(choices=ADMIN_POWERS)
    created = serializers.DateTimeField(allow_null=True)
    last_used = serializers.DateTimeField(allow_null=True)
    mfa = serializers.BooleanField(allow_null=True)
    active_keys = serializers.IntegerField(allow_null=True)
    trusted_by = serializers.IntegerField(help_text="How many can become it.")
    can_become = serializers.IntegerField(help_text="How many it can become.")
    external = serializers.BooleanField(help_text="Trusted from outside the snapshot and its organization.")


class AccountFacetSerializer(serializers.Serializer):
    """How many identities an account has among those found."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes it off the class
    count = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    """How many were found of each kind, account, …; a facet does not count its own filter."""

    kind = serializers.DictField(child=serializers.IntegerField())
    account = AccountFacetSerializer(many=True)
    admin = serializers.DictField(child=serializers.IntegerField())
    external = serializers.DictField(child=serializers.IntegerField(), help_text="`true` and `false`.")
    mfa = serializers.DictField(child=serializers.IntegerField(), help_text="`yes`, `no` and `unknown`.")


class IdentityPageSerializer(PageSerializer):
    """A page of identities with facets."""

    results = IdentitySerializer(many=True)
    facets = FacetsSerializer()


class IdentitiesQuestionSerializer(PagingQuestionSerializer):
    """Which identities, in which order."""

    kind = choices(IDENTITY_KINDS, "Only these kinds.")
    account = serializers.ListField(
        child=serializers.CharField(max_length=12), default=list, max_length=200, help_text="Only these accounts."
    )
    admin = choices(ADMIN_POWERS, "Only with this power in their account.")
    external = serializers.BooleanField(
        allow_null=True, default=None, help_text="Only those that are (not) trusted from outside."
    )
    search = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Words of the ARN, unique id, tags or description."
    )
    mfa = choices(MFA_STATES, "Users with or without an MFA device.")
    keys = choices(KEY_STATES, "Users by access keys.")
    used = choices(USED, "Last used within so many days, before that (`older`), or no use is known (`never`).")
    ordering = serializers.ChoiceField(choices=ORDERINGS, default="name", help_text="A minus sign turns it round.")


class IdentitiesView(RevisionView):
    """The users, roles and groups of a revision."""

    @operation(
        "listIdentities",
        IdentityPageSerializer,
        tag="identities",
        parameters=[IdentitiesQuestionSerializer],
        problems=(400, 404),
    )
    def get(self, request: Request, **_: str) -> Response:
        """The users, roles and groups of a revision, with counts for each facet."""
        question = asked(IdentitiesQuestionSerializer, request)
        names = account_names(self.revision)
        rows = filtered(self.revision.identities, question)
        page = numbered_page(
            request, question, rows.count(), lambda first, last: _results(ordered(rows, question)[first:last], names)
        )
        return Response({**page, "facets": facets_of(self.revision, question, names)})


def facets_of(revision: Revision, question: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The facet counts, counted once while somebody pages and sorts; what hangs on today's date is counted anew."""
    rows = revision.identities
    if question["used"]:
        return count_facets(rows, question, names)
    wish = (revision.pk, revision.content, repr(sorted((name, question[name]) for name in FILTERS)))
    return FACETS.get(wish, lambda: (count_facets(rows, question, names), 1))


def account_names(revision: Revision) -> dict[str, str]:
    """Account id: name, empty where none is known."""
    return dict(RevisionAccount.objects.filter(revision=revision).values_list("account", "name"))


def _results(rows: QuerySet[IdentityRow], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [identity_row(row, names) for row in rows]


def identity_row(row: IdentityRow, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": row.arn,
        "key": row.key,
        "kind": row.kind,
        "name": row.name,
        "path": row.path,
        "account": row.account,
        "account_name": names.get(row.account) or None,
        "admin": row.admin,
        "created": row.created,
        "last_used": row.last_used,
        "mfa": row.mfa,
        "active_keys": row.active_keys,
        "trusted_by": row.trusted_by,
        "can_become": row.can_become,
        "external": row.external,
    }
