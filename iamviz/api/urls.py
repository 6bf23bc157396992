"""Which address of the API is answered by which view."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from iamviz.api.accounts import AccountsView
from iamviz.api.actions import ActionsView
from iamviz.api.coverage import CoverageView
from iamviz.api.cuts import CutsView
from iamviz.api.cycles import CyclesView
from iamviz.api.denials import DenialView
from iamviz.api.edges import EdgeView
from iamviz.api.evaluate import EvaluateView
from iamviz.api.events import EventsView, Streams
from iamviz.api.identities import IdentitiesView
from iamviz.api.identity import IdentityView
from iamviz.api.map import GraphView
from iamviz.api.me import MeView
from iamviz.api.neighbourhood import NeighbourhoodView
from iamviz.api.nowhere import NowhereView
from iamviz.api.paths import PathsView
from iamviz.api.policies import PoliciesView
from iamviz.api.reach import ReachView
from iamviz.api.relations import InboundView, OutboundView
from iamviz.api.revisions import RevisionSummaryView, RevisionsView
from iamviz.api.search import SearchView
from iamviz.api.tokens import TokensView, TokenView
from iamviz.api.trusts import TrustsView
from iamviz.api.uploads import CancelView, RetryView, SampleView, UploadsView, UploadView
from iamviz.api.workspaces import WorkspacesView, WorkspaceView

app_name = "api"

revision_patterns: list[URLPattern | URLResolver] = [
    path("", RevisionSummaryView.as_view(), name="revision"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("accounts/", AccountsView.as_view(), name="accounts"),
    path("identities/", IdentitiesView.as_view(), name="identities"),
    path("identities/<str:key>/", IdentityView.as_view(), name="identity"),
    path("identities/<str:key>/inbound/", InboundView.as_view(), name="inbound"),
    path("identities/<str:key>/outbound/", OutboundView.as_view(), name="outbound"),
    path("identities/<str:key>/policies/", PoliciesView.as_view(), name="policies"),
    path("edges/", EdgeView.as_view(), name="edges"),
    path("evaluate/", EvaluateView.as_view(), name="evaluate"),
    path("read-denial/", DenialView.as_view(), name="read-denial"),
    path("graph/", GraphView.as_view(), name="graph"),
    path("neighbourhood/", NeighbourhoodView.as_view(), name="neighbourhood"),
    path("paths/", PathsView.as_view(), name="paths"),
    path("cuts/", CutsView.as_view(), name="cuts"),
    path("reach/", ReachView.as_view(), name="reach"),
    path("cycles/", CyclesView.as_view(), name="cycles"),
    path("trusts/", TrustsView.as_view(), name="trusts"),
    path("search/", SearchView.as_view(), name="search"),
]

workspace_patterns: list[URLPattern | URLResolver] = [
    path("", WorkspaceView.as_view(), name="workspace"),
    path("uploads/", UploadsView.as_view(), name="uploads"),
    path("uploads/sample/", SampleView.as_view(), name="sample"),
    path("uploads/<int:upload>/", UploadView.as_view(), name="upload"),
    path("uploads/<int:upload>/events/", EventsView.as_view(streams=Streams()), name="events"),
    path("uploads/<int:upload>/cancel/", CancelView.as_view(), name="cancel"),
    path("uploads/<int:upload>/retry/", RetryView.as_view(), name="retry"),
    path("revisions/", RevisionsView.as_view(), name="revisions"),
    path("revisions/<str:revision>/", include(revision_patterns)),
]

v1_patterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("actions/", ActionsView.as_view(), name="actions"),
    path("me/", MeView.as_view(), name="me"),
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<uuid:token>/", TokenView.as_view(), name="token"),
    path("workspaces/", WorkspacesView.as_view(), name="workspaces"),
    path("workspaces/<slug:workspace>/", include(workspace_patterns)),
]

urlpatterns = [
    path("v1/", include(v1_patterns)),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
    re_path("", NowhereView.as_view(), name="nowhere"),
]
