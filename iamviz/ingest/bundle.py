"""Everything that was uploaded, read: the door of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from iamviz.ingest.archives import entries
from iamviz.ingest.collected import Manifests, seal
from iamviz.ingest.contents import AuthorizationDetails
from iamviz.ingest.entry import Entry
from iamviz.ingest.excerpts import visible
from iamviz.ingest.json_text import to_utf8
from iamviz.ingest.limits import DEFAULT_LIMITS, Limits
from iamviz.ingest.merge import merge_parts, tidy_details
from iamviz.ingest.parts import UNFINISHED, Part, Reading, Rejection, decode_content
from iamviz.ingest.recognise import ACCEPTED, Unrecognised, read_source
from iamviz.ingest.source import Refusal, Source
from iamviz.inventory.model import Notice

_JUNK = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_COLLECTED_NAMES = (".json", ".jsonl", ".ndjson", ".csv")
_ERROR = b"An error occurred ("
_SHOWN_NAME = 400

Progress = Callable[[str, int, int], None]


def read_bundle(
    paths: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS, on_progress: Progress | None = None
) -> Reading:
    """Files, folders and archives as one input: every part merged, dated and complete.

    `on_progress` is told ("reading", entries done, 0): how many there are is known only at the end.
    """
    return read_entries(_all_entries(paths, limits), on_progress=on_progress)


def _all_entries(paths: Sequence[Path], limits: Limits) -> Iterator[Entry]:
    for path in paths:
        yield from entries(path, limits=limits)


def read_entries(stream: Iterable[Entry], *, on_progress: Progress | None = None, whole: bool = True) -> Reading:
    """A chunk of entries. Files of one account in different chunks are joined by merge_parts.

    Where the pages of a list may lie in other chunks `whole` is off: refuse_incomplete judges when all are joined.
    """
    reader = _BundleReader()
    for done, entry in enumerate(stream, 1):
        reader.read(entry)
        if on_progress is not None:
            on_progress("reading", done, 0)
    return reader.finish(whole=whole)


def refuse_incomplete(parts: Iterable[Part]) -> tuple[tuple[Part, ...], tuple[Rejection, ...]]:
    """The parts that are whole, and a rejection for each that is not.

    A listing that the CLI was told to cut off lacks identities: whatever it shows is wrong.
    """
    kept: list[Part] = []
    rejections: list[Rejection] = []
    for part in parts:
        if _is_whole(part):
            kept.append(part)
        else:
            rejections.append(_incomplete(part))
    return tuple(kept), tuple(rejections)


def _is_whole(part: Part) -> bool:
    if part.kind != "authorization-details" or not part.content.endswith(UNFINISHED):
        return True
    return decode_content(part, AuthorizationDetails).more != "NextToken"


def _incomplete(part: Part) -> Rejection:
    return Rejection(
        part.file,
        "NextToken",
        "the whole answer; NextToken is left, so that users, roles or policies are missing",
        "Collect it again without --max-items, or add the pages that follow.",
        account=part.account or None,
    )


class _BundleReader:
    """Holds parts, never files: one file at a time is alive."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.rejections: list[Rejection] = []
        self.notices: list[Notice] = []
        self.manifests = Manifests()

    def read(self, entry: Entry) -> None:
        name = visible(entry.name)[:_SHOWN_NAME]
        if _is_junk(entry.name):
            self._ignore(name, "A file of the operating system or of a tool.")
            return
        source = Source(name, b"")
        try:
            self._read(entry, source)
        except Refusal as refusal:
            source.refuse(refusal)
        self.rejections += source.rejections
        self._file(entry, source)

    def _read(self, entry: Entry, source: Source) -> None:
        data = entry.read()
        if self.manifests.add(entry.name, data):
            return
        alone = "/" not in entry.name
        if not data.strip(b" \t\r\n\x00"):
            self._empty(entry.name, source.file, alone=alone)
            return
        try:
            source.data = data
            source.data = to_utf8(data)
            del data
            read_source(source)
        except Unrecognised as verdict:
            self._unrecognised(source, verdict, alone=alone)
        except Refusal:
            if not alone and not _seems_collected(entry.name, source):
                self._ignore(source.file, "A file of no kind that can be fed in.")
                return
            raise

    def _empty(self, name: str, shown: str, *, alone: bool) -> None:
        if not alone and not name.lower().endswith(_COLLECTED_NAMES):
            self._ignore(shown, "The file is empty.")
            return
        raise Refusal(
            "a file with something in it; this one is empty", "The command that wrote it failed: run it again."
        )

    def _unrecognised(self, source: Source, verdict: Unrecognised, *, alone: bool) -> None:
        if source.data.lstrip()[: len(_ERROR)] == _ERROR:
            rule = "what the command prints; the file holds the error message of a command that failed"
            raise Refusal(rule, "Run it with credentials that may read IAM, such as SecurityAudit.", offset=0)
        if not alone:
            self._ignore(source.file, "A file of no kind that can be fed in.")
            return
        raise Refusal(verdict.rule, f"Accepted are, also in a zip, tar or folder: {ACCEPTED}.")

    def _ignore(self, name: str, text: str) -> None:
        self.notices.append(Notice(None, name, "", "ignored", f"{text} It was left out."))

    def _file(self, entry: Entry, source: Source) -> None:
        shared = [*source.notices, *source.unknown_key_notices()]
        for draft in source.drafts:
            if isinstance(draft.content, AuthorizationDetails):
                draft.content, told = tidy_details(draft.content, draft.account, source.file)
                draft.notices += told
            draft.notices += [
                notice for notice in shared if notice.account in {None, draft.account} or not draft.account
            ]
            self.parts.append(seal(draft, source.file, entry.mtime))
        if not source.drafts:
            self.notices += shared

    def finish(self, *, whole: bool) -> Reading:
        merged = merge_parts(self._dated(part) for part in self.parts)
        kept, rejections = refuse_incomplete(merged) if whole else (merged, ())
        return Reading(kept, (*self.rejections, *rejections), tuple(self.notices))

    def _dated(self, part: Part) -> Part:
        moment = self.manifests.date(part.file)
        return part if moment is None else replace(part, collected=moment, collected_from="manifest")


def _is_junk(name: str) -> bool:
    steps = name.rstrip("/").split("/")
    return any(step in _JUNK or (step.startswith(".") and not step.startswith("..") and step != ".") for step in steps)


def _seems_collected(name: str, source: Source) -> bool:
    """Whether a broken file is one that somebody will miss."""
    return name.lower().endswith(_COLLECTED_NAMES) or source.data.lstrip()[:1] in {b"{", b"["}
