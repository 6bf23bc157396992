"""Sending files, watching what becomes of them, cancelling, retrying, and the demo organization."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from iamviz.api.events import EventsView, Streams
from iamviz.snapshots.models import Upload, UploadFile
from iamviz.workspaces.models import Member, Token, Workspace
from tests.api.conftest import BASE
from tests.api.world import A, prod, shared
from tests.snapshots.deliveries import MONDAY, details, send, upload, work

pytestmark = pytest.mark.django_db

UPLOADS = f"{BASE}/uploads/"


def files(**contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{name}.json", content) for name, content in contents.items()]


def post(client: APIClient, **fields: Any) -> Any:
    return client.post(UPLOADS, fields, format="multipart")


def test_files_are_taken_with_their_paths_and_times_and_read_later(alices: APIClient, workspace: Workspace) -> None:
    answer = post(
        alices, files=files(a=prod(), b=shared()), paths=["x/a.json", "x/y/b.json"], modified=[1_772_409_600_000, 0]
    )
    assert answer.status_code == 201
    sent = answer.json()
    assert (sent["state"], sent["source"], sent["by"], sent["files_total"]) == (
        "queued",
        "browser",
        "alice@example.com",
        2,
    )
    assert [each["name"] for each in sent["files"]] == ["x/a.json", "x/y/b.json"]
    first = UploadFile.objects.get(name="x/a.json").modified
    assert first is not None
    assert first.isoformat() == "2026-03-02T00:00:00+00:00"
    work(Upload.objects.get(pk=sent["id"]))
    done = alices.get(f"{UPLOADS}{sent['id']}/").json()
    assert (done["state"], done["revision"], done["progress"]["percent"]) == ("published", 1, 100)
    assert [each["accounts"] for each in done["files"]] == [[A], ["222222222222"]]


def test_a_program_uploads_with_a_token(alice: Member) -> None:
    _, secret = Token.objects.create(user=alice, name="ci")
    client = APIClient(headers={"Authorization": f"Bearer {secret}"})
    answer = post(client, files=files(a=prod()))
    assert (answer.status_code, answer.json()["source"]) == (201, "api")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "files"),
        ({"files": ["text"]}, "files"),
        ({"files": "two", "paths": ["only one"]}, "paths"),
        ({"files": "two", "modified": [1]}, "modified"),
        ({"files": "two", "modified": ["yesterday", "today"]}, "modified.0"),
        ({"files": "two", "modified": [-1, 10**18]}, "modified.0"),
        ({"files": "two", "paths": ["a\0b", "c"]}, "paths.0"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_by_field(
    alices: APIClient, workspace: Workspace, fields: dict[str, Any], wrong: str
) -> None:
    if fields.get("files") == "two":
        fields = {**fields, "files": files(a=b"{}", b=b"{}")}
    answer = post(alices, **fields)
    assert answer.status_code == 400
    assert wrong in [each["field"] for each in answer.json()["errors"]]
    assert not Upload.objects.exists()


def test_a_body_that_is_no_form_is_refused(alices: APIClient, workspace: Workspace) -> None:
    assert alices.post(UPLOADS, {"files": []}, format="json").status_code == 415


def test_what_is_too_large_is_refused_before_it_is_read(alices: APIClient, workspace: Workspace, settings: Any) -> None:
    settings.IAMVIZ_UPLOAD_BYTES = 1000
    answer = post(alices, files=files(a=b"x" * 2000))
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    assert not Upload.objects.exists()


def test_a_viewer_may_not_upload(bobs: APIClient, workspace: Workspace) -> None:
    answer = post(bobs, files=files(a=prod()))
    assert answer.status_code == 403
    assert "editor" in answer.json()["detail"]
    assert not Upload.objects.exists()


def test_a_stranger_uploads_into_nothing(charlies: APIClient, workspace: Workspace) -> None:
    assert post(charlies, files=files(a=prod())).status_code == 404
    assert charlies.post(f"{UPLOADS}sample/").status_code == 404


def test_a_rejected_file_says_place_rule_and_remedy(alices: APIClient, workspace: Workspace) -> None:
    sent = upload(workspace, broken=b'{"RoleDetailList": [{"Arn": 5}]}')
    (file,) = alices.get(f"{UPLOADS}{sent.pk}/").json()["files"]
    assert file["state"] == "rejected"
    (rejection,) = file["rejections"]
    assert rejection["file"] == "broken.json"
    assert rejection["place"]
    assert rejection["rule"]
    assert rejection["remedy"]


def test_hostile_names_of_files_come_back_as_they_were_sent(alices: APIClient, workspace: Workspace) -> None:
    name = "<img src=x onerror=alert(1)>/../../=cmd.json"
    sent = post(alices, files=files(a=prod()), paths=[name]).json()
    assert sent["files"][0]["name"] == name


def test_uploads_are_listed_newest_first_and_a_new_one_moves_nothing(alices: APIClient, workspace: Workspace) -> None:
    sent = [send(workspace, a=details(A, f"role{number}")).pk for number in range(5)]
    first = alices.get(UPLOADS, {"limit": 2}).json()
    newest = send(workspace, a=details(A, "another")).pk
    second = alices.get(first["next"]).json()
    third = alices.get(second["next"]).json()
    assert [each["id"] for page in (first, second, third) for each in page["results"]] == sent[::-1]
    assert (first["previous"], third["next"], third["total"]) == (None, None, 6)
    back = alices.get(second["previous"]).json()
    assert [each["id"] for each in back["results"]] == sent[:2:-1]
    assert [each["id"] for each in alices.get(back["previous"]).json()["results"]] == [newest]
    assert alices.get(back["next"]).json()["results"] == second["results"]


def test_a_list_of_uploads_takes_the_same_number_of_queries_however_long(
    alices: APIClient, workspace: Workspace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        send(workspace, a=details(A, f"role{number}"), b=details("222222222222", "x"))
    # session, member; membership; uploads, their files; count
    for limit in (1, 100):
        with django_assert_num_queries(6):
            alices.get(UPLOADS, {"limit": limit})


def test_a_list_shows_the_first_files_and_says_how_many_there_are(alices: APIClient, workspace: Workspace) -> None:
    send(workspace, MONDAY, **{f"file{number}": b"{}" for number in range(25)})
    (listed,) = alices.get(UPLOADS).json()["results"]
    assert (len(listed["files"]), listed["files_total"]) == (20, 25)


def test_only_what_runs_can_be_cancelled_and_only_what_stopped_be_retried(
    alices: APIClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Upload] = []
    monkeypatch.setattr("iamviz.api.uploads.queue", queued.append)
    sent = send(workspace, a=prod())
    address = f"{UPLOADS}{sent.pk}/"
    assert alices.post(f"{address}retry/").status_code == 409
    assert alices.post(f"{address}cancel/").json()["state"] == "cancelled"
    assert alices.post(f"{address}cancel/").status_code == 409
    assert alices.post(f"{address}retry/").json()["state"] == "queued"
    assert queued == [sent]


def test_the_demo_organization_goes_into_an_empty_workspace_only(alices: APIClient, workspace: Workspace) -> None:
    answer = alices.post(f"{UPLOADS}sample/")
    assert (answer.status_code, answer.json()["source"]) == (201, "sample")
    send(workspace, a=prod())
    refused = alices.post(f"{UPLOADS}sample/")
    assert refused.status_code == 409
    assert "of its own" in refused.json()["detail"]


def test_events_are_told_once_each_from_where_the_watcher_was(alices: APIClient, workspace: Workspace) -> None:
    sent = upload(workspace, a=prod())
    address = f"{UPLOADS}{sent.pk}/events/"
    told = alices.get(address).json()
    assert told["state"] == "published"
    numbers = [each["seq"] for each in told["events"]]
    assert numbers == sorted(numbers)
    assert alices.get(address, {"after": numbers[0]}).json()["events"] == told["events"][1:]
    assert alices.get(address, {"after": numbers[-1]}).json()["events"] == []


def stream(client: APIClient, sent: Upload, **headers: str) -> Any:
    return client.get(f"{UPLOADS}{sent.pk}/events/", headers={"Accept": "text/event-stream", **headers})


def messages(answer: Any) -> list[tuple[str, Any]]:
    """The id (or the name of the event) and the data of each message; a stream that is read to its end is closed."""
    found = []
    for block in b"".join(answer).decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if "data" in fields:
            found.append((fields.get("event") or fields["id"], json.loads(fields["data"])))
    return found


def test_a_stream_tells_the_same_events_and_ends_with_the_state(alices: APIClient, workspace: Workspace) -> None:
    sent = upload(workspace, a=prod())
    answer = stream(alices, sent)
    assert answer["Content-Type"] == "text/event-stream"
    told = messages(answer)
    assert told[-1] == ("end", {"state": "published"})
    events = alices.get(f"{UPLOADS}{sent.pk}/events/").json()["events"]
    assert [data for _, data in told[:-1]] == events
    later = messages(stream(alices, sent, **{"Last-Event-ID": str(events[0]["seq"])}))
    assert [data for _, data in later[:-1]] == events[1:]
    assert messages(stream(alices, sent, **{"Last-Event-ID": "not a number"})) == told


def test_a_stream_of_an_unfinished_upload_lets_go_of_its_thread(
    alices: APIClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EventsView, "stream_seconds", 0.0)
    told = messages(stream(alices, send(workspace, a=prod())))
    assert [data["step"] for _, data in told] == ["stored"]


@pytest.fixture
def one_stream(monkeypatch: pytest.MonkeyPatch) -> Streams:
    """The address has a counter of its own; this takes all of its places but one."""
    streams = Streams(most=1)
    monkeypatch.setattr(EventsView, "own_streams", lambda _: streams)
    return streams


def test_streams_beyond_their_number_are_asked_to_poll(
    alices: APIClient, workspace: Workspace, one_stream: Streams
) -> None:
    sent = upload(workspace, a=prod())
    first = stream(alices, sent)
    refused = stream(alices, sent)
    assert (refused.status_code, refused["Content-Type"]) == (503, "application/problem+json")
    messages(first)  # read to its end, it is closed
    again = stream(alices, sent)
    assert messages(again)[-1][0] == "end"
    assert one_stream.open()
