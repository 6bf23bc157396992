"""Whatever is uploaded, reading ends in parts, rejections or notices, never in an exception."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.json_text import check_depth
from iamviz.ingest.source import Refusal
from tests.ingest.builders import ACCOUNT, details, group, policy, read, report, report_row, role, user
from tests.ingest.test_organization import WORLD as ORGANIZATION

ACCOUNT_FILE = json.dumps(
    details([user("alice", GroupList=["dev"])], [group("dev")], [role("app")], [policy("all")])
).encode()
OUTPUTS = json.dumps({ACCOUNT: {"iam list-roles": {"Roles": [{"Arn": "x", "RoleName": "a"}]}, "Alias": "a"}}).encode()
REPORT = report(report_row("<root_account>"), report_row("alice"))
FILES = [ACCOUNT_FILE, json.dumps(ORGANIZATION).encode(), OUTPUTS, REPORT, ACCOUNT_FILE.decode().encode("utf-16")]


def _zip(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", data)
        archive.writestr("b/c.csv", REPORT)
    return stream.getvalue()


def _tar(data: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("a.json")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


ARCHIVES = [_zip(ACCOUNT_FILE), _tar(ACCOUNT_FILE), gzip.compress(_tar(ACCOUNT_FILE)), gzip.compress(ACCOUNT_FILE)]


@st.composite
def mutated(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """A valid file with a few stretches replaced, doubled or cut out."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        middle = draw(
            st.binary(max_size=8) | st.sampled_from([b"", b"null", b"5", b"[]", b"{}", b'"', data[start:end] * 2])
        )
        data = data[:start] + middle + data[end:]
    return data


@given(mutated(FILES))
def test_a_damaged_file_gives_parts_rejections_or_notices(data: bytes) -> None:
    reading = read(data)
    assert reading.parts or reading.rejections or reading.notices
    for part in reading.parts:
        if part.kind == "organization":
            assert build_organization(part).id is not None
        else:
            assert build_inventory(part.account, reading.parts, DocumentCache()).account == part.account
    for rejection in reading.rejections:
        assert rejection.rule
        assert rejection.remedy
        assert all(len(line) <= 200 for _, line in rejection.excerpt)


@given(mutated(ARCHIVES))
def test_a_damaged_archive_gives_parts_rejections_or_notices(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(data)
        reading = read_bundle([path])
    assert reading.parts or reading.rejections or reading.notices


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)
KEYS = [
    "UserDetailList",
    "RoleDetailList",
    "Policies",
    "Organization",
    "Accounts",
    "Content",
    "ReportFormat",
    "Roles",
    "MFADevices",
    ACCOUNT,
]


@given(st.dictionaries(st.sampled_from(KEYS), JSON | st.lists(st.fixed_dictionaries({"Arn": JSON})), min_size=1))
def test_known_keys_with_anything_inside_never_break_the_reader(world: dict[str, object]) -> None:
    reading = read(world)
    assert reading.parts or reading.rejections or reading.notices


@given(JSON, st.integers(1, 6))
def test_the_depth_of_json_is_measured_exactly(value: object, limit: int) -> None:
    def depth(inner: object) -> int:
        if isinstance(inner, dict):
            return 1 + max(map(depth, inner.values()), default=0)
        return 1 + max(map(depth, inner), default=0) if isinstance(inner, list) else 0

    try:
        check_depth(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), limit=limit)
    except Refusal:
        assert depth(value) > limit
    else:
        assert depth(value) <= limit
