"""Who is asking: a token in the Authorization header, or the session cookie of the browser."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed


class BearerAuthentication(TokenAuthentication):
    """A token made at /tokens/. It comes first, so that an anonymous call is answered with 401."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isascii():
            message = "Invalid token."
            raise AuthenticationFailed(message)
        return super().authenticate_credentials(token)


class CookieAuthentication(SessionAuthentication):
    """The session of the browser; whatever changes something needs the CSRF token too."""


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:  # noqa: ARG002  # drf-spectacular's
        return {"type": "http", "scheme": "bearer", "description": "A token made at `/api/v1/tokens/`."}


class CookieScheme(OpenApiAuthenticationExtension):
    target_class = CookieAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:  # noqa: ARG002  # drf-spectacular's
        return {"type": "apiKey", "in": "cookie", "name": "iamviz_session"}
