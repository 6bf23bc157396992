"""What becomes of uploads: which parts a revision is made of, and when there is none."""

from __future__ import annotations

import json

import msgspec
import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from iamviz.ingest.bundle import read_entries
from iamviz.ingest.entry import Entry
from iamviz.ingest.parts import Reading
from iamviz.policy.catalogue import managed_policies_source
from iamviz.snapshots import selection
from iamviz.snapshots.models import AccountSnapshot, IdentityRow, Part, Revision, Upload
from iamviz.snapshots.reading import load_graph, load_inventory
from iamviz.snapshots.text import storable, storable_json
from iamviz.snapshots.uploads import UploadRefused, load_sample
from iamviz.workspaces.models import Workspace
from tests.snapshots.deliveries import (
    ASSUMES_ALL,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    A,
    B,
    current,
    details,
    last_event,
    names,
    upload,
    work,
    zipped,
)

pytestmark = pytest.mark.django_db


def test_an_upload_is_published_as_the_current_revision(workspace: Workspace) -> None:
    sent = upload(workspace, prod=details(A, "deploy", users={"eve": ASSUMES_ALL}))
    revision = current(workspace)
    assert (sent.state, sent.revision, sent.percent) == ("published", revision, 100)
    assert revision.number == 1
    assert names(revision) == ["1:deploy", "1:eve"]
    assert (revision.summary["accounts"], revision.summary["identities"]) == (1, 2)
    assert revision.summary["edges"]["can-assume"]["certain"] == 1
    assert revision.collected_from == revision.collected_to == MONDAY


def test_identity_rows_carry_what_lists_filter_and_sort_by(workspace: Workspace) -> None:
    admin = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
    upload(workspace, prod=details(A, "deploy", users={"eve": ASSUMES_ALL, "root-like": admin}))
    rows = {row.name: row for row in IdentityRow.objects.all()}
    assert (rows["eve"].can_become, rows["deploy"].trusted_by) == (1, 2)
    assert {name: row.admin for name, row in rows.items()} == {"eve": "no", "root-like": "certain", "deploy": "no"}
    assert rows["eve"].tags == {"team": "Größe"}
    assert "team=größe" in rows["eve"].search
    assert load_graph(current(workspace)).index(rows["eve"].arn) is not None


def test_a_role_that_a_stranger_may_become_is_external(workspace: Workspace) -> None:
    outside = {"AWS": "arn:aws:iam::999999999999:root"}
    upload(workspace, prod=details(A, "vendor", trusts=outside), dev=details(B, "deploy"))
    assert {row.name: row.external for row in IdentityRow.objects.all()} == {"vendor": True, "deploy": False}
    summary = current(workspace).summary
    assert summary["external"] == {
        "roles_trusted_from_outside": 1,
        "roles_trusted_by_anyone": 0,
        "outside_parties": 1,
    }
    assert summary["top_trusted_accounts"][0]["account"] == "999999999999"


