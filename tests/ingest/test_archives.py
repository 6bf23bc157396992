"""Archives and folders: everything inside is found, nothing unsafe is read, and each refusal is one clear line."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from iamviz.ingest.archives import entries
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.limits import Limits
from iamviz.ingest.parts import Reading
from tests.ingest.builders import ACCOUNT, OTHER, details, user

ALICE = json.dumps(details([user("alice")])).encode()
BOB = json.dumps(details([user("bob", OTHER)])).encode()
MTIME = datetime(2024, 3, 1, 10, 0, 0, tzinfo=UTC)
BIG = b"\0" * 9 * 1024 * 1024


def zipped(files: Mapping[str, bytes], *, year: int = 2024) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 3, 1, 10, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tarred(files: Mapping[str, bytes], *special: tarfile.TarInfo) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), int(MTIME.timestamp())
            archive.addfile(info, io.BytesIO(data))
        for info in special:
            archive.addfile(info)
    return stream.getvalue()


def read(data: bytes, folder: Path, name: str = "upload", limits: Limits | None = None) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read_bundle([path], limits=limits or Limits())


def accounts(reading: Reading) -> list[str]:
    return [part.account for part in reading.parts]


def rules(reading: Reading) -> str:
    return "\n".join(f"{each.file}: {each.rule}" for each in reading.rejections)


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a.json": ALICE, "deep/er/b.json": BOB}),
        tarred({"a.json": ALICE, "./deep/b.json": BOB}),
        gzip.compress(tarred({"a.json": ALICE, "b.json": BOB})),
        zstandard.compress(tarred({"a.json": ALICE, "b.json": BOB})),
        zipped({"inner.zip": zipped({"a.json": ALICE}), "b.json.gz": gzip.compress(BOB)}),
        gzip.compress(zipped({"a.json": ALICE, "b.json": BOB})),
        tarred({"inner.tar.gz": gzip.compress(tarred({"a.json": ALICE, "b.json": BOB}))}),
    ],
    ids=["zip", "tar", "tar.gz", "tar.zst", "zip in zip", "zip in gzip", "tar.gz in tar"],
)
def test_every_archive_gives_what_is_inside_whatever_it_is_called(data: bytes, tmp_path: Path) -> None:
    reading = read(data, tmp_path)
    assert (accounts(reading), reading.rejections) == ([ACCOUNT, OTHER], ())


def test_a_folder_is_read_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "snapshots" / "prod").mkdir(parents=True)
    (tmp_path / "snapshots" / "a.json").write_bytes(ALICE)
    (tmp_path / "snapshots" / "prod" / "b.zip").write_bytes(zipped({"b.json": BOB}))
    reading = read_bundle([tmp_path / "snapshots"])
    assert [part.file for part in reading.parts] == ["snapshots/a.json", "snapshots/prod/b.zip/b.json"]


def test_what_does_not_belong_is_left_out_and_named(tmp_path: Path) -> None:
    strangers = {
        "README.md": b"# notes",
        "LICENSE": b"Apache",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "Thumbs.db": b"\xd0\xcf",
        "__MACOSX/._a.json": b"\0\5\x16\7",
        ".DS_Store": b"\0\0\0\1Bud1",
        "package.json": b'{"name": "x"}',
        "empty.txt": b"",
    }
    reading = read(zipped(strangers | {"a.json": ALICE}), tmp_path)
    assert (accounts(reading), reading.rejections) == ([ACCOUNT], ())
    assert {each.file.removeprefix("upload/") for each in reading.notices} == set(strangers)
    assert {each.kind for each in reading.notices} == {"ignored"}


def test_a_broken_file_among_good_ones_fails_alone(tmp_path: Path) -> None:
    reading = read(zipped({"a.json": ALICE, "b.json": BOB[:-20], "c.json": b""}), tmp_path)
    assert accounts(reading) == [ACCOUNT]
    assert [each.file for each in reading.rejections] == ["upload/b.json", "upload/c.json"]


def test_an_entry_has_the_time_of_the_archive(tmp_path: Path) -> None:
    assert read(zipped({"a.json": ALICE}), tmp_path).parts[0].collected == MTIME
    assert read(tarred({"a.json": ALICE}), tmp_path).parts[0].collected == MTIME


def test_the_year_1980_in_a_zip_stands_for_no_time(tmp_path: Path) -> None:
    part = read(zipped({"a.json": ALICE}, year=1980), tmp_path).parts[0]
    assert part.collected_from == "content"


def test_the_time_of_a_stored_file_is_what_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    path.write_bytes(ALICE)
    found = [*entries(path, "a.json", modified=MTIME), *entries(path, "a.json", disk_time=False)]
    assert [each.mtime for each in found] == [MTIME, None]


@pytest.mark.parametrize("name", ["../../etc/a.json", "/etc/a.json", "x/../../a.json", "..\\a.json", "C:\\a.json"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    for data in (zipped({name: ALICE, "b.json": BOB}), tarred({name: ALICE, "b.json": BOB})):
        reading = read(data, tmp_path)
        assert accounts(reading) == [OTHER]
        assert "leads out of it" in rules(reading)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, tmp_path: Path) -> None:
    info = tarfile.TarInfo("odd.json")
    info.type, info.linkname = kind, "/etc/passwd"
    reading = read(tarred({"b.json": BOB}, info), tmp_path)
    assert accounts(reading) == [OTHER]
    assert rules(reading) == "upload/odd.json: a regular file; links, devices and pipes are not read"


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("link.json")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "links, devices and pipes" in rules(read(stream.getvalue(), tmp_path))


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(ALICE)
    (tmp_path / "given" / ".git").mkdir(parents=True)
    (tmp_path / "given" / "link.json").symlink_to(tmp_path / "secret.json")
    (tmp_path / "given" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "given" / "pipe")
    reading = read_bundle([tmp_path / "given"])
    assert reading.parts == ()
    assert {each.file for each in reading.rejections} == {"given/link.json", "given/up/", "given/pipe"}
    assert [each.file for each in reading.notices] == ["given/.git/"]


def test_an_encrypted_file_is_refused_with_a_clear_line(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.json": ALICE}))
    for header, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(header) + flag] |= 1
    assert rules(read(bytes(data), tmp_path)) == "upload/a.json: an archive without a password; this file is encrypted"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_second_of_two_equal_names_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.json", ALICE)
        archive.writestr("a.json", BOB)
    reading = read(stream.getvalue(), tmp_path)
    assert accounts(reading) == [ACCOUNT]
    assert "the second of its name" in rules(reading)


@pytest.mark.parametrize(
    "data",
    [zipped({"bomb": BIG}), gzip.compress(BIG), zstandard.compress(BIG), gzip.compress(tarred({"bomb": BIG}))],
    ids=["zip", "gzip", "zstd", "tar.gz"],
)
def test_a_bomb_is_refused_before_it_unfolds(data: bytes, tmp_path: Path) -> None:
    reading = read(data, tmp_path, limits=Limits(ratio_floor=1024 * 1024))
    assert "unpacks to at most 100 times its size" in rules(reading)


def test_a_zip_that_lies_about_sizes_does_not_unfold(tmp_path: Path) -> None:
    data = bytearray(zipped({"bomb": BIG}))
    for header, size in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(header) + size
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert "an intact zip archive" in rules(read(bytes(data), tmp_path))


def test_archives_nest_only_so_deep(tmp_path: Path) -> None:
    data = zipped({"a.json": ALICE})
    for _ in range(4):
        data = zipped({"next.zip": data})
    assert "archives inside archives at most 3 deep" in rules(read(data, tmp_path))


def test_limits_of_size_and_number_are_named(tmp_path: Path) -> None:
    data = zipped({"a.json": ALICE, "b.json": BOB})
    assert "at most 1 files" in rules(read(data, tmp_path, limits=Limits(entries=1)))
    assert "at most 0 MB in one file" in rules(read(data, tmp_path, limits=Limits(file_bytes=10)))
    assert "in an upload, unpacked" in rules(read(data, tmp_path, limits=Limits(total_bytes=10)))
    assert "at most 0 MB in one file" in rules(read(ALICE, tmp_path, limits=Limits(file_bytes=10)))


@pytest.mark.parametrize("make", [lambda data: data, gzip.compress], ids=["plain", "gzip"])
def test_a_damaged_archive_is_refused_with_its_name(make: object, tmp_path: Path) -> None:
    assert callable(make)
    noise = os.urandom(20_000)
    archive = make(tarred({"a.json": noise, "b.json": BOB}))
    reading = read(archive[: len(archive) // 2], tmp_path)
    assert [each.file for each in reading.rejections][-1] == "upload"
    whole = zipped({"a.json": noise})
    assert "an intact zip archive" in rules(read(whole[:-30], tmp_path))


def test_a_path_that_does_not_exist_is_a_rejection(tmp_path: Path) -> None:
    assert "No such file" in rules(read_bundle([tmp_path / "missing.json"]))
