"""Receiving files: names, hashes, limits."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from iamviz.snapshots import planning
from iamviz.snapshots.contents import hash_file, keep_part, local_file, read_part
from iamviz.snapshots.incoming import HashingUploadHandler
from iamviz.snapshots.models import Upload, UploadFile
from iamviz.snapshots.planning import divide
from iamviz.snapshots.reading import Kept
from iamviz.snapshots.uploads import Incoming, UploadRefused, receive
from iamviz.workspaces.models import Workspace
from tests.snapshots.deliveries import A, B, details, send, upload, work, zipped

HANDLER = ["iamviz.snapshots.incoming.HashingUploadHandler"]


@pytest.mark.django_db
def test_files_are_kept_under_their_hash_with_the_name_they_came_by(workspace: Workspace) -> None:
    content = details(A, "deploy")
    incoming = Incoming("collected/prod/../a.json", ContentFile(content))
    sent = receive(workspace, None, [incoming], Upload.Source.BROWSER, queued=False)
    file = sent.files.get()
    assert file.name == "collected/prod/../a.json"
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.stored == f"uploads/{workspace.pk}/{file.sha256[:2]}/{file.sha256}"
    with local_file(file.stored) as path:
        assert path.read_bytes() == content


@pytest.mark.django_db
def test_an_upload_without_files_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UploadRefused, match="No file"):
        receive(workspace, None, [], Upload.Source.API)
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_too_many_files_are_refused(workspace: Workspace) -> None:
    incoming = Incoming("a.json", ContentFile(b"{}"))
    with pytest.raises(UploadRefused, match="one zip file"):
        receive(workspace, None, [incoming] * 5_001, Upload.Source.API)


def test_a_request_is_hashed_while_it_comes_in(settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = HANDLER
    content = b"x" * 200_000
    request = RequestFactory().post("/", {"files": [ContentFile(content, "a.json"), ContentFile(b"y", "b.json")]})
    with request.FILES.getlist("files")[0] as first, request.FILES.getlist("files")[1] as second:
        hashed = [getattr(file, "sha256", None) for file in (first, second)]
        assert hashed == [hashlib.sha256(content).hexdigest(), hashlib.sha256(b"y").hexdigest()]
        assert hash_file(first) == (hashed[0], len(content))


def test_a_request_that_grows_too_large_is_cut_and_says_so(settings: Any) -> None:
    settings.IAMVIZ_UPLOAD_BYTES = 100
    request = RequestFactory().post("/")
    handler = HashingUploadHandler(request)
    handler.new_file("files", "a.json", "application/json", 0)
    handler.receive_data_chunk(b"x" * 100, 0)
    with handler.file, pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", 100)
    assert request.too_large  # type: ignore[attr-defined]  # the handler sets it


@given(st.binary(max_size=5_000))
def test_a_part_comes_out_of_the_store_as_it_went_in(content: bytes) -> None:
    assert read_part(keep_part(1, hashlib.sha256(content).hexdigest(), content)) == content


@pytest.mark.django_db
def test_a_small_upload_is_one_chunk_and_a_large_one_is_divided_by_entries(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = list(send(workspace, a=details(A, "x"), all__zip=zipped(b=details(B, "y"), c=details(B, "z"))).files.all())
    assert divide(files) == [[(0, 0, None), (1, 0, None)]]
    monkeypatch.setattr(planning, "WHOLE_BYTES", 0)
    assert divide(files) == [[(0, 0, 1), (1, 0, 2)]]
    monkeypatch.setattr(planning, "CHUNK_ENTRIES", 2)
    assert divide(files) == [[(0, 0, 1), (1, 0, 1)], [(1, 1, 2)]]


@pytest.mark.django_db
def test_a_broken_archive_is_a_rejection_whether_it_is_divided_or_not(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = zipped(a=details(A, "x"))[:-30]
    found = []
    for whole_bytes in (planning.WHOLE_BYTES, 0):
        monkeypatch.setattr(planning, "WHOLE_BYTES", whole_bytes)
        sent = upload(workspace, bad__zip=broken, good=details(B, "audit"))
        file = sent.files.get(name="bad.zip")
        found.append((file.state, len(file.rejections)))
    assert found == [(UploadFile.State.REJECTED, 1)] * 2


@pytest.mark.django_db
def test_a_file_that_is_no_snapshot_is_told_from_the_others(workspace: Workspace) -> None:
    sent = work(send(workspace, a=details(A, "deploy"), notes=b'{"hello": "world"}'))
    states = {file.name: (file.state, file.kinds, file.accounts) for file in sent.files.all()}
    assert states == {
        "a.json": ("read", ["authorization-details"], [A]),
        "notes.json": ("rejected", [], []),
    }


def test_the_least_used_is_dropped_when_more_is_kept_than_fits() -> None:
    kept: Kept[str] = Kept(most=10)
    loaded: list[str] = []

    def get(name: str, weight: int) -> str:
        def load() -> tuple[str, int]:
            loaded.append(name)
            return name, weight

        return kept.get(name, load)

    for name, weight in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4), ("b", 4), ("huge", 99), ("huge", 99)):
        assert get(name, weight) == name
    assert loaded == ["a", "b", "c", "b", "huge"]
