"""The demo organization is what it claims to be, as a bundle of files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.parts import Reading
from iamviz.snapshots.demo import build_demo
from iamviz.snapshots.demo.organization import IDS
from iamviz.snapshots.demo.outside import VENDORS

SAMPLE_ACCOUNTS_OF_AWS = {"123456789012", "111122223333", "444455556666", "777788889999", "012345678901"}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(build_demo())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def details(files: dict[str, str]) -> list[dict[str, Any]]:
    return [json.loads(text) for name, text in files.items() if name.endswith("authorization-details.json")]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("demo") / "demo.zip"
    path.write_bytes(build_demo())
    return read_bundle([path])


def identifiers(value: object) -> Iterator[str]:
    """Every unique id in a file: UserId, GroupId, RoleId, PolicyId, InstanceProfileId."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"UserId", "GroupId", "RoleId", "PolicyId", "InstanceProfileId"}:
                yield each
            yield from identifiers(each)
    elif isinstance(value, list):
        for each in value:
            yield from identifiers(each)


def test_the_demo_is_the_same_whenever_it_is_built() -> None:
    assert build_demo() == build_demo()


def test_the_demo_has_sixteen_accounts_and_some_hundred_identities(details: list[dict[str, Any]]) -> None:
    lists = ("UserDetailList", "GroupDetailList", "RoleDetailList")
    assert len(details) == 16
    assert 300 <= sum(len(account[each]) for account in details for each in lists) <= 600


def test_every_unique_id_looks_like_one_of_aws(details: list[dict[str, Any]]) -> None:
    odd = [each for each in identifiers(details) if not re.fullmatch(r"A(IDA|ROA|GPA|NPA|IPA)[A-Z2-7]{17}", each)]
    assert odd == []


def test_account_ids_are_neither_aws_examples_nor_given_twice() -> None:
    ids = [*IDS.values(), *VENDORS.values()]
    assert all(re.fullmatch(r"\d{12}", each) for each in ids)
    assert len(set(ids)) == len(ids)
    assert not SAMPLE_ACCOUNTS_OF_AWS & set(ids)


def test_every_attached_policy_comes_with_its_document_but_two_of_an_intern(details: list[dict[str, Any]]) -> None:
    missing = set()
    for account in details:
        known = {policy["Arn"] for policy in account["Policies"]}
        holders = [each for kind in ("UserDetailList", "GroupDetailList", "RoleDetailList") for each in account[kind]]
        missing |= {each["PolicyArn"] for holder in holders for each in holder["AttachedManagedPolicies"]} - known
    aws = "arn:aws:iam::aws:policy/"
    assert missing == {f"{aws}AmazonSageMakerFullAccess", f"{aws}AmazonSageMakerPreviewAccess"}


def test_two_accounts_were_collected_earlier_than_the_others() -> None:
    with zipfile.ZipFile(io.BytesIO(build_demo())) as archive:
        days = {entry.filename.split("/")[-2]: entry.date_time[:3] for entry in archive.infolist()}
    assert days.pop("sandbox") == (2026, 10, 4)
    assert days.pop("sandbox-ml") == (2026, 11, 8)
    assert set(days.values()) == {(2026, 11, 20)}


def test_no_document_of_aws_lets_a_reader_assume_roles(details: list[dict[str, Any]]) -> None:
    readers = {"ReadOnlyAccess", "SecurityAudit", "IAMReadOnlyAccess", "AmazonS3ReadOnlyAccess"}
    texts = [json.dumps(policy) for each in details for policy in each["Policies"] if policy["PolicyName"] in readers]
    assert texts
    assert not any("sts:Assume" in text or '"*:' in text or '"Action": "*"' in text for text in texts)


def test_the_demo_is_read_without_a_rejection(reading: Reading) -> None:
    assert reading.rejections == ()


def test_the_demo_has_a_credential_report_for_all_accounts_but_one(reading: Reading) -> None:
    reported = {part.account for part in reading.parts if part.kind == "credential-report"}
    assert set(IDS.values()) - reported == {IDS["sandbox-ml"], IDS["legacy-rates"]}


def test_command_outputs_are_there_for_two_accounts(reading: Reading) -> None:
    told = {part.account for part in reading.parts if part.kind == "command-outputs"}
    assert told == {IDS["shared-ci"], IDS["prod-core"]}
