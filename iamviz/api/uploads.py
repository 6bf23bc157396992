"""/uploads/: send files, see what became of them, cancel, retry, load the demo organization."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from knox.auth import TokenAuthentication
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iamviz.api.pages import growing_page
from iamviz.api.problems import Conflict, NotFound, TooLarge, bad_parameter
from iamviz.api.questions import PagingQuestionSerializer, asked
from iamviz.api.schema import operation
from iamviz.api.scope import SmallBodyView, member_of, membership_of, require_upload_right
from iamviz.api.shapes import (
    FILE_STATES,
    PART_KINDS,
    UPLOAD_SOURCES,
    UPLOAD_STATES,
    UPLOAD_STEPS,
    NoticeSerializer,
    PageSerializer,
)
from iamviz.api.upload_rows import FILES_IN_LIST, own_uploads, shown_upload, upload_of
from iamviz.api.writing import is_large
from iamviz.snapshots.incoming import most_bytes
from iamviz.snapshots.messages import queue
from iamviz.snapshots.models import Upload
from iamviz.snapshots.uploads import Incoming, UploadRefused, load_sample, receive

LATEST_TIME = 253_402_300_799_000
"""Milliseconds: the last moment that a datetime can hold."""


class ExcerptLineSerializer(serializers.Serializer):
    """A line of a file, near what is wrong."""

    line = serializers.IntegerField()
    text = serializers.CharField()


class RejectionSerializer(serializers.Serializer):
    """Why a file, or one account in it, was not taken."""

    file = serializers.CharField()
    place = serializers.CharField()
    rule = serializers.CharField()
    remedy = serializers.CharField()
    account = serializers.CharField(allow_null=True)
    excerpt = ExcerptLineSerializer(many=True)


class UploadedFileSerializer(serializers.Serializer):
    """One file of an upload."""

    name = serializers.CharField(help_text="Path relative to the folder that was sent.")
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    state = serializers.ChoiceField(choices=FILE_STATES)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=PART_KINDS))
    accounts = serializers.ListField(child=serializers.CharField())
    notices = NoticeSerializer(many=True)
    rejections = RejectionSerializer(many=True)


class ProgressSerializer(serializers.Serializer):
    """How far an upload is."""

    step = serializers.ChoiceField(choices=UPLOAD_STEPS)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    accounts_done = serializers.IntegerField()
    accounts_total = serializers.IntegerField()
    percent = serializers.IntegerField()


class UploadSerializer(serializers.Serializer):
    """What somebody sent, and what became of it."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=UPLOAD_STATES)
    created = serializers.DateTimeField()
    finished = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True, help_text="E-mail address of who sent it.")
    source = serializers.ChoiceField(choices=UPLOAD_SOURCES)  # type: ignore[assignment]  # DRF takes it off the class
    size = serializers.IntegerField(help_text="Bytes of all files together.")
    files = UploadedFileSerializer(many=True, help_text="The first ones: 20 in a list, 1,000 in one upload.")
    files_total = serializers.IntegerField()
    progress = ProgressSerializer()
    warnings = serializers.IntegerField()
    revision = serializers.IntegerField(
        allow_null=True, help_text="The revision that it made, or that has all of it already (`unchanged`)."
    )
    error = serializers.CharField(allow_null=True)


class UploadPageSerializer(PageSerializer):
    """A page of uploads, the newest first."""

    results = UploadSerializer(many=True)


class NewUploadSerializer(serializers.Serializer):
    """The files of one upload."""

    files = serializers.ListField(
        child=serializers.FileField(), help_text="Account snapshots, organization data, archives of them."
    )
    paths = serializers.ListField(
        child=serializers.CharField(max_length=1000),
        required=False,
        help_text="The path of each file in the folder that was sent, in the order of `files`; else its name.",
    )
    modified = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=LATEST_TIME),
        required=False,
        help_text="When each file was last modified, milliseconds since 1970, in the order of `files`.",
    )


