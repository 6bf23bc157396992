"""Bad input is refused with file, place, rule and remedy; good accounts beside it are kept."""

from __future__ import annotations

import json

import pytest

from iamviz.ingest.bundle import read_entries
from tests.ingest.builders import ACCOUNT, OTHER, details, entry, policy, read, role, texts, user

WORLD = json.dumps(details([user("alice")]), indent=4)


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (WORLD.replace('"Tags": []', '"Tags": [],'), "trailing comma", 12),
        (WORLD[:-60], "ends too early", 14),
        (WORLD.replace('"Path": "/"', '"Path": NaN'), "invalid character", 4),
        (WORLD.replace('"Path": "/"', '"Path": "a\x01b"'), "invalid character", 4),
        ('{"UserDetailList": ' + "[" * 100_000, "nested at most 64", 1),
        ("[" * 10_000_000, "nested at most 64", 1),
        ('{"UserDetailList": [' + '{"a":' * 70 + "1" + "}" * 70 + "]}", "nested at most 64", 1),
        ('{"a\\"[[": "' + "[" * 100 + '", "b": ]}', "invalid character", 1),
        (WORLD.replace('"Path": "/"', '"Path": "\\ud800"'), "valid JSON", None),
    ],
)
def test_broken_json_is_refused_at_its_line(text: str, rule: str, line: int | None) -> None:
    rejection = read(text.encode()).rejections[0]
    assert rule in rejection.rule
    assert rejection.remedy
    if line is not None:
        assert rejection.place.startswith(f"line {line}, column")
        assert line in [number for number, _ in rejection.excerpt]


def test_brackets_inside_strings_do_not_count_as_depth() -> None:
    world = details([user("alice", Tags=[{"Key": "k", "Value": '[{"\\' * 200}])])
    assert read(world).rejections == ()


def test_an_excerpt_is_short_and_cannot_act_on_a_terminal() -> None:
    evil = WORLD.replace('"alice"', '"al\\u001b[31m\u202eice' + "x" * 5000 + '" "')
    rejection = read(evil.encode()).rejections[0]
    assert len(rejection.excerpt) <= 3
    assert all(len(line) <= 200 for _, line in rejection.excerpt)
    raw = read(b'{"UserDetailList": "\x1b[31m\xe2\x80\xae').rejections[0]
    assert raw.excerpt[0][1] == '{"UserDetailList": "\\x1b[31m\\u202e'


def test_bytes_that_are_no_text_are_refused_at_their_place() -> None:
    rejection = read(b'{"UserDetailList": ["\xff\xfe"]}').rejections[0]
    assert "neither UTF-8 nor UTF-16" in rejection.rule
    assert "column 22" in rejection.place


@pytest.mark.parametrize(
    ("world", "place", "rule"),
    [
        (details([user("a", UserName=5)]), "UserDetailList[0].UserName", "a string, got a whole number"),
        (details([user("a", Arn="a")]), "UserDetailList[0].Arn", "an ARN with a 12-digit account id"),
        (details([user("a", GroupList=["x", 1])]), "UserDetailList[0].GroupList[1]", "a string"),
        (details(roles=[role("a", Tags=[{"Key": 1}])]), "RoleDetailList[0].Tags[0].Key", "a string"),
        (details([]) | {"RoleDetailList": {}}, "RoleDetailList", "a list, got an object"),
        (details(["alice"]), "UserDetailList[0]", "an object, got a string"),  # type: ignore[list-item]
        (details(policies=[policy("p", PolicyVersionList=[{}])]), "Policies[0].PolicyVersionList[0]", "VersionId"),
        ([details([user("a")]), details([user("b", UserName=None)])], "[1].UserDetailList[0].UserName", "null"),
    ],
)
def test_a_wrong_type_in_a_structural_key_refuses_the_file_with_its_path(world: object, place: str, rule: str) -> None:
    reading = read(world)
    assert reading.parts == ()
    assert reading.rejections[0].place.split(" (line")[0] == place
    assert rule in reading.rejections[0].rule
    assert reading.rejections[0].account is None


def test_the_line_of_a_wrong_type_is_found() -> None:
    rejection = read(details([user("a"), user("b", UserName=5)])).rejections[0]
    assert rejection.place == "UserDetailList[1].UserName (line 15, column 25)"
    assert rejection.excerpt[1] == (15, '            "UserName": 5,')


def test_a_missing_key_is_named() -> None:
    broken = user("a")
    del broken["Arn"]
    assert "missing required field" in read(details([broken])).rejections[0].rule


def test_one_bad_account_of_several_in_a_file_fails_alone() -> None:
    reading = read(details([user("a"), user("b", OTHER, UserName=7)]))
    assert [part.account for part in reading.parts] == [ACCOUNT]
    assert [each.account for each in reading.rejections] == [OTHER]


def test_unknown_keys_are_left_out_with_one_notice_each() -> None:
    reading = read(details([user("a", Colour="red"), user("b", Colour="blue")], Extra=1))
    assert texts(reading.parts[0]).count("Colour") == 1
    assert texts(reading.parts[0]).count("Extra") == 1
    assert reading.parts[0].sha256 == read(details([user("a"), user("b")])).parts[0].sha256


@pytest.mark.parametrize(
    "data",
    [
        b"# README",
        b'{"name": "package"}',
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        b"[]",
        b"{}",
        b"[1, 2]",
        b"a,b\n1,2\n",
        b"user,arn\n",
    ],
)
def test_a_lone_file_of_no_known_kind_is_told_what_is_accepted(data: bytes) -> None:
    rejection = read(data).rejections[0]
    assert rejection.file == "account.json"
    assert rejection.rule
    assert rejection.remedy


def test_an_unknown_file_is_told_every_kind_by_name() -> None:
    remedy = read(b'{"name": "package"}').rejections[0].remedy
    for words in ("authorization details", "credential report", "organization file", "command outputs", "zip"):
        assert words in remedy


def test_the_error_message_of_a_failed_command_is_recognised() -> None:
    text = b"\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: no\n"
    assert "error message of a command that failed" in read(text).rejections[0].rule
    assert "SecurityAudit" in read_entries([entry(text, "x/a.txt")]).rejections[0].remedy


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "this one is empty" in read(data).rejections[0].rule


def test_a_file_without_any_arn_is_refused() -> None:
    assert "their ARNs tell the account" in read(details()).rejections[0].rule


def test_a_number_of_a_million_digits_is_no_problem() -> None:
    text = json.dumps(details([user("a")]))[:-1] + ', "Marker": ' + "9" * 1_000_000 + "}"
    assert [part.account for part in read(text.encode()).parts] == [ACCOUNT]
    deep = details(roles=[role("a", AssumeRolePolicyDocument={"Statement": 123_456_789})])
    huge = json.dumps(deep).replace("123456789", "9" * 1_000_000)
    assert [part.account for part in read(huge.encode()).parts] == [ACCOUNT]
