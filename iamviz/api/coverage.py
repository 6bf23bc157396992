"""/coverage/: what was collected of each account and when, and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.pages import numbered_page
from iamviz.api.questions import PagingQuestionSerializer, asked, choices
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import NOTICE_KINDS, PART_KINDS, NoticePageSerializer
from iamviz.snapshots.models import RevisionAccount, RevisionNotice

FRESH = timedelta(days=30)
AUTHORIZATION_DETAILS = "authorization-details"


class CoveredPartSerializer(serializers.Serializer):
    """A part of an account's snapshot."""

    kind = serializers.ChoiceField(choices=PART_KINDS)
    region = serializers.CharField(allow_null=True)
    collected = serializers.DateTimeField(allow_null=True)
    collected_from = serializers.CharField(allow_null=True, help_text="Where the collection date was read.")
    age_days = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()


class CoveredAccountSerializer(serializers.Serializer):
    """An account, and what is known of it."""

    account = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    parts = CoveredPartSerializer(many=True)
    missing = serializers.ListField(child=serializers.ChoiceField(choices=PART_KINDS))
    notices = serializers.IntegerField()


class CoverageSummarySerializer(serializers.Serializer):
    """Coverage in four numbers."""

    accounts = serializers.IntegerField()
    fresh = serializers.IntegerField(help_text="Collected within the last 30 days.")
    stale = serializers.IntegerField()
    incomplete = serializers.IntegerField(help_text="Accounts without authorization details.")


class CoverageSerializer(serializers.Serializer):
    """What was collected, and what is missing, not understood or not evaluated."""

    summary = CoverageSummarySerializer()
    accounts = CoveredAccountSerializer(many=True)
    notices = NoticePageSerializer()


class CoverageQuestionSerializer(PagingQuestionSerializer):
    """Which notices."""

    account = serializers.ListField(
        child=serializers.CharField(max_length=12), default=list, max_length=50, help_text="Only of these accounts."
    )
    kind = choices(NOTICE_KINDS, "Only notices of these kinds.")


class CoverageView(RevisionView):
    """The coverage report."""

    @operation(
        "getCoverage", CoverageSerializer, tag="revisions", parameters=[CoverageQuestionSerializer], problems=(400, 404)
    )
    def get(self, request: Request, **_: str) -> Response:
        """What was collected of each account and when; `limit` and `cursor` page the notices."""
        question = asked(CoverageQuestionSerializer, request)
        now = timezone.now()
        accounts = list(RevisionAccount.objects.visible_to(request.user).filter(revision=self.revision))
        notices = RevisionNotice.objects.visible_to(request.user).filter(revision=self.revision)
        if question["account"]:
            notices = notices.filter(account__in=question["account"])
        if question["kind"]:
            notices = notices.filter(kind__in=question["kind"])
        page = numbered_page(
            request,
            question,
            notices.count(),
            lambda first, last: [notice_of(notice) for notice in notices.order_by("position")[first:last]],
        )
        rows = [_account_of(account, now) for account in accounts]
        return Response({"summary": _summary(accounts, now), "accounts": rows, "notices": page})


def notice_of(notice: RevisionNotice) -> dict[str, Any]:
    names = ("account", "file", "place", "kind", "text")
    return {name: getattr(notice, name) for name in names}


def _account_of(account: RevisionAccount, now: datetime) -> dict[str, Any]:
    return {
        "account": account.account,
        "name": account.name or None,
        "parts": [_part_of(part, now) for part in account.parts],
        "missing": account.missing,
        "notices": account.notices,
    }


def _part_of(part: dict[str, Any], now: datetime) -> dict[str, Any]:
    collected = datetime.fromisoformat(part["collected"]) if part.get("collected") else None
    return {
        "kind": part["kind"],
        "region": part.get("region") or None,
        "collected": collected,
        "collected_from": part.get("collected_from") or None,
        "age_days": None if collected is None else max(0, (now - collected).days),
        "sha256": part["sha256"],
    }


def _summary(accounts: Sequence[RevisionAccount], now: datetime) -> dict[str, int]:
    known = [account for account in accounts if AUTHORIZATION_DETAILS not in account.missing and account.snapshot_id]
    fresh = sum(account.collected is not None and now - account.collected <= FRESH for account in known)
    return {
        "accounts": len(accounts),
        "fresh": fresh,
        "stale": len(known) - fresh,
        "incomplete": len(accounts) - len(known),
    }