class UploadsView(APIView):
    """The uploads of a workspace."""

    parser_classes = (MultiPartParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything reads the body: signing in by cookie looks for the CSRF token in it.
        if is_large(request._request, most_bytes()):  # noqa: SLF001  # DRF hides Django's own request there
            raise TooLarge(f"An upload may have {most_bytes():,} bytes. Send fewer accounts at once.")
        super().initial(request, *args, **kwargs)

    @operation(
        "listUploads", UploadPageSerializer, tag="uploads", parameters=[PagingQuestionSerializer], problems=(400, 404)
    )
    def get(self, request: Request, workspace: str) -> Response:
        """The uploads of a workspace, the newest first."""
        membership_of(request, workspace)
        paging = asked(PagingQuestionSerializer, request)
        rows = own_uploads(request, workspace, files=FILES_IN_LIST)
        return Response(growing_page(request, paging, rows, "id", upload_of))

    @operation(
        "upload",
        UploadSerializer,
        tag="uploads",
        status=201,
        takes={"multipart/form-data": NewUploadSerializer},
        problems=(400, 403, 404, 413, 415),
    )
    def post(self, request: Request, workspace: str) -> Response:
        """Send files: account authorization details, credential reports, organization data, archives of them."""
        membership = membership_of(request, workspace)
        require_upload_right(membership)
        files = incoming_files(request)
        by_token = isinstance(request.successful_authenticator, TokenAuthentication)
        source = Upload.Source.API if by_token else Upload.Source.BROWSER
        try:
            upload = receive(membership.workspace, member_of(request), files, source)
        except UploadRefused as refused:
            raise bad_parameter("files", str(refused)) from refused
        return Response(shown_upload(request, workspace, upload.pk), 201)


class SampleView(SmallBodyView):
    """The demo organization."""

    @operation("loadSample", UploadSerializer, tag="uploads", status=201, problems=(403, 404, 409))
    def post(self, request: Request, workspace: str) -> Response:
        """Load the demo organization into this workspace."""
        membership = membership_of(request, workspace)
        require_upload_right(membership)
        try:
            upload = load_sample(membership.workspace, member_of(request))
        except UploadRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(shown_upload(request, workspace, upload.pk), 201)


class UploadView(SmallBodyView):
    """One upload."""

    @operation("getUpload", UploadSerializer, tag="uploads", problems=(404,))
    def get(self, request: Request, workspace: str, upload: int) -> Response:
        """One upload with its files and how far it is."""
        return Response(shown_upload(request, workspace, upload))


class CancelView(SmallBodyView):
    """Stop an upload."""

    @operation("cancelUpload", UploadSerializer, tag="uploads", problems=(403, 404, 409))
    def post(self, request: Request, workspace: str, upload: int) -> Response:
        """Stop an upload that has not finished: nothing of it becomes visible."""
        if not changeable_upload(request, workspace, upload).cancel():
            raise Conflict("It has finished already: there is nothing to cancel.")
        return Response(shown_upload(request, workspace, upload))


class RetryView(SmallBodyView):
    """Try an upload again."""

    @operation("retryUpload", UploadSerializer, tag="uploads", problems=(403, 404, 409))
    def post(self, request: Request, workspace: str, upload: int) -> Response:
        """Read and analyse an upload again that failed or was cancelled."""
        row = changeable_upload(request, workspace, upload)
        if not row.retry():
            raise Conflict("Only an upload that failed or was cancelled can be tried again.")
        queue(row)
        return Response(shown_upload(request, workspace, upload))


def incoming_files(request: Request) -> list[Incoming]:
    """The files of a multipart body with their paths and times. Raises TooLarge, or ValidationError."""
    files = request.FILES.getlist("files")
    if getattr(plain_request(request), "too_large", False):
        raise TooLarge(f"An upload may have {most_bytes():,} bytes. Send fewer accounts at once.")
    form = NewUploadSerializer(data={"files": files, **_lists(request, "paths", "modified")})
    form.is_valid(raise_exception=True)
    paths = _as_many(form.validated_data.get("paths"), files, "paths") or [file.name or "" for file in files]
    times = _as_many(form.validated_data.get("modified"), files, "modified") or [None] * len(files)
    return [
        Incoming(path, file, None if time is None else datetime.fromtimestamp(time / 1000, UTC))
        for path, file, time in zip(paths, files, times, strict=True)
    ]


def plain_request(request: Request) -> HttpRequest:
    """Django's own request, which the upload handlers write on."""
    return request._request  # noqa: SLF001  # DRF hides it there


def _lists(request: Request, *names: str) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in names if name in request.POST}


def _as_many(values: list[Any] | None, files: list[Any], name: str) -> list[Any] | None:
    if values is not None and len(values) != len(files):
        raise ValidationError({name: [f"{len(values)} for {len(files)} files: send one for each file, or none."]})
    return values


def changeable_upload(request: Request, workspace: str, upload: int) -> Upload:
    """The row, if the member may upload here. Raises NotFound or PermissionDenied."""
    membership = membership_of(request, workspace)
    row = Upload.objects.visible_to(request.user).filter(workspace=membership.workspace, pk=upload).first()
    if row is None:
        raise NotFound
    require_upload_right(membership)
    return row
