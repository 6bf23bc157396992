"""When a part was collected: the manifest beside it, else its file's time, else the newest date that it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from iamviz.ingest.dates import parse_date
from iamviz.ingest.parts import CollectedFrom, Part, encode_content
from iamviz.ingest.source import Draft

MANIFEST = "manifest.json"


@dataclass(slots=True)
class Manifests:
    """Dates by folder and by file, from every manifest.json of a bundle."""

    folders: dict[str, datetime] = field(default_factory=dict)
    files: dict[str, datetime] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> bool:
        """Take a manifest in; False where the file is none."""
        if not (name == MANIFEST or name.endswith(f"/{MANIFEST}")):
            return False
        try:
            value = msgspec.json.decode(data, type=dict[str, object])
        except (msgspec.DecodeError, RecursionError):
            return False
        folder = name.removesuffix(MANIFEST)
        moment = _moment(value)
        if moment is not None:
            self.folders[folder] = moment
        files = value.get("files", value)
        found = {key: _moment(each) for key, each in files.items()} if isinstance(files, dict) else {}
        dated = {folder + key: each for key, each in found.items() if each is not None and key != "collected_at"}
        self.files.update(dated)
        return moment is not None or bool(dated)

    def date(self, name: str) -> datetime | None:
        """Of a file: its own, else its folder's."""
        return self.files.get(name, self.folders.get(name[: name.rfind("/") + 1]))


def _moment(value: object) -> datetime | None:
    """A date, or an object with one under collected_at."""
    return parse_date(value.get("collected_at") if isinstance(value, dict) else value)


def seal(draft: Draft, file: str, modified: datetime | None) -> Part:
    """The part of a draft, dated by itself or by its file."""
    content, digest = encode_content(draft.content)
    collected, whence = _date(draft, modified)
    return Part(draft.kind, draft.account, draft.region, collected, whence, content, digest, file, tuple(draft.notices))


def _date(draft: Draft, modified: datetime | None) -> tuple[datetime | None, CollectedFrom]:
    if draft.generated is not None:
        return draft.generated, "content"
    if modified is not None:
        return modified, "file"
    return (draft.newest, "content") if draft.newest is not None else (None, "unknown")
