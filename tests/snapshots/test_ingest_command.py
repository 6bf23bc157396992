"""`manage.py ingest`: what an upload does, from the shell."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from kombu.exceptions import OperationalError as QueueError

from iamviz.celery import app
from iamviz.snapshots.management.commands import ingest
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Upload
from iamviz.snapshots.running import work_off
from iamviz.workspaces.models import Member, Workspace
from tests.snapshots.deliveries import MONDAY, A, B, current, details, names

pytestmark = pytest.mark.django_db


def run(*paths: Path | str, workspace: str = "acme", here: bool = True) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("ingest", *map(str, paths), workspace=workspace, here=here, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_folder_is_sent_with_its_names_and_times(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "collected"
    (folder / "prod").mkdir(parents=True)
    for name, content in (("prod/a.json", details(A, "deploy")), ("b.json", details(B, "audit"))):
        (folder / name).write_bytes(content)
        os.utime(folder / name, (MONDAY.timestamp(), MONDAY.timestamp()))
    out, err = run(folder)
    assert out == f"Upload {Upload.objects.get().pk}: published, revision 1\n"
    assert "in this process" in err
    assert f"{B} Read collected/b.json" in err
    assert names(current(workspace)) == ["1:deploy", "2:audit"]
    assert current(workspace).collected_from == MONDAY
    assert Upload.objects.get().source == "shell"


def test_standard_input_is_a_file_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Stdin:
        buffer = io.BytesIO(details(A, "deploy"))

    monkeypatch.setattr("sys.stdin", Stdin)
    run("-", workspace="Acme")
    assert Upload.objects.get().files.get().name == "standard input"


def test_workers_do_the_work_where_a_queue_answers(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The worker of this test works while the command waits."""
    monkeypatch.setattr(ingest, "queue_answers", lambda: True)
    monkeypatch.setattr("time.sleep", lambda _: list(work_off(Message("read", Upload.objects.get().pk))))
    (tmp_path / "a.json").write_bytes(details(A, "deploy"))
    out, err = run(tmp_path / "a.json", here=False)
    assert "The workers do the work" in err
    assert out.endswith("published, revision 1\n")


def test_without_a_queue_the_work_is_done_here(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def silent(**_: object) -> None:
        raise QueueError("connection refused")

    monkeypatch.setattr(app.control, "ping", silent)
    (tmp_path / "a.json").write_bytes(details(A, "deploy"))
    assert "No queue answers" in run(tmp_path / "a.json", here=False)[1]


@pytest.mark.parametrize(("path", "says"), [("bad.json", "bad.json"), ("missing.json", "missing.json: cannot be read")])
def test_bad_input_is_exit_2_and_one_line(workspace: Workspace, tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "bad.json").write_bytes(b'{"RoleDetailList": 5}')
    with pytest.raises(CommandError, match=says) as refused:
        run(tmp_path / path)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_a_workspace_that_is_not_there_is_made_and_belongs_to_the_only_member(db: None, tmp_path: Path) -> None:
    alice = Member.objects.create_user("alice@acme.example", "a long password")
    (tmp_path / "a.json").write_bytes(details(A, "deploy"))
    run(tmp_path / "a.json", workspace="Acme Freight")
    assert [place.slug for place in Workspace.objects.visible_to(alice)] == ["acme-freight"]


def test_a_new_workspace_belongs_to_nobody_where_there_are_several_members(db: None, tmp_path: Path) -> None:
    members = [Member.objects.create_user(f"{name}@acme.example", "a long password") for name in ("alice", "charlie")]
    (tmp_path / "a.json").write_bytes(details(A, "deploy"))
    run(tmp_path / "a.json", workspace="Acme")
    assert [Workspace.objects.visible_to(member).count() for member in members] == [0, 0]


def test_a_file_that_is_missing_makes_no_workspace(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "missing.json", workspace="Acme")
    assert not Workspace.objects.exists()


def test_the_demo_is_loaded_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    call_command("load_sample", workspace="first", stdout=out)
    call_command("load_sample", workspace="first", stdout=out)
    assert "left as it is" in out.getvalue()
    demo = Workspace.objects.get(is_sample=True)
    assert demo.uploads.get().source == "sample"
    with pytest.raises(CommandError, match="no workspace"):
        call_command("load_sample", workspace="nowhere")
