"""Which format a file has: by its shape, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from iamviz.ingest.formats import authorization_details, command_outputs, credential_report, organization
from iamviz.ingest.json_text import Page, looks_like_json, read_pages
from iamviz.ingest.repeats import stands_twice
from iamviz.ingest.source import Refusal, Source


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """How to know an object of the format, and how to read all objects of a file."""

    words: str
    recognises: Callable[[Page], bool]
    read: Callable[[Iterable[Page], Source], None]


JSON_FORMATS = (
    JsonFormat(authorization_details.WORDS, authorization_details.recognises, authorization_details.read),
    JsonFormat(organization.WORDS, organization.recognises, organization.read),
    JsonFormat(credential_report.WORDS, credential_report.recognises, credential_report.read),
    JsonFormat(command_outputs.WORDS, command_outputs.recognises, command_outputs.read),
    JsonFormat(command_outputs.WORDS, command_outputs.recognises_answer, command_outputs.read_answers),
)
ACCEPTED = "; ".join(dict.fromkeys(each.words for each in JSON_FORMATS))


class Unrecognised(Exception):  # noqa: N818 - a verdict about the input, not an error of ours
    """The file is none of ours. `rule` says what was expected."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def read_source(source: Source) -> None:
    """Fill in the source's drafts; raises Refusal where the file is broken, Unrecognised where it is none of ours."""
    if looks_like_json(source.data):
        _read_json(source)
    elif credential_report.recognises_table(source.data):
        credential_report.read_table(source)
    else:
        raise Unrecognised("a file of a kind that can be fed in")


def _read_json(source: Source) -> None:
    pages: dict[int, list[Page]] = {}
    strange: list[Page] = []
    for page in read_pages(source.data):
        index = next((index for index, each in enumerate(JSON_FORMATS) if each.recognises(page)), None)
        (strange if index is None else pages.setdefault(index, [])).append(page)
    if not pages:
        raise Unrecognised("JSON of a kind that can be fed in" if strange else "JSON with something in it")
    _refuse_repeated(page for found in pages.values() for page in found)
    for page in strange:
        keys = ", ".join(sorted(page.members)[:5]) or "none"
        text = f"An object of no kind that can be fed in was left out; its keys: {keys}."
        source.notices.append(source.note("ignored", text, place=page.place.removesuffix(".")))
    for index in sorted(pages):
        try:
            JSON_FORMATS[index].read(pages[index], source)
        except Refusal as refusal:
            source.refuse(refusal)


def _refuse_repeated(pages: Iterable[Page]) -> None:
    """A list that stands twice tells of two, of which nobody knows which is meant: the file says nothing."""
    for page in pages:
        if page.repeated is not None:
            key, offset = page.repeated
            raise stands_twice(key, page.place.rstrip(": ."), offset=offset)
