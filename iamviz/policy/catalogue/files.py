"""The shipped files: what they hold, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import zstandard

FOLDER = Path(__file__).parent
INDEX, SERVICES, MANAGED = "index.json.zst", "services.json.zst", "managed-policies.json.zst"

Content = TypeVar("Content", bound="Shipped")


class Source(msgspec.Struct, frozen=True):
    """The package that a file was taken from; `date` is the day that its contents describe."""

    package: str
    version: str
    date: str
    licence: str
    address: str


class Shipped(msgspec.Struct, frozen=True):
    """What every file says."""

    source: Source


class Index(Shipped, frozen=True):
    """The small file that every decision needs."""

    resource_control: frozenset[str]
    """Prefixes of the services that resource control policies cover."""
    without_resource: Mapping[str, str]
    """By prefix: the actions that take no resource, lower case, with a space between them."""
    keys: tuple[str, ...]
    """Condition keys as AWS spells them; a part that varies is `${…}`."""
    multivalued: tuple[str, ...]


class Services(Shipped, frozen=True):
    """Actions and resource types by prefix, decoded service by service."""

    services: Mapping[str, msgspec.Raw]


class ManagedPolicies(Shipped, frozen=True):
    """Documents by path and name, decoded one by one."""

    policies: Mapping[str, msgspec.Raw]


def read_shipped(name: str, type_: type[Content], folder: Path = FOLDER) -> Content:
    """A shipped file, decompressed and decoded."""
    packed = (folder / name).read_bytes()
    return msgspec.json.decode(zstandard.ZstdDecompressor().decompress(packed), type=type_)


def pack(content: Shipped) -> bytes:
    """The bytes of a file; the same contents give the same bytes."""
    return zstandard.ZstdCompressor(level=22).compress(msgspec.json.encode(content, order="sorted"))
