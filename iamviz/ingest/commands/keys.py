"""Which customer key encrypts what a bucket or a secret holds."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from iamviz.ingest.command_contents import Encryption
from iamviz.ingest.commands.reader import AGAIN, Answer, CommandReader, Printed, Reader, checked_name
from iamviz.ingest.source import Refusal

_KEY = re.compile(r"arn:[^:]+:kms:[^:]*:\d{12}:(key|alias)/.+")
_OF_AWS = re.compile(r"(arn:[^:]+:kms:[^:]*:\d{12}:)?alias/aws/.*")
_BY_KMS = "aws:kms"
"""How the algorithms begin that use a key of KMS; the other is S3's own."""


class ByDefault(Printed):
    algorithm: str = msgspec.field(default="", name="SSEAlgorithm")
    key: str | None = msgspec.field(default=None, name="KMSMasterKeyID")


class EncryptionRule(Printed):
    apply_server_side_encryption_by_default: ByDefault | None = None


class Configuration(Printed):
    rules: list[EncryptionRule] | None = None


def bucket_encryption(bucket: Callable[[CommandReader, Answer], str]) -> Reader:
    """The reader of how objects of a bucket are encrypted unless whoever stores them says otherwise."""

    def convert(reader: CommandReader, value: Configuration, answer: Answer) -> Encryption | None:
        rules = (each.apply_server_side_encryption_by_default for each in value.rules or ())
        named = (each.key for each in rules if each is not None and each.algorithm.startswith(_BY_KMS))
        arn = bucket(reader, answer)
        return encryption(reader, arn, next(named, None), f"{answer.place}.KMSMasterKeyID")

    def read(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
        found = reader.one(raw, "ServerSideEncryptionConfiguration", Configuration, place, convert)
        reader.add("encryption", (each for each in found if each is not None))

    return read


def encryption(reader: CommandReader, arn: str, key: str | None, place: str) -> Encryption | None:
    """None where it is no customer key. The key is given as an ARN, an id, or the name of an alias."""
    if not key or _OF_AWS.fullmatch(key):
        return None
    if key.startswith("alias/"):
        return Encryption(arn, reader.arn("kms", key, place))
    if ":" in key and _KEY.fullmatch(key) is None:
        raise Refusal("the ARN of a key of KMS or of its alias", AGAIN, place=place)
    return Encryption(arn, checked_name(key, place))
