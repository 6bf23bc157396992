"""What reading gives: parts of accounts' snapshots, rejections and notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal, TypeVar

import msgspec

from iamviz.inventory.model import Notice

Kind = Literal["authorization-details", "credential-report", "command-outputs", "organization"]
CollectedFrom = Literal["manifest", "file", "content", "unknown"]

T = TypeVar("T")

UNFINISHED = b"NextToken"
"""How the content of a page ends that says so itself; another content that happens to is only looked at again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of facts about one account (account "" for the organization), as one or more files told them.

    `content` is canonical: the same facts give the same bytes whatever the file's encoding, order or spacing.
    `collected_from` says where the date was found: the manifest, the file's own time, dates inside, or nowhere.
    """

    kind: Kind
    account: str
    region: str
    collected: datetime | None
    collected_from: CollectedFrom
    content: bytes = field(repr=False)
    sha256: str
    file: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a file, or one account of it, was refused: where, against which rule, and what to do.

    `account` is None where the whole file is refused. `excerpt` holds (line number, text) around the place.
    """

    file: str
    place: str
    rule: str
    remedy: str
    excerpt: tuple[tuple[int, str], ...] = ()
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that came out of some files. `notices` are those that belong to no part, such as ignored files."""

    parts: tuple[Part, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    notices: tuple[Notice, ...] = ()


def encode_content(content: msgspec.Struct) -> tuple[bytes, str]:
    """The bytes of a content and their SHA-256."""
    encoded = msgspec.msgpack.encode(content)
    return encoded, sha256(encoded).hexdigest()


def decode_content(part: Part, type_: type[T]) -> T:
    """Back to what encode_content was given."""
    return msgspec.msgpack.decode(part.content, type=type_)
