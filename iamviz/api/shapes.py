"""What several resources say: nodes, relations, evidence, notices and problems, and the words they are made of."""

from __future__ import annotations

from typing import get_args

from rest_framework import serializers

from iamviz.graph.model import EDGE_KINDS, NODE_KINDS, Layer, Side

IDENTITY_KINDS = ("user", "role", "group")
CERTAINTIES = ("certain", "conditional", "unknown")
ADMIN_POWERS = ("certain", "conditional", "no")
SIDES = get_args(Side)
EFFECTS = ("Allow", "Deny")
NOTICE_KINDS = ("incomplete", "missing", "unreadable", "ignored", "warning", "not-evaluated")
PART_KINDS = ("authorization-details", "credential-report", "command-outputs", "organization")
UPLOAD_STATES = ("queued", "reading", "analysing", "published", "unchanged", "failed", "cancelled")
UPLOAD_SOURCES = ("browser", "api", "shell", "sample")
UPLOAD_STEPS = ("stored", "reading", "graph", "layout", "publishing", "done")
FILE_STATES = ("queued", "read", "rejected", "partly")
MEMBER_ROLES = ("owner", "editor", "viewer")
POLICY_SOURCES = ("inline", "managed", "aws-managed", "group-inline", "group-managed", "boundary", "trust")
LAYERS = ("identity", "trust", "resource", "scp", "rcp", "boundary", "session")
BLOCKING_LAYERS = get_args(Layer)
DECISIONS = ("allowed", "conditional", "implicitly_denied", "explicitly_denied", "unknown")
BLOCKERS = ("identity", "resource", "boundary", "session", "scp", "rcp", "vpce", "s3-bpa", "iam")
DENIERS = ("identity", "resource", "boundary", "session", "scp", "rcp", "vpce")
VERDICTS = ("allows", "allows-if", "blocks", "none-set", "not-evaluated", "does-not-apply", "unknown")
KEY_STATES = ("none", "active", "unknown")
MFA_STATES = ("yes", "no", "unknown")
USED = ("30", "90", "365", "older", "never")
_COLUMNS = ("name", "kind", "account", "admin", "created", "last_used", "trusted_by", "can_become")
ORDERINGS = (*_COLUMNS, *(f"-{column}" for column in _COLUMNS))
PLACES = ("center", "in", "out")
FOLDED_SIDES = ("in", "out")


class FieldProblemSerializer(serializers.Serializer):
    """What is wrong with one field or parameter."""

    field = serializers.CharField(help_text="Name of the field or query parameter; empty: the request as a whole.")
    detail = serializers.CharField()
    line = serializers.IntegerField(required=False, help_text="From 1, where the field holds a text of several lines.")
    column = serializers.IntegerField(required=False, help_text="From 1, in that line.")


class ProblemSerializer(serializers.Serializer):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text="`about:blank`, or an address below /problems/ that names the rule.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened, and what to do.")
    errors = FieldProblemSerializer(many=True, required=False)  # type: ignore[assignment]  # DRF takes it off the class


class NodeRefSerializer(serializers.Serializer):
    """A node of the graph, enough to show it and to link to it."""

    id = serializers.CharField(
        help_text="ARN, or `account:…`, `service:…`, `web:…`, `anyone`, `dangling:…`, `admin:…`, `pattern:…`."
    )
    key = serializers.CharField(help_text="22 url-safe characters made from the id: the same in every revision.")
    kind = serializers.ChoiceField(choices=NODE_KINDS)
    name = serializers.CharField()
    account = serializers.CharField(allow_null=True, help_text="12 digits.")
    account_name = serializers.CharField(allow_null=True)
    admin = serializers.ChoiceField(choices=ADMIN_POWERS)


class ConditionSerializer(serializers.Serializer):
    """One entry of a Condition element."""

    operator = serializers.CharField()
    key = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField(allow_blank=True))
    negated = serializers.BooleanField(help_text="True: it must not hold (it stands in a Deny).")


class EvidenceSerializer(serializers.Serializer):
    """The statement that a relation rests on."""

    side = serializers.ChoiceField(choices=SIDES)
    policy = serializers.CharField(help_text="ARN of a managed policy, or the name of an inline one.")
    owner = serializers.CharField(help_text="Id of the node that the policy is attached to.")
    statement = serializers.IntegerField(help_text="Zero-based index.")
    sid = serializers.CharField(allow_null=True)
    effect = serializers.ChoiceField(choices=EFFECTS)


class RelationSerializer(serializers.Serializer):
    """One node can become (or belongs to, or runs as) another, and why."""

    source = NodeRefSerializer()  # type: ignore[assignment]  # DRF takes it off the class
    target = NodeRefSerializer()
    kind = serializers.ChoiceField(choices=EDGE_KINDS)
    methods = serializers.ListField(
        child=serializers.CharField(), help_text="Ids of the escalation methods by which it is done."
    )
    certainty = serializers.ChoiceField(choices=CERTAINTIES)
    conditions = ConditionSerializer(many=True)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What is missing, in words.")
    evidence = EvidenceSerializer(many=True)
    through = NodeRefSerializer(allow_null=True, help_text="The pattern that source and target meet in.")
    cross_account = serializers.BooleanField()


class NoticeSerializer(serializers.Serializer):
    """One line of the coverage report."""

    account = serializers.CharField(allow_null=True)
    file = serializers.CharField()
    place = serializers.CharField()
    kind = serializers.ChoiceField(choices=NOTICE_KINDS)
    text = serializers.CharField()


class PageSerializer(serializers.Serializer):
    """What every page says beside its results."""

    total = serializers.IntegerField(help_text="How many there are in all pages.")
    next = serializers.CharField(allow_null=True, help_text="Address of the next page, relative to this host.")
    previous = serializers.CharField(allow_null=True)


class RelationPageSerializer(PageSerializer):
    """A page of relations."""

    results = RelationSerializer(many=True)


class NoticePageSerializer(PageSerializer):
    """A page of notices."""

    results = NoticeSerializer(many=True)
