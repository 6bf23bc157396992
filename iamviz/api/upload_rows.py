"""Uploads as they are shown: the rows that a member may see, with their first files."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet
from rest_framework.request import Request

from iamviz.api.problems import NotFound
from iamviz.snapshots.models import Upload, UploadFile

FILES_IN_LIST = 20
FILES_IN_DETAIL = 1_000


def own_uploads(request: Request, workspace: str, *, files: int) -> QuerySet[Upload]:
    """The uploads of a workspace that the member may see, each with its first files."""
    first = UploadFile.objects.order_by("position")[:files]
    rows = Upload.objects.visible_to(request.user).filter(workspace__slug=workspace)
    return rows.annotate(
        email=F("member__email"), revision_number=F("revision__number"), files_total=Count("files")
    ).prefetch_related(Prefetch("files", queryset=first, to_attr="shown"))


def shown_upload(request: Request, workspace: str, upload: int) -> dict[str, Any]:
    """One upload as it is shown. Raises NotFound."""
    row = own_uploads(request, workspace, files=FILES_IN_DETAIL).filter(pk=upload).first()
    if row is None:
        raise NotFound
    return upload_of(row)


def upload_of(row: Any) -> dict[str, Any]:
    """An upload as it is shown, from a row of own_uploads."""
    return {
        "id": row.pk,
        "state": row.state,
        "created": row.created,
        "finished": row.finished,
        "by": row.email,
        "source": row.source,
        "size": row.size,
        "files": [_file_of(file) for file in row.shown],
        "files_total": row.files_total,
        "progress": {
            "step": row.step,
            "done": row.done,
            "total": row.total,
            "accounts_done": row.accounts_done,
            "accounts_total": row.accounts_total,
            "percent": row.percent,
        },
        "warnings": row.warnings,
        "revision": row.revision_number,
        "error": row.error or None,
    }


def _file_of(file: UploadFile) -> dict[str, Any]:
    names = ("name", "size", "sha256", "state", "kinds", "accounts", "notices", "rejections")
    return {name: getattr(file, name) for name in names}
