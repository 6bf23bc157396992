"""What the API needs in the settings, as plain values: imports nothing of the web framework."""

from datetime import timedelta
from typing import Any

DESCRIPTION = """\
Drop AWS account snapshots, see who can become whom, why, and under which conditions.

**Authentication**: the session cookie of the browser (with CSRF token), or `Authorization: Bearer <token>` with a \
token made at `/api/v1/tokens/`.

**Errors** are problem documents (RFC 9457, `application/problem+json`). What is not yours answers like what does \
not exist: 404.

**Lists** are pages: `total`, `results`, and `next` and `previous`, which are addresses to follow as they are.

**Revisions** never change. `latest` stands for the newest one; the header `X-Revision` of every answer says which \
one was read.
"""

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "iamviz.api.authentication.BearerAuthentication",
        "iamviz.api.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["iamviz.api.writing.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["iamviz.api.parsing.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "iamviz.api.problems.answer_problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

REST_KNOX: dict[str, Any] = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "iamviz_",
    "TOKEN_TTL": timedelta(days=90),
    "AUTO_REFRESH": False,
}

_SHAPES = "iamviz.api.shapes"

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "iamviz",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "NodeKind": f"{_SHAPES}.NODE_KINDS",
        "IdentityKind": f"{_SHAPES}.IDENTITY_KINDS",
        "EdgeKind": f"{_SHAPES}.EDGE_KINDS",
        "Certainty": f"{_SHAPES}.CERTAINTIES",
        "AdminPower": f"{_SHAPES}.ADMIN_POWERS",
        "EvidenceSide": f"{_SHAPES}.SIDES",
        "Effect": f"{_SHAPES}.EFFECTS",
        "NoticeKind": f"{_SHAPES}.NOTICE_KINDS",
        "PartKind": f"{_SHAPES}.PART_KINDS",
        "UploadState": f"{_SHAPES}.UPLOAD_STATES",
        "UploadSource": f"{_SHAPES}.UPLOAD_SOURCES",
        "UploadStep": f"{_SHAPES}.UPLOAD_STEPS",
        "FileState": f"{_SHAPES}.FILE_STATES",
        "MemberRole": f"{_SHAPES}.MEMBER_ROLES",
        "PolicySource": f"{_SHAPES}.POLICY_SOURCES",
        "Layer": f"{_SHAPES}.LAYERS",
        "BlockingLayer": f"{_SHAPES}.BLOCKING_LAYERS",
        "Verdict": f"{_SHAPES}.VERDICTS",
        "Decision": f"{_SHAPES}.DECISIONS",
        "DecidingLayer": f"{_SHAPES}.BLOCKERS",
        "DenyingLayer": f"{_SHAPES}.DENIERS",
        "Place": f"{_SHAPES}.PLACES",
        "FoldedSide": f"{_SHAPES}.FOLDED_SIDES",
    },
    "TAGS": [
        {"name": "me", "description": "Who is signed in, and the tokens of that member."},
        {"name": "workspaces", "description": "The workspaces that the member belongs to."},
        {"name": "uploads", "description": "What somebody sent, and what became of it."},
        {"name": "revisions", "description": "Everything that was known at one moment, analysed as one."},
        {"name": "identities", "description": "Users, roles and groups: who can become them, what they can become."},
        {"name": "graph", "description": "Pictures, paths and edges with their evidence."},
        {"name": "decisions", "description": "Whether a request would be allowed, decided as AWS does."},
    ],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "iamviz.api.schema.describe_paths",
    ],
}
