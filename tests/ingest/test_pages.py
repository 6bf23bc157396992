"""Pages, several files of an account, duplicates, truncated listings."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.ingest.bundle import read_entries, refuse_incomplete
from iamviz.ingest.merge import merge_parts
from tests.ingest.builders import (
    ACCOUNT,
    OTHER,
    attached,
    details,
    entry,
    group,
    inventory,
    policy,
    read,
    role,
    texts,
    user,
)

FIRST = details([user("alice")], [group("dev")], IsTruncated=True, Marker="abc")
LAST = details(roles=[role("app")], policies=[policy("p")], IsTruncated=False)
WHOLE = details([user("alice")], [group("dev")], [role("app")], [policy("p")])
AWS_POLICY = policy("ReadOnlyAccess") | {"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}


def lines(*pages: object) -> bytes:
    return "\n".join(json.dumps(page) for page in pages).encode()


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([FIRST, LAST]).encode(),
        lines(FIRST, LAST),
        lines(FIRST, LAST).replace(b"\n", b"\r\n\r\n"),
        "\n".join(json.dumps(page, indent=2) for page in (LAST, FIRST)).encode(),
        json.dumps([[FIRST], [LAST]][0] + [LAST]).encode(),
    ],
    ids=["array", "json lines", "crlf", "glued", "a page twice"],
)
def test_pages_in_one_file_give_what_the_whole_answer_gives(data: bytes) -> None:
    reading = read(data)
    assert reading.rejections == ()
    assert [part.sha256 for part in reading.parts] == [part.sha256 for part in read(WHOLE).parts]


def test_pages_in_several_files_are_joined_by_account() -> None:
    reading = read(FIRST, LAST, details([user("bob", OTHER)]))
    assert [part.account for part in reading.parts] == [ACCOUNT, OTHER]
    assert reading.parts[0].sha256 == read(WHOLE).parts[0].sha256
    assert reading.parts[0].file == "file0.json, file1.json"


@given(st.permutations([FIRST, details(roles=[role("b")], IsTruncated=True), LAST]))
def test_the_order_of_pages_does_not_matter(pages: list[object]) -> None:
    expected = read(details([user("alice")], [group("dev")], [role("app"), role("b")], [policy("p")]))
    assert read(*pages).parts[0].sha256 == expected.parts[0].sha256


def test_a_broken_line_of_json_lines_is_named() -> None:
    rejection = read(lines(FIRST) + b"\n{oops}").rejections[0]
    assert rejection.place.startswith("line 2, column 2")


def test_a_page_without_its_successor_is_read_with_a_warning() -> None:
    found = inventory(FIRST)
    assert [each.name for each in found.users] == ["alice"]
    assert "incomplete: IsTruncated: A page says that more follow" in texts(found)


def test_an_answer_that_was_cut_off_with_max_items_is_refused() -> None:
    reading = read(details([user("alice")], NextToken="abc"))
    assert reading.parts == ()
    assert reading.rejections[0].place == "NextToken"
    assert "--max-items" in reading.rejections[0].remedy


def test_a_cut_off_answer_with_the_rest_beside_it_is_whole() -> None:
    assert read(details([user("alice")], NextToken="abc"), details(roles=[role("app")])).rejections == ()


def test_a_null_token_cuts_nothing_off() -> None:
    assert read(details([user("alice")], NextToken=None)).rejections == ()


def test_an_identity_on_two_pages_is_kept_once_with_a_notice() -> None:
    found = inventory([FIRST, details([user("alice"), user("bob")])])
    assert [each.name for each in found.users] == ["alice", "bob"]
    assert "The user stands twice in the input, and both say the same." in texts(found)


def test_of_two_that_differ_the_later_created_is_kept() -> None:
    newer = user("alice", UserId="AIDANEW", CreateDate="2022-01-01T00:00:00Z")
    found = inventory([details([user("alice")]), details([newer])])
    assert [each.user_id for each in found.users] == ["AIDANEW"]
    assert "they differ" in texts(found)


def test_names_that_differ_in_case_only_are_one_identity() -> None:
    twin = user("ALICE")
    assert len(inventory(details([user("alice"), twin])).users) == 1


def test_the_same_file_twice_counts_once() -> None:
    reading = read(WHOLE, WHOLE)
    assert [part.sha256 for part in reading.parts] == [part.sha256 for part in read(WHOLE).parts]
    assert "given more than once" in texts(reading.parts[0])


def test_of_two_collections_of_an_account_the_newer_is_used_whole() -> None:
    old = entry(details([user("alice"), user("gone")]), "old.json", datetime(2024, 1, 1, tzinfo=UTC))
    new = entry(details([user("alice"), user("carol")]), "new.json", datetime(2025, 1, 1, tzinfo=UTC))
    for order in ([old, new], [new, old]):
        part = read_entries(order).parts[0]
        assert part.file == "new.json"
        assert part.sha256 == read(details([user("alice"), user("carol")])).parts[0].sha256
        assert [(each.file, each.kind) for each in part.notices] == [("old.json", "ignored")]


def test_files_of_chunks_that_were_read_apart_are_merged_later() -> None:
    parts = [*read(FIRST).parts, *read(LAST).parts]
    assert [part.sha256 for part in merge_parts(parts)] == [read(WHOLE).parts[0].sha256]


def test_a_page_of_aws_policies_alone_joins_the_accounts_that_name_them() -> None:
    page = details(policies=[AWS_POLICY], IsTruncated=False)
    alice = details([user("alice", AttachedManagedPolicies=attached(AWS_POLICY["Arn"]))], IsTruncated=True)
    found = inventory(alice, page, details([user("bob", OTHER)]))
    assert list(found.policies) == [AWS_POLICY["Arn"]]
    assert [part.account for part in read(page).parts] == [""]


def test_in_a_file_of_two_accounts_each_gets_the_aws_policies_that_it_names() -> None:
    alice = user("alice", AttachedManagedPolicies=attached(AWS_POLICY["Arn"]))
    world = details([alice, user("bob", OTHER)], policies=[AWS_POLICY])
    assert list(inventory(world).policies) == [AWS_POLICY["Arn"]]
    assert list(inventory(world, account=OTHER).policies) == []


def test_a_list_that_was_not_collected_is_missing_not_empty() -> None:
    found = inventory({"RoleDetailList": [role("app")], "Policies": []})
    assert "missing: UserDetailList: The users of this account were not collected." in texts(found)


def test_objects_of_no_known_kind_between_pages_are_left_out_with_a_notice() -> None:
    found = inventory([WHOLE, {"hello": 1}])
    assert "its keys: hello" in texts(found)


def test_a_chunk_may_leave_the_verdict_about_missing_pages_to_the_end() -> None:
    cut = read_entries([entry(details([user("alice")], NextToken="abc"))], whole=False)
    assert [part.account for part in cut.parts] == [ACCOUNT]
    assert [each.place for each in refuse_incomplete(cut.parts)[1]] == ["NextToken"]
    rest = read_entries([entry(details(roles=[role("app")]))], whole=False)
    assert refuse_incomplete(merge_parts([*cut.parts, *rest.parts]))[1] == ()
