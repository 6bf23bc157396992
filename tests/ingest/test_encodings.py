"""However a file or a document is written, the same facts are read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache, normalise, read_document
from tests.ingest.builders import ACCOUNT, OTHER, details, inventory, policy, read, role, trust, user

WORLD = details([user("alice")], roles=[role("app")], policies=[policy("all")])
TEXT = json.dumps(WORLD, indent=4)


def lower_camel(value: object) -> object:
    if isinstance(value, list):
        return [lower_camel(each) for each in value]
    if isinstance(value, dict):
        return {
            key[:1].lower() + key[1:]: each if key.endswith("ocument") else lower_camel(each)
            for key, each in value.items()
        }
    return value


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        b"\r\n  " + TEXT.encode() + b"\r\n",
        json.dumps(WORLD, separators=(",", ":")).encode(),
        json.dumps([WORLD]).encode(),
        json.dumps(lower_camel(WORLD)).encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "le", "be", "crlf", "blanks", "compact", "array", "lower-camel"],
)
def test_the_same_facts_give_the_same_part_whatever_the_file_looks_like(data: bytes) -> None:
    reading = read(data)
    assert reading.rejections == ()
    assert [part.sha256 for part in reading.parts] == [part.sha256 for part in read(WORLD).parts]


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_compressed_file_is_read_as_what_is_inside(compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "details.json"
    path.write_bytes(compress(TEXT.encode()))
    assert [part.sha256 for part in read_bundle([path]).parts] == [part.sha256 for part in read(WORLD).parts]


def test_key_order_outside_of_documents_does_not_matter() -> None:
    shuffled = {key: [dict(reversed(item.items())) for item in items] for key, items in reversed(WORLD.items())}
    assert read(shuffled).parts[0].sha256 == read(WORLD).parts[0].sha256


@pytest.mark.parametrize(
    "encode",
    [
        json.loads,
        lambda text: text,
        lambda text: json.dumps(json.loads(text), indent=2),
        lambda text: quote(text, safe=""),
        lambda text: quote(quote(text, safe=""), safe=""),
        json.dumps,
        lambda text: quote(json.dumps(json.loads(text), indent=4)),
    ],
    ids=["object", "string", "pretty string", "url", "url twice", "string twice", "pretty url"],
)
def test_a_document_reads_the_same_in_each_of_its_encodings(encode: Callable[[str], object]) -> None:
    document = trust({"AWS": f"arn:aws:iam::{OTHER}:role/a+b"})
    found = inventory(details(roles=[role("app", AssumeRolePolicyDocument=encode(json.dumps(document)))])).roles[0]
    assert found.trust.document is not None
    assert found.trust.text == json.dumps(document, separators=(",", ":"))
    assert found.trust.document.statements[0].principals is not None
    assert found.trust.document.statements[0].principals[0].value.endswith("role/a+b")


@given(st.dictionaries(st.text(), st.text() | st.integers(-10, 10) | st.none() | st.lists(st.text())))
def test_every_object_survives_every_encoding(value: dict[str, object]) -> None:
    text = json.dumps(value)
    spellings = [text, json.dumps(text), json.dumps(quote(text)), json.dumps(quote(quote(text)))]
    assert len({normalise(each.encode()) for each in spellings}) == 1
    assert json.loads(normalise(text.encode())) == value


def test_escapes_in_a_document_are_spelled_in_one_way() -> None:
    assert normalise(rb'{"a":"\u002b\/"}') == normalise(b'{"a": "+/"}') == '{"a":"+/"}'


TWICE = "stands twice in one object, which AWS does not accept: keep one of them"


def test_a_duplicate_key_is_kept_in_the_text_and_makes_the_document_unreadable() -> None:
    text = normalise(rb'{"Statement": [], "Statement": [{"Effect": "Allow\u0021"}]}')
    assert text.count("Statement") == 2
    found = read_document(text)
    assert found.document is None
    assert found.problem == f"the key 'Statement' {TWICE}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not JSON"),
        ('{"Statement": NaN}', "not JSON: NaN"),
        ('{"a":' * 70 + "1" + "}" * 70, "nested at most 64"),
        ('{"a": ' + "9" * 5000 + "}", "not JSON"),
        ('{"a": "' + "x" * 140_000 + '"}', "longer than 131,072"),
        (json.dumps({"Statement": [{}] * 2001}), "more than 2,000 statements"),
        ("not a document", "not JSON"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(text: str, problem: str) -> None:
    found = DocumentCache().read(text)
    assert found.document is None
    assert problem in (found.problem or "")


@pytest.mark.parametrize("raw", [b"{}", b"null", b'""', b'"{}"'])
def test_an_empty_document_has_no_statements_and_says_so(raw: bytes) -> None:
    found = read_document(normalise(raw))
    assert found.document is not None
    assert found.document.statements == ()
    assert found.document.problems


@given(st.text())
def test_no_text_breaks_the_reader_of_documents(text: str) -> None:
    assert read_document(normalise(json.dumps(text).encode("utf-8", "surrogatepass"))).text is not None


def test_documents_are_parsed_once() -> None:
    found = inventory(details(roles=[role("a"), role("b")]))
    assert found.roles[0].trust is found.roles[1].trust


def test_an_account_in_a_file_of_its_own_reads_like_one_among_others() -> None:
    both = read(details([user("alice"), user("bob", OTHER)]))
    assert [part.account for part in both.parts] == [ACCOUNT, OTHER]
    assert both.parts[0].sha256 == read(details([user("alice")])).parts[0].sha256
