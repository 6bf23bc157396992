"""The credential report: the CSV itself, or the answer of `aws iam get-credential-report` with it in base64."""

from __future__ import annotations

import csv
import io
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from iamviz.ingest.contents import CredentialReport, KeyContent, ReportRow
from iamviz.ingest.dates import DateLog, parse_date
from iamviz.ingest.json_text import Page
from iamviz.ingest.mending import first_upper, type_refusal
from iamviz.ingest.source import Draft, Refusal, Source
from iamviz.policy.arn import account_of

WORDS = "a credential report (CSV, or aws iam get-credential-report)"
COLUMNS = {"user", "arn", "mfa_active"}
_NOTHING = {"", "n/a", "no_information", "not_supported", "none"}
_REMEDY = "Generate it again: aws iam generate-credential-report, then aws iam get-credential-report."
_KEYS = ("access_key_1", "access_key_2")
_HEADER_BYTES = 8192

Row = Mapping[str, str]


class Answer(msgspec.Struct, rename="pascal"):
    """What get-credential-report prints."""

    content: str
    report_format: str | None = None
    generated_time: Any = None


def recognises_table(data: bytes) -> bool:
    """By the header of the CSV."""
    header = data[:_HEADER_BYTES].lstrip().split(b"\n", 1)[0].decode("utf-8", "replace")
    return set(_names(header)) >= COLUMNS


def _names(header: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in header.split(",")]


def recognises(page: Page) -> bool:
    """An object with `Content` and `ReportFormat`."""
    return {"Content", "ReportFormat"} <= {first_upper(key) for key in page.members}


def read(pages: Iterable[Page], source: Source) -> None:
    """The report inside each object."""
    for page in pages:
        members = {first_upper(key): value for key, value in page.members.items()}
        try:
            answer = msgspec.json.decode(msgspec.json.encode(members), type=Answer)
        except msgspec.ValidationError as error:
            raise type_refusal(error, page.place) from error
        for draft in _drafts(_decoded(answer.content, page.place), source):
            draft.generated = parse_date(answer.generated_time)
            source.drafts.append(draft)


def _decoded(content: str, place: str) -> bytes:
    if content.lstrip().lower().startswith("user,"):
        return content.encode()
    try:
        return b64decode("".join(content.split()), validate=True)
    except (Base64Error, ValueError) as error:
        raise Refusal("a credential report in base64", _REMEDY, place=f"{place}Content") from error


def read_table(source: Source) -> None:
    """The file is the report."""
    source.drafts.extend(_drafts(source.data, source))


def _drafts(data: bytes, source: Source) -> Iterator[Draft]:
    logs: dict[str, DateLog] = {}
    rows: dict[str, list[ReportRow]] = {}
    for line, row in _rows(data, source):
        account = account_of(row["arn"]) if row["arn"].startswith("arn:") else None
        if account is None:
            raise Refusal(
                "an ARN with a 12-digit account id in the column arn", _REMEDY, offset=_offset(source.data, line)
            )
        log = logs.setdefault(account, DateLog())
        rows.setdefault(account, []).append(_row(row, log, f"line {line}"))
    if not rows:
        raise Refusal("at least the row of the root user below the header", _REMEDY)
    for account, found in sorted(rows.items()):
        content = CredentialReport(tuple(sorted(found, key=lambda each: each.arn)))
        log = logs[account]
        yield Draft("credential-report", account, "", content, log.newest, notices=log.notices(source, account))


def _rows(data: bytes, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    text = data.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not set(names) >= COLUMNS:
            raise Refusal("the columns user, arn and mfa_active in the first line", _REMEDY)
        for values in reader:
            if not any(values):
                continue
            if len(values) < len(names):
                rule = f"as many values as the header has columns ({len(names)}); this line has {len(values)}"
                raise Refusal(rule, _REMEDY, offset=_offset(source.data, reader.line_num))
            yield reader.line_num, dict(zip(names, values, strict=False))
    except csv.Error as error:
        raise Refusal(f"a CSV table; {error}", _REMEDY, offset=_offset(source.data, reader.line_num)) from error


def _offset(data: bytes, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        following = data.find(b"\n", at) + 1
        if not following:
            break
        at = following
    return at


def _row(row: Row, log: DateLog, place: str) -> ReportRow:
    return ReportRow(
        row["user"],
        row["arn"],
        _flag(row.get("password_enabled")),
        _date(row.get("password_last_used"), log, place),
        _date(row.get("password_last_changed"), log, place),
        _flag(row.get("mfa_active")),
        tuple(key for prefix in _KEYS if (key := _key(row, prefix, log, place)) is not None)
        if _KEYS[0] + "_active" in row
        else None,
    )


def _key(row: Row, prefix: str, log: DateLog, place: str) -> KeyContent | None:
    active = _flag(row.get(f"{prefix}_active"))
    rotated = _date(row.get(f"{prefix}_last_rotated"), log, place)
    if not active and rotated is None:
        return None
    service = row.get(f"{prefix}_last_used_service", "")
    return KeyContent(
        bool(active),
        rotated,
        _date(row.get(f"{prefix}_last_used_date"), log, place),
        None if service.strip().lower() in _NOTHING else service.strip(),
    )


def _flag(value: str | None) -> bool | None:
    match (value or "").strip().lower():
        case "true":
            return True
        case "false":
            return False
        case _:
            return None


def _date(value: str | None, log: DateLog, place: str) -> Any:
    return None if value is None or value.strip().lower() in _NOTHING else log.read(value, place)
