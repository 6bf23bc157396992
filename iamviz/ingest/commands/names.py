"""Listings that print names and no roles: of use where they are empty, since then no other command found any."""

from __future__ import annotations

import msgspec

from iamviz.ingest.commands.reader import CommandReader, Reader
from iamviz.ingest.mending import type_refusal


def names_only(key: str) -> Reader:
    """The reader of a listing whose names lie under `key`."""

    def read(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
        for answer in reader.answers(raw, key, place):
            reader.note_more(answer.members, answer.place)
            reader.count += _length(answer.members[key], f"{answer.place}.{key}")

    return read


def _length(raw: msgspec.Raw, place: str) -> int:
    try:
        return len(msgspec.json.decode(raw, type=list[msgspec.Raw]))
    except msgspec.ValidationError as error:
        raise type_refusal(error, place) from error
