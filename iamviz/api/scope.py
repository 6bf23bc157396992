"""What a view may see: the workspace and the revision in its address, if they are the member's own."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.db.models import F
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.problems import NotFound, TooLarge
from iamviz.api.writing import is_large
from iamviz.graph.assumptions import Assumptions
from iamviz.graph.model import IamGraph
from iamviz.snapshots.models import Revision
from iamviz.snapshots.reading import load_graph, load_graph_under
from iamviz.workspaces.models import Member, Membership

LARGEST_BODY = 256 * 1024
"""Bytes of a JSON body. Files come as multipart and have limits of their own."""

_REVISION = re.compile(r"latest|[0-9]{1,9}")


class SmallBodyView(APIView):
    """A view that refuses a body nobody needs to send."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if is_large(request._request, LARGEST_BODY):  # noqa: SLF001  # DRF hides Django's own request there
            raise TooLarge(f"A body may have {LARGEST_BODY} bytes.")


def member_of(request: Request) -> Member:
    """Who is asking; the permission classes let nobody else through."""
    assert isinstance(request.user, Member)
    return request.user


def membership_of(request: Request, workspace: str) -> Membership:
    """The member's membership of the workspace. Raises NotFound where there is none, as if nothing were there."""
    own = Membership.objects.visible_to(request.user).filter(member=member_of(request), workspace__slug=workspace)
    found = own.select_related("workspace").first()
    if found is None:
        raise NotFound
    return found


def require_upload_right(membership: Membership) -> None:
    """Raises PermissionDenied for a viewer."""
    if not membership.may_upload:
        raise PermissionDenied("Viewers may not upload: ask an owner of the workspace to make you an editor.")


def revision_of(request: Request, workspace: str, revision: str) -> Revision:
    """The revision of that number, or the current one for "latest". Raises NotFound."""
    if not _REVISION.fullmatch(revision):
        raise NotFound
    visible = Revision.objects.visible_to(request.user).filter(workspace__slug=workspace)
    visible = visible.annotate(email=F("upload__member__email"))
    found = visible.numbered(revision).first()
    if found is None:
        raise NotFound
    return found


class RevisionView(SmallBodyView):
    """A view of one revision; says in X-Revision which one it was."""

    revision: Revision

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.revision = revision_of(request, kwargs["workspace"], kwargs["revision"])

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if hasattr(self, "revision"):
            answer["X-Revision"] = str(self.revision.number)
        return answer

    @cached_property
    def graph(self) -> IamGraph:
        return load_graph(self.revision)

    def graph_under(self, assumptions: Assumptions) -> IamGraph:
        """The graph as it is where the assumptions are so: the nodes are the same, edges may be fewer."""
        return load_graph_under(self.revision, assumptions)
