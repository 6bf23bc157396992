"""/graph/: one level of the map in columns, drawn as it comes."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.request import Request

from iamviz.api.problems import NotFound, bad_parameter
from iamviz.api.questions import asked
from iamviz.api.rendering import key_of
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.shapes import ADMIN_POWERS, CERTAINTIES
from iamviz.graph.account_map import identity_level
from iamviz.graph.drawing import Group, Level
from iamviz.graph.folding import group_level, organization_level
from iamviz.graph.levels import account_level
from iamviz.graph.model import EDGE_KINDS
from iamviz.snapshots.reading import Kept

DRAWN: Kept[bytes] = Kept(most=32 * 1024 * 1024)
"""What was drawn lately, compressed, by its ETag: a drawing of a revision is always the same."""

LEVELS = ("org", "account", "group", "identity")
OF_ONE_ACCOUNT = {"group": group_level, "identity": identity_level}
OF_ALL = {"org": organization_level, "account": account_level}
DRAWING = 1
"""Grows with every change of what is drawn, so that no browser shows an older drawing as this one."""


class NodeColumnsSerializer(serializers.Serializer):
    """Nodes, a list for each column, all of one length."""

    id = serializers.ListField(child=serializers.CharField())
    key = serializers.ListField(child=serializers.CharField())
    x = serializers.ListField(child=serializers.FloatField())
    y = serializers.ListField(child=serializers.FloatField())
    r = serializers.ListField(child=serializers.FloatField(), help_text="Radius, in the units of x and y.")
    kind = serializers.ListField(
        child=serializers.CharField(), help_text="A kind of node, or `organizational-unit`, `identity-group`."
    )
    label = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # DRF takes it off the class
    n = serializers.ListField(child=serializers.IntegerField(), help_text="How many identities it stands for.")
    parent = serializers.ListField(child=serializers.CharField(), help_text="Id of its group.")  # type: ignore[assignment]  # DRF takes it off the class
    admin = serializers.ListField(child=serializers.ChoiceField(choices=ADMIN_POWERS))


class EdgeColumnsSerializer(serializers.Serializer):
    """Edges, a list for each column; `s` and `t` are positions in the columns of nodes."""

    s = serializers.ListField(child=serializers.IntegerField())
    t = serializers.ListField(child=serializers.IntegerField())
    kind = serializers.ListField(child=serializers.ChoiceField(choices=EDGE_KINDS))
    certainty = serializers.ListField(child=serializers.ChoiceField(choices=CERTAINTIES))
    n = serializers.ListField(child=serializers.IntegerField(), help_text="How many relations it stands for.")
    cross = serializers.ListField(child=serializers.BooleanField(), help_text="Whether it crosses accounts.")


class GroundSerializer(serializers.Serializer):
    """A disc on the ground of the map: an OU, an account or a ring."""

    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes it off the class
    x = serializers.FloatField()
    y = serializers.FloatField()
    r = serializers.FloatField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # DRF takes it off the class


class TruncationSerializer(serializers.Serializer):
    """What was left out, and why."""

    shown = serializers.IntegerField()
    total = serializers.IntegerField()
    reason = serializers.CharField()


class GraphTruncationSerializer(TruncationSerializer):
    """What of the map was left out."""

    edges_left_out = serializers.IntegerField()


class GraphLevelSerializer(serializers.Serializer):
    """One level of the map."""

    v = serializers.IntegerField()
    nodes = NodeColumnsSerializer()
    edges = EdgeColumnsSerializer()
    groups = GroundSerializer(many=True)
    legend = serializers.DictField(child=serializers.IntegerField(), help_text="Kind of node: how many.")
    truncated = GraphTruncationSerializer(allow_null=True)


class GraphQuestionSerializer(serializers.Serializer):
    """Which level."""

    level = serializers.ChoiceField(choices=LEVELS, default="account", help_text="What a node stands for.")
    account = serializers.CharField(
        max_length=12, default="", help_text="At the levels `group` and `identity`: the account that is opened."
    )


class GraphView(RevisionView):
    """The map."""

    @operation("getGraph", GraphLevelSerializer, tag="graph", parameters=[GraphQuestionSerializer], problems=(400, 404))
    def get(self, request: Request, revision: str, **_: str) -> HttpResponse:
        """One level of the map; a strong ETag, and immutable if the revision is named by its number."""
        question = asked(GraphQuestionSerializer, request)
        name = f"{DRAWING}-{self.revision.pk}-{self.revision.content[:32]}-{question['level']}-{question['account']}"
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        tag = f'"{name}-gzip"' if zipped else f'"{name}"'
        if tag in request.headers.get("If-None-Match", ""):
            answer = HttpResponse(status=304)
        else:
            answer = _answer(self._drawn(name, question), zipped=zipped)
        answer["ETag"] = tag
        answer["Cache-Control"] = (
            "private, no-cache" if revision == "latest" else "private, max-age=31536000, immutable"
        )
        # What one member may keep is not shown to the next one who uses the browser.
        patch_vary_headers(answer, ("Accept-Encoding", "Cookie", "Authorization"))
        return answer

    def _drawn(self, name: str, question: Mapping[str, str]) -> bytes:
        def draw() -> tuple[bytes, int]:
            body = gzip.compress(msgspec.json.encode(level_of(self._level(**question))), mtime=0)
            return body, len(body)

        return DRAWN.get(name, draw)

    def _level(self, *, level: str, account: str) -> Level:
        if level in OF_ALL:
            if account:
                raise bad_parameter("account", "Only the levels `group` and `identity` open one account.")
            return OF_ALL[level](self.graph)
        if not account:
            raise bad_parameter("account", f"Level `{level}` needs the account that is opened.")
        if account not in self.graph.account_position:
            raise NotFound("This revision knows no such account.")
        return OF_ONE_ACCOUNT[level](self.graph, account)


def _answer(body: bytes, *, zipped: bool) -> HttpResponse:
    if not zipped:
        return HttpResponse(gzip.decompress(body), content_type="application/json")
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Encoding"] = "gzip"
    return answer


def level_of(level: Level) -> dict[str, Any]:
    """The columns as they are drawn."""
    return {
        "v": DRAWING,
        "nodes": {
            "id": level.id,
            "key": [key_of(each) for each in level.id],
            "x": level.x,
            "y": level.y,
            "r": level.r,
            "kind": level.kind,
            "label": level.label,
            "n": level.n,
            "parent": level.parent,
            "admin": level.admin,
        },
        "edges": {
            "s": level.source,
            "t": level.target,
            "kind": level.edge_kind,
            "certainty": level.certainty,
            "n": level.edge_n,
            "cross": level.cross,
        },
        "groups": [_ground_of(group) for group in level.groups],
        "legend": dict(level.legend),
        "truncated": _truncation_of(level),
    }


def _ground_of(group: Group) -> dict[str, Any]:
    names = ("id", "label", "x", "y", "r")
    return {**{name: getattr(group, name) for name in names}, "parent": group.parent or None}


def _truncation_of(level: Level) -> dict[str, Any] | None:
    if level.shown == level.total and not level.edges_left_out:
        return None
    reason = f"{level.shown:,} of {level.total:,} identities are drawn"
    if level.edges_left_out:
        reason += f", {level.edges_left_out:,} edges are not"
    return {
        "shown": level.shown,
        "total": level.total,
        "reason": f"{reason}: the list of identities has all of them.",
        "edges_left_out": level.edges_left_out,
    }
