"""Which address is answered by which room."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from iamviz.operations.health import healthz, readyz

handler500 = "iamviz.api.problems.answer_failure"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", RedirectView.as_view(url="/static/icons/logo.svg", permanent=True)),
    path("api/", include("iamviz.api.urls")),
    path("", include("iamviz.workspaces.urls")),
]
