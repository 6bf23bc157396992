"""/tokens/: what programs sign in with; a token is shown once, only its hash is kept."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.problems import NotFound
from iamviz.api.questions import asked_body
from iamviz.api.schema import operation
from iamviz.api.scope import SmallBodyView
from iamviz.workspaces.models import Token


class TokenSerializer(serializers.Serializer):
    """A token of the member, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    start = serializers.CharField(help_text="The first characters of the token, to tell it from others.")
    created = serializers.DateTimeField()
    expires = serializers.DateTimeField(allow_null=True)


class MadeTokenSerializer(TokenSerializer):
    """A token that was just made, with its secret."""

    token = serializers.CharField(help_text="Shown this once.")


class NewTokenSerializer(serializers.Serializer):
    """What a token is to be called, and how long it lives."""

    name = serializers.CharField(max_length=100)
    expiry_days = serializers.IntegerField(min_value=1, max_value=366, default=90)


class TokensView(SmallBodyView):
    """The member's own tokens."""

    @operation("listTokens", TokenSerializer(many=True), tag="me")
    def get(self, request: Request) -> Response:
        own = Token.objects.filter(user=request.user).order_by("-created", "reference")
        return Response([token_of(token) for token in own])

    @operation(
        "makeToken",
        MadeTokenSerializer,
        tag="me",
        status=201,
        takes=NewTokenSerializer,
        problems=(400, 403, 413, 415),
    )
    def post(self, request: Request) -> Response:
        """Make a token that may do what you may. It is shown in this answer and never again."""
        asked = asked_body(NewTokenSerializer, request)
        lifetime = timedelta(days=asked["expiry_days"])
        token, secret = Token.objects.create(user=request.user, expiry=lifetime, name=asked["name"])
        return Response({**token_of(token), "token": secret}, 201)


class TokenView(SmallBodyView):
    """One of the member's own tokens."""

    @operation("revokeToken", None, tag="me", status=204, problems=(403, 404))
    def delete(self, request: Request, token: uuid.UUID) -> Response:
        """Revoke a token: it is refused from now on."""
        deleted, _ = Token.objects.filter(user=request.user, reference=token).delete()
        if not deleted:
            raise NotFound
        return Response(status=204)


def token_of(token: Token) -> dict[str, Any]:
    return {
        "id": str(token.reference),
        "name": token.name,
        "start": token.token_key,
        "created": token.created,
        "expires": token.expiry,
    }
