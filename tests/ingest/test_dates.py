"""Dates in all spellings, and when a part was collected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.ingest.bundle import read_entries
from iamviz.ingest.dates import parse_date
from tests.ingest.builders import details, entry, inventory, report, report_row, texts, user

MOMENT = datetime(2019, 5, 20, 20, 16, 17, tzinfo=UTC)
MTIME = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2019-05-20T20:16:17+00:00",
        "2019-05-20T20:16:17Z",
        "2019-05-20T20:16:17.123Z",
        "2019-05-20 20:16:17+00:00",
        "2019-05-20T22:16:17+02:00",
        "2019-05-20 20:16:17",
        1558383377,
        1558383377.5,
        1558383377000,
        "1558383377",
    ],
)
def test_a_date_is_read_in_every_spelling(value: object) -> None:
    assert parse_date(value) == MOMENT


@pytest.mark.parametrize(
    "value", ["yesterday", "2019-13-45", -1, True, [], {}, 1e300, "9" * 13 + "9", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert parse_date(value) is None


@given(st.text() | st.integers() | st.floats())
def test_nothing_breaks_the_reader_of_dates(value: object) -> None:
    moment = parse_date(value)
    assert moment is None or moment.tzinfo is UTC


def test_odd_dates_give_one_notice_and_never_a_refusal() -> None:
    found = inventory(details([user("a", CreateDate="soon"), user("b", CreateDate={}), user("c")]))
    assert [each.created for each in found.users] == [None, None, MOMENT]
    assert "2 dates are in no form that AWS uses" in texts(found)
    assert "UserDetailList[0]" in texts(found)


def test_the_manifest_beside_a_file_dates_it() -> None:
    manifest = {"collected_at": "2025-06-01T12:00:00Z"}
    reading = read_entries([entry(details([user("a")]), "x/a.json", MTIME), entry(manifest, "x/manifest.json")])
    part = reading.parts[0]
    assert (part.collected, part.collected_from) == (datetime(2025, 6, 1, 12, tzinfo=UTC), "manifest")


def test_a_manifest_dates_single_files_and_no_other_folder() -> None:
    manifest = {"files": {"a.json": {"collected_at": "2025-06-01T12:00:00Z"}}}
    reading = read_entries(
        [
            entry(manifest, "x/manifest.json"),
            entry(details([user("a")]), "x/a.json"),
            entry(details([user("b", "444455556666")]), "y/a.json", MTIME),
        ]
    )
    assert [part.collected_from for part in reading.parts] == ["manifest", "file"]


def test_without_a_manifest_the_file_dates_then_its_content_then_nothing() -> None:
    world = details([user("a")])
    undated = details([user("a", CreateDate=None)])
    found = [read_entries([each]).parts[0] for each in (entry(world, modified=MTIME), entry(world), entry(undated))]
    assert [(part.collected, part.collected_from) for part in found] == [
        (MTIME, "file"),
        (MOMENT, "content"),
        (None, "unknown"),
    ]


def test_a_report_as_the_api_prints_it_says_when_it_was_made() -> None:
    answer = {
        "Content": report(report_row("alice")).decode(),
        "ReportFormat": "text/csv",
        "GeneratedTime": "2019-05-20T20:16:17+00:00",
    }
    part = read_entries([entry(answer, modified=MTIME)]).parts[0]
    assert (part.collected, part.collected_from) == (MOMENT, "content")
