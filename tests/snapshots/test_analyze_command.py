"""manage.py analyze: files in, files out, exit codes that pipelines can rely on."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from iamviz.policy.expression import Certainty
from tests.graph.drawn import Line, draw

A = "111111111111"
TRUST = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{A}:root"}, "Action": "sts:AssumeRole"}
GRANT = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}


def details(account: str = A) -> bytes:
    user = {
        "Path": "/",
        "UserName": "eve",
        "UserId": "AIDAEVE",
        "Arn": f"arn:aws:iam::{account}:user/eve",
        "CreateDate": "2026-01-01T00:00:00+00:00",
        "GroupList": [],
        "AttachedManagedPolicies": [],
        "UserPolicyList": [{"PolicyName": "go", "PolicyDocument": {"Version": "2012-10-17", "Statement": [GRANT]}}],
    }
    role = {
        "Path": "/",
        "RoleName": "ops",
        "RoleId": "AROAOPS",
        "Arn": f"arn:aws:iam::{account}:role/ops",
        "CreateDate": "2026-01-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [TRUST]},
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
        "RoleLastUsed": {},
    }
    return json.dumps(
        {"UserDetailList": [user], "GroupDetailList": [], "RoleDetailList": [role], "Policies": []}
    ).encode()


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("analyze", *arguments, stdout=out, stderr=err)
    assert isinstance(stop.value.code, int)
    return stop.value.code, out.getvalue(), err.getvalue()


def test_the_graph_and_the_pairs_are_written_where_asked(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(details())
    graph, pairs = tmp_path / "graph.json", tmp_path / "pairs.jsonl"
    code, out, err = run(str(tmp_path / "a.json"), "--graph", str(graph), "--assume-edges", str(pairs))
    assert (code, out, err) == (0, "", "")
    assert json.loads(pairs.read_text()) == [f"arn:aws:iam::{A}:user/eve", f"arn:aws:iam::{A}:role/ops", "certain"]
    written = json.loads(graph.read_text())
    assert written["format"] == "iamviz-graph/1"
    (edge,) = [edge for edge in written["edges"] if edge["kind"] == "can-assume"]
    assert [(each["side"], each["policy"], each["statement"]) for each in edge["evidence"]] == [
        ("identity", "go", 0),
        ("trust", "trust policy", 0),
    ]
    told = [(notice["kind"], notice["place"]) for notice in written["coverage"]]
    assert sorted(told) == [("missing", ""), ("missing", "resources")]


def test_who_reaches_admin_is_written_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = draw(
        [Line("i0", "i1"), Line("i1", "admin:1", "is-admin"), Line("i2", "i0", certainty=Certainty.CONDITIONAL)]
    )
    monkeypatch.setattr("iamviz.analysis.build_graph", lambda *_: drawing)
    (tmp_path / "a.json").write_bytes(details())
    reach = tmp_path / "reach.jsonl"
    assert run(str(tmp_path / "a.json"), "--reach-admin", str(reach)) == (0, "", "")
    assert reach.read_text() == '["i0",1,"certain"]\n["i2",2,"conditional"]\n'


def test_the_summary_counts(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(details())
    code, out, _ = run(str(tmp_path / "a.json"), "--summary")
    summary = json.loads(out)
    assert (code, summary["accounts"], summary["nodes"]["role"]) == (0, 1, 1)


def test_one_broken_file_of_two_is_named_and_the_other_is_answered(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("good.json", details())
        archive.writestr("bad.json", details("222222222222")[:-40])
    code, out, err = run(str(tmp_path / "both.zip"), "--summary")
    assert (code, json.loads(out)["accounts"]) == (2, 1)
    assert len(err.strip().splitlines()) == 1
    assert "bad.json" in err


def test_rubbish_is_bad_input_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, eggs")
    code, out, err = run(str(tmp_path / "notes.txt"), "--summary")
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(details())
    code, _, err = run(str(tmp_path / "a.json"), "--graph", str(tmp_path / "nowhere" / "g.json"))
    assert code == 2
    assert "nowhere" in err


def test_an_empty_folder_is_bad_input(tmp_path: Path) -> None:
    code, _, err = run(str(tmp_path))
    assert code == 2
    assert "nothing in it" in err