def test_the_other_accounts_of_a_workspace_stay_in_the_next_revision(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy"))
    upload(workspace, b=details(B, "audit"))
    assert names(current(workspace)) == ["1:deploy", "2:audit"]
    assert names(Revision.objects.get(number=1)) == ["1:deploy"]


def test_rows_of_an_unchanged_account_are_shared_by_both_revisions(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    upload(workspace, TUESDAY, b=details(B, "audit", "billing"))
    assert AccountSnapshot.objects.filter(account=A).count() == 1
    assert AccountSnapshot.objects.filter(account=B).count() == 2
    assert names(current(workspace)) == ["1:deploy", "2:audit", "2:billing"]


def test_another_verdict_on_the_same_content_gets_rows_of_its_own(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy", trusts={"AWS": f"arn:aws:iam::{B}:user/eve"}))
    upload(workspace, b=details(B, users={"eve": ASSUMES_ALL}))
    trusted_by = [revision.identities.get(name="deploy").trusted_by for revision in Revision.objects.order_by("number")]
    external = [revision.identities.get(name="deploy").external for revision in Revision.objects.order_by("number")]
    assert trusted_by == [1, 1]
    assert external == [True, False]


def test_the_same_files_again_make_no_revision_and_point_to_the_one_there_is(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy"))
    again = upload(workspace, TUESDAY, a=details(A, "deploy"))
    assert (again.state, again.revision) == ("unchanged", current(workspace))
    assert Revision.objects.count() == Part.objects.count() == 1
    assert "Nothing new" in last_event(again)


def test_the_same_files_make_a_revision_once_aws_has_published_other_managed_policies(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(workspace, a=details(A, "deploy"))
    newer = msgspec.structs.replace(managed_policies_source(), date="2999-01-01")
    monkeypatch.setattr(selection, "managed_policies_source", lambda: newer)
    again = upload(workspace, TUESDAY, a=details(A, "deploy"))
    assert (again.state, current(workspace).number) == ("published", 2)
    assert upload(workspace, WEDNESDAY, a=details(A, "deploy")).state == "unchanged"


def test_the_same_facts_in_another_shape_are_the_same_part(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy"))
    pretty = json.dumps(json.loads(details(A, "deploy")), indent=4).encode("utf-16")
    assert upload(workspace, TUESDAY, b=pretty).state == "unchanged"


def test_an_older_snapshot_after_a_newer_one_is_kept_and_not_shown(workspace: Workspace) -> None:
    upload(workspace, TUESDAY, a=details(A, "new"))
    late = upload(workspace, MONDAY, a=details(A, "old"))
    assert (late.state, names(current(workspace))) == ("unchanged", ["1:new"])
    assert Part.objects.count() == 2
    assert "newer facts" in last_event(late)


def test_an_account_that_went_back_to_what_it_was_is_shown_as_it_is_now(workspace: Workspace) -> None:
    upload(workspace, MONDAY, a=details(A, "first"))
    upload(workspace, TUESDAY, a=details(A, "second"))
    back = upload(workspace, WEDNESDAY, a=details(A, "first"))
    assert back.state == "published"
    assert names(current(workspace)) == ["1:first"]
    dates = [revision.accounts.get().collected for revision in Revision.objects.order_by("number")]
    assert dates == [MONDAY, TUESDAY, WEDNESDAY]


def test_a_part_without_any_date_counts_from_its_upload(workspace: Workspace) -> None:
    bare = json.loads(details(A, "deploy"))
    del bare["RoleDetailList"][0]["CreateDate"]
    sent = upload(workspace, None, a=json.dumps(bare).encode())
    part = current(workspace).accounts.get().parts[0]
    assert (part["collected_from"], part["collected"]) == ("upload", sent.created.isoformat())


def test_a_manifest_in_the_archive_dates_what_lies_beside_it(workspace: Workspace) -> None:
    manifest = json.dumps({"collected_at": "2026-02-01T00:00:00Z"}).encode()
    upload(workspace, None, all__zip=zipped(manifest=manifest, prod=details(A, "deploy")))
    part = current(workspace).accounts.get().parts[0]
    assert (part["collected_from"], part["collected"]) == ("manifest", "2026-02-01T00:00:00+00:00")


def test_the_same_content_is_stored_once(workspace: Workspace) -> None:
    first, second = upload(workspace, a=details(A, "x")), upload(workspace, b=details(A, "x"))
    assert first.files.get().stored == second.files.get().stored
    assert default_storage.size(first.files.get().stored) == first.size


def test_an_entry_seen_before_is_not_read_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(workspace, a=details(A, "deploy"), b=details(B, "audit"))
    read: list[str] = []
    really = read_entries

    def watched(entries: list[Entry], *, whole: bool) -> Reading:
        read.extend(entry.name for entry in entries)
        return really(entries, whole=whole)

    monkeypatch.setattr("iamviz.snapshots.fragments.read_entries", watched)
    upload(workspace, TUESDAY, a=details(A, "deploy"), b=details(B, "audit", "billing"))
    assert read == ["b.json"]


def test_pages_in_two_files_are_one_account(workspace: Workspace) -> None:
    first, second = json.loads(details(A, "one")), json.loads(details(A, "two"))
    first |= {"NextToken": "more"}
    sent = upload(workspace, one=json.dumps(first).encode(), two=json.dumps(second).encode())
    assert (sent.state, names(current(workspace))) == ("published", ["1:one", "1:two"])


def test_a_listing_that_was_cut_off_is_refused_and_not_half_shown(workspace: Workspace) -> None:
    cut = json.dumps(json.loads(details(A, "one")) | {"NextToken": "more"}).encode()
    sent = upload(workspace, cut=cut, whole=details(B, "audit"))
    assert names(current(workspace)) == ["2:audit"]
    assert [file.state for file in sent.files.all()] == ["rejected", "read"]
    assert sent.files.get(position=0).rejections[0]["account"] == A


def test_one_bad_account_of_a_hundred_fails_alone(workspace: Workspace) -> None:
    files = {f"a{number}": details(f"{number:012d}", "deploy") for number in range(1, 101)}
    files["a50"] = b'{"RoleDetailList": [{"RoleName": 5}]}'
    sent = upload(workspace, all__zip=zipped(**files))
    assert current(workspace).summary["accounts"] == 99
    file = sent.files.get()
    assert (file.state, sent.state, len(file.rejections)) == ("partly", "published", 1)
    assert file.rejections[0]["file"].endswith("a50.json")
    assert sent.warnings >= 1


def test_an_upload_that_holds_nothing_fails_and_says_what_would_help(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy"))
    bad = upload(workspace, notes=b"{}")
    assert (bad.state, bad.revision) == ("failed", None)
    assert "notes.json" in bad.error
    assert bad.files.get().state == "rejected"
    assert current(workspace).number == 1


def test_a_failing_analysis_leaves_the_previous_revision_current(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(workspace, a=details(A, "deploy"))

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("iamviz.snapshots.analysing.analyze", breaks)
    failed = upload(workspace, b=details(B, "audit"))
    assert failed.state == "failed"
    assert "ZeroDivisionError" in failed.error
    assert names(current(workspace)) == ["1:deploy"]


def test_what_a_failed_upload_brought_is_not_part_of_later_revisions(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("iamviz.snapshots.analysing.analyze", lambda *_, **__: 1 / 0)
        upload(workspace, bad=details(A, "poison"))
    upload(workspace, good=details(B, "audit"))
    assert names(current(workspace)) == ["2:audit"]


def test_accounts_that_only_the_organization_names_are_listed_as_missing(workspace: Workspace) -> None:
    organization = {
        "Organization": {"Id": "o-abcdefghij", "MasterAccountId": A},
        "Roots": [{"Id": "r-abcd", "Name": "Root"}],
        "OrganizationalUnits": [{"Id": "ou-abcd-11111111", "Name": "Core", "ParentId": "r-abcd"}],
        "Accounts": [
            {"Id": A, "Name": "management", "State": "ACTIVE", "ParentId": "ou-abcd-11111111"},
            {"Id": B, "Name": "data", "State": "ACTIVE", "ParentId": "r-abcd"},
        ],
    }
    upload(workspace, org=json.dumps(organization).encode(), a=details(A, "deploy"))
    shown = {row.account: (row.name, row.ou, row.snapshot is not None) for row in current(workspace).accounts.all()}
    assert shown == {A: ("management", "Root/Core", True), B: ("data", "Root", False)}
    assert current(workspace).accounts.get(account=B).missing == [
        "authorization-details",
        "credential-report",
        "command-outputs",
    ]


def test_an_account_can_be_read_back_with_its_documents(workspace: Workspace) -> None:
    upload(workspace, a=details(A, "deploy", users={"eve": ASSUMES_ALL}))
    inventory = load_inventory(current(workspace), A)
    assert inventory is not None
    assert inventory.users[0].inline[0].name == "own"
    assert load_inventory(current(workspace), B) is None


def test_the_graph_stays_in_the_database_until_it_is_asked_for(
    workspace: Workspace, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    upload(workspace, a=details(A, "only-in-this-test"))
    assert "graph" in Revision.objects.get().get_deferred_fields()
    revision = current(workspace)
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a context manager's maker
        assert load_graph(revision) is load_graph(revision)


def test_the_demo_gives_way_to_accounts_of_ones_own(workspace: Workspace) -> None:
    sample = work(load_sample(workspace, None, queued=False))
    assert (sample.state, sample.source) == ("published", "sample")
    assert current(workspace).summary["accounts"] >= 12
    upload(workspace, a=details(A, "deploy"))
    assert names(current(workspace)) == ["1:deploy"]
    with pytest.raises(UploadRefused):
        load_sample(workspace, None)


def test_states_are_words_of_the_api() -> None:
    assert [state.value for state in Upload.State] == [
        "queued",
        "reading",
        "analysing",
        "published",
        "unchanged",
        "failed",
        "cancelled",
    ]


def test_text_that_no_database_likes_is_shown_as_well_as_can_be(workspace: Workspace) -> None:
    """NUL and half surrogates in tags and keys, names longer than AWS allows."""
    account = json.loads(details(A, "r" * 3_000, users={"eve": []}))
    account["UserDetailList"][0]["Tags"] = [{"Key": "nul\x00", "Value": "<script>\x00\u202e"}]
    account["unknown\x00key"] = []
    sent = upload(workspace, a=json.dumps(account).encode())
    assert (sent.state, sent.error) == ("published", "")
    assert IdentityRow.objects.get(name="eve").tags == {"nul\ufffd": "<script>\ufffd\u202e"}


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_storable_json_keeps_what_needs_no_change(value: object) -> None:
    cleaned = storable_json(value)
    assert storable_json(cleaned) == cleaned
    assert "\\u0000" not in json.dumps(cleaned).replace("\\\\", "")


@given(st.text(st.characters()))
def test_storable_text_can_be_encoded_and_holds_no_nul(text: str) -> None:
    assert b"\x00" not in storable(text).encode()
