"""What one entry of an upload holds, as JSON; an entry with the same bytes as one read before is not read again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from iamviz.ingest.bundle import read_entries
from iamviz.ingest.collected import Manifests
from iamviz.ingest.entry import Entry
from iamviz.ingest.parts import UNFINISHED, Part, Reading, Rejection
from iamviz.ingest.source import Refusal
from iamviz.inventory.model import Notice
from iamviz.snapshots.contents import keep_part
from iamviz.snapshots.models import Fragment, UploadFile
from iamviz.snapshots.text import storable, storable_json

READER = "2"
"""Raise it when reading gives something else for the same bytes."""

Json = dict[str, Any]
Found = dict[str, list[Json]]
"""Under parts, rejections, notices and manifests: what is to be kept of an entry, or of a file."""


def read_entry(file: UploadFile, entry: Entry) -> Found:
    """Parts, rejections and notices of the entry. The parts' contents lie in the store."""
    try:
        data = entry.read()
    except Refusal as refusal:
        return _refused(entry.name, refusal)
    if Manifests().add(entry.name, data):
        return {**nothing(), "manifests": [{"name": entry.name, "text": data.decode()}]}
    workspace = file.upload.workspace_id
    sha256 = hashlib.sha256(data).hexdigest()
    known = Fragment.objects.filter(workspace=workspace, sha256=sha256, reader=READER, name=entry.name).first()
    if known is not None:
        return _dated(known.content, entry.mtime)
    reading = read_entries([replace(entry, size=len(data), read=lambda: data)], whole=False)
    content = _pack(workspace, reading)
    Fragment.objects.bulk_create(
        [Fragment(workspace_id=workspace, sha256=sha256, reader=READER, name=entry.name, content=content)],
        ignore_conflicts=True,
    )
    return content


def _refused(name: str, refusal: Refusal) -> Found:
    """An entry that cannot be opened, as its rejection."""
    rejection = Rejection(name, refusal.place or "the whole file", refusal.rule, refusal.remedy)
    return {**nothing(), "rejections": [rejection_json(rejection)]}


def nothing() -> Found:
    return {"parts": [], "rejections": [], "notices": [], "manifests": []}


def _dated(content: Found, modified: datetime | None) -> Found:
    """A fragment read before, with this file's date where the date was the file's."""
    if modified is None:
        return content
    parts = [
        {**part, "collected": modified.isoformat()} if part["collected_from"] == "file" else part
        for part in content["parts"]
    ]
    return {**content, "parts": parts}


def _pack(workspace: int, reading: Reading) -> Found:
    return {
        **nothing(),
        "parts": [part_json(workspace, part) for part in reading.parts],
        "rejections": [rejection_json(rejection) for rejection in reading.rejections],
        "notices": [notice_json(notice) for notice in reading.notices],
    }


def part_json(workspace: int, part: Part) -> Json:
    """A part without its content, which is stored here."""
    return {
        "kind": part.kind,
        "account": part.account,
        "region": storable(part.region),
        "collected": part.collected.isoformat() if part.collected else None,
        "collected_from": part.collected_from,
        "sha256": part.sha256,
        "stored": keep_part(workspace, part.sha256, part.content),
        "size": len(part.content),
        "file": storable(part.file),
        "unfinished": part.content.endswith(UNFINISHED),
        "notices": [notice_json(notice) for notice in part.notices],
    }


def rejection_json(rejection: Rejection) -> Json:
    json: Json = {
        "file": rejection.file,
        "place": rejection.place,
        "rule": rejection.rule,
        "remedy": rejection.remedy,
        "account": rejection.account,
        "excerpt": [{"line": line, "text": text} for line, text in rejection.excerpt],
    }
    cleaned: Json = storable_json(json)
    return cleaned


def notice_json(notice: Notice) -> Json:
    return {
        "account": notice.account,
        "file": storable(notice.file),
        "place": storable(notice.place),
        "kind": notice.kind,
        "text": storable(notice.text),
    }


def notice_from(json: Json) -> Notice:
    return Notice(json["account"], json["file"], json["place"], json["kind"], json["text"])
