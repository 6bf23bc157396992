"""Which address is answered by which room."""

from __future__ import annotations

from django.urls import include, path

from iamviz.operations.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/", include("iamviz.api.urls")),
    path("", include("iamviz.workspaces.urls")),
]
