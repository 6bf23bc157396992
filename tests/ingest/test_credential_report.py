"""The credential report, as a file and as the API prints it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from iamviz.ingest.contents import CredentialReport
from iamviz.ingest.parts import decode_content
from iamviz.inventory.model import Credentials
from tests.ingest.builders import ACCOUNT, HEADER, OTHER, details, inventory, read, report, report_row, texts, user

ALICE = report_row(
    "alice",
    password_enabled="true",
    password_last_used="2026-04-03T19:23:20+00:00",
    mfa_active="TRUE",
    access_key_1_active="true",
    access_key_1_last_rotated="2025-01-01T00:00:00+00:00",
    access_key_1_last_used_date="2025-02-01T00:00:00+00:00",
    access_key_1_last_used_service="sts",
    access_key_2_active="FALSE",
    access_key_2_last_rotated="2024-01-01T00:00:00+00:00",
)


def of_alice(data: object) -> Credentials:
    found = inventory(details([user("Alice")]), data).users[0].credentials
    assert found is not None
    return found


@pytest.mark.parametrize(
    "data",
    [
        report(ALICE),
        b"\xef\xbb\xbf" + report(ALICE),
        report(ALICE).decode().encode("utf-16"),
        report(ALICE).replace(b"\n", b"\r\n"),
        report(ALICE).replace(HEADER.encode(), HEADER.encode() + b",additional_credentials_info"),
    ],
    ids=["plain", "bom", "utf-16", "crlf", "23 columns of which the last is missing"],
)
def test_the_report_tells_password_mfa_and_keys(data: bytes) -> None:
    if b"additional" in data:
        data = data.replace(b"\nalice", b"\nalice").rstrip(b"\n") + b",none\n"
    found = of_alice(data)
    assert (found.password_enabled, found.mfa_active) == (True, True)
    assert found.password_last_used is not None
    assert found.keys is not None
    assert [(key.active, key.last_used_service) for key in found.keys] == [(True, "sts"), (False, None)]


def test_the_answer_of_the_api_gives_the_same_part() -> None:
    answer = {"Content": b64encode(report(ALICE)).decode(), "ReportFormat": "text/csv"}
    assert read(answer).parts[0].sha256 == read(report(ALICE)).parts[0].sha256


def test_columns_are_found_by_name() -> None:
    data = b"mfa_active,arn,user\nfalse,arn:aws:iam::111122223333:user/alice,alice\n"
    assert of_alice(data) == Credentials(mfa_active=False)


def test_what_is_not_told_is_none_and_a_user_without_keys_has_none() -> None:
    row = report_row("alice", password_enabled="not_supported", password_last_used="no_information")
    assert of_alice(report(row)) == Credentials(mfa_active=False, keys=())


def test_the_row_of_the_root_user_is_kept_apart() -> None:
    root = report_row("<root_account>", password_enabled="not_supported", mfa_active="true", access_key_1_active="true")
    found = inventory(details([user("alice")]), report(root, ALICE)).root
    assert found is not None
    assert (found.password_enabled, found.mfa_active, len(found.keys or ())) == (None, True, 1)


def test_a_report_of_several_accounts_is_split() -> None:
    reading = read(report(ALICE, report_row("bob", OTHER)))
    assert [part.account for part in reading.parts] == [ACCOUNT, OTHER]
    assert [row.user for row in decode_content(reading.parts[1], CredentialReport).rows] == ["bob"]


def test_users_of_one_side_only_are_noted() -> None:
    found = inventory(details([user("alice"), user("carol")]), report(ALICE, report_row("bob")))
    assert "user/bob: The credential report has this user, the authorization details do not." in texts(found)
    assert "user/carol: The credential report lacks this user" in texts(found)
    assert found.users[1].credentials is None


def test_a_report_without_details_is_a_snapshot_that_says_what_is_missing() -> None:
    found = inventory(report(ALICE))
    assert (found.users, found.has_details) == ((), False)
    assert "No authorization details of this account" in texts(found)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (report(), "at least the row of the root user"),
        (report("alice,arn"), "this line has 2"),
        (
            report(report_row("alice").replace("arn:aws:iam::111122223333", "x")),
            "12-digit account id in the column arn",
        ),
        (report('"alice'), "a CSV table"),
        ({"Content": "!!!", "ReportFormat": "text/csv"}, "a credential report in base64"),
        ({"Content": 5, "ReportFormat": "text/csv"}, "a string"),
        ({"Content": b64encode(b"hello").decode(), "ReportFormat": "text/csv"}, "the columns user, arn and mfa_active"),
    ],
)
def test_a_broken_report_is_refused_with_the_rule(data: object, rule: str) -> None:
    rejection = read(data).rejections[0]
    assert rule in rejection.rule
    assert rejection.remedy


def test_a_broken_line_of_the_report_is_named() -> None:
    assert read(report(ALICE, "bob,arn")).rejections[0].place == "line 3, column 1"
