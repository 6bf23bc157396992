"""Resources with a policy of their own, what guards buckets, and the streams and queues that start functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from iamviz.ingest import normal
from iamviz.ingest.command_contents import BucketGuard, Encryption, PolicyText
from iamviz.ingest.commands.functions import function_arn
from iamviz.ingest.commands.keys import bucket_encryption, encryption
from iamviz.ingest.commands.names import names_only
from iamviz.ingest.commands.reader import AGAIN, Answer, CamelPrinted, CommandReader, Printed, Reader, partition_of
from iamviz.ingest.source import Refusal
from iamviz.inventory.model import ResourceKind

_NOTHING = msgspec.Raw(b"")
_QUEUE_URL = re.compile(
    r"https?://(?:sqs\.(?P<region>[a-z0-9-]+)|(?P<old>[a-z0-9-]+)\.queue|queue)\.amazonaws\.com(?:\.cn)?"
    r"/(?P<account>\d{12})/(?P<name>[A-Za-z0-9_.-]{1,80})"
)


class WithPolicy(Printed):
    policy: msgspec.Raw = _NOTHING


class Attributes(Printed):
    policy: msgspec.Raw = _NOTHING
    queue_arn: str | None = None
    topic_arn: str | None = None


class SecretPolicy(Printed):
    arn: str = msgspec.field(name="ARN")
    resource_policy: msgspec.Raw = _NOTHING


class RepositoryPolicy(CamelPrinted):
    policy_text: msgspec.Raw = _NOTHING
    repository_name: str | None = None


class Bucket(Printed):
    name: str


class Key(Printed):
    key_arn: str


class Topic(Printed):
    topic_arn: str


class Secret(Printed):
    arn: str = msgspec.field(name="ARN")
    kms_key_id: str | None = None


class Repository(CamelPrinted):
    repository_arn: str


class Block(Printed):
    restrict_public_buckets: bool = False
    block_public_policy: bool = False


class Abac(Printed):
    status: str = "Disabled"


class Table(Printed):
    latest_stream_arn: str | None = None


class Stream(Printed):
    stream_arn: str = msgspec.field(name="StreamARN")


ArnOf = Callable[[CommandReader, str, str], str]
"""The ARN of what a command was asked about by this name, at this place."""


def _bucket(reader: CommandReader, name: str, place: str) -> str:
    plain = name.rpartition(":")[2]
    if re.fullmatch(r"[a-zA-Z0-9._-]{3,255}", plain) is None:
        raise Refusal("the name of a bucket", AGAIN, place=place)
    return f"arn:{partition_of(reader.region)}:s3:::{plain}"


def _key(reader: CommandReader, name: str, place: str) -> str:
    return reader.own(name, place) if name.startswith("arn:") else reader.arn("kms", f"key/{name}", place)


def _queue(reader: CommandReader, name: str, place: str) -> str:
    if name.startswith("arn:"):
        return reader.own(name, place)
    url = _QUEUE_URL.fullmatch(name)
    if url is None:
        return reader.arn("sqs", name, place)
    region = url["region"] or url["old"] or reader.region
    return reader.own(f"arn:{partition_of(region)}:sqs:{region}:{url['account']}:{url['name']}", place)


def _topic(reader: CommandReader, name: str, place: str) -> str:
    return reader.own(name, place) if name.startswith("arn:") else reader.arn("sns", name, place)


def _repository(reader: CommandReader, name: str, place: str) -> str:
    return reader.own(name, place) if name.startswith("arn:") else reader.arn("ecr", f"repository/{name}", place)


def _text(raw: msgspec.Raw) -> str | None:
    """None where there is no policy; AWS prints an empty string for some."""
    return None if bytes(raw).strip() in {b"", b"null", b'""'} else normal.document(raw)


def _policies(kind: ResourceKind, arn_of: ArnOf) -> Reader:
    """The reader of a command that prints `Policy` for a name."""

    def convert(reader: CommandReader, value: WithPolicy, answer: Answer) -> PolicyText:
        return PolicyText(arn_of(reader, _name(answer), answer.place), kind, _text(value.policy))

    def read(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
        reader.add("policies", reader.whole(raw, "Policy", WithPolicy, place, convert))

    return read


def _name(answer: Answer) -> str:
    if not answer.names:
        rule = "the answers of this command by the name of what it was asked about"
        raise Refusal(rule, "Key each answer by that name.", place=answer.place)
    return answer.names[-1]


def _bucket_of(reader: CommandReader, answer: Answer) -> str:
    return _bucket(reader, _name(answer), answer.place)


def _attributes(kind: ResourceKind, arn_of: ArnOf) -> Reader:
    """The reader of a command that prints `Attributes`, the policy and the ARN among them."""

    def convert(reader: CommandReader, value: Attributes, answer: Answer) -> PolicyText:
        arn = value.queue_arn or value.topic_arn or _name(answer)
        return PolicyText(arn_of(reader, arn, answer.place), kind, _text(value.policy))

    def read(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
        reader.add("policies", reader.one(raw, "Attributes", Attributes, place, convert))

    return read


def secret_policies(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("policies", reader.whole(raw, "ARN", SecretPolicy, place, _secret_policy))


def _secret_policy(reader: CommandReader, value: SecretPolicy, answer: Answer) -> PolicyText:
    return PolicyText(reader.own(value.arn, f"{answer.place}.ARN"), "secret", _text(value.resource_policy))


def repository_policies(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("policies", reader.whole(raw, "PolicyText", RepositoryPolicy, place, _repository_policy))


def _repository_policy(reader: CommandReader, value: RepositoryPolicy, answer: Answer) -> PolicyText:
    name = answer.names[-1] if answer.names else value.repository_name or ""
    return PolicyText(_repository(reader, name, answer.place), "repository", _text(value.policy_text))


def buckets(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.listed(raw, "Buckets", Bucket, place, lambda _, value, at: _bucket(reader, value.name, at.place))
    _add_resources(reader, "bucket", found)


def keys(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.listed(raw, "Keys", Key, place, lambda _, value, at: reader.own(value.key_arn, at.place))
    _add_resources(reader, "key", found)


def topics(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.listed(raw, "Topics", Topic, place, lambda _, value, at: reader.own(value.topic_arn, at.place))
    _add_resources(reader, "topic", found)


def secrets(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = tuple(reader.listed(raw, "SecretList", Secret, place, _secret))
    _add_resources(reader, "secret", (arn for arn, _ in found))
    reader.add_beside("encryption", (each for _, each in found if each is not None))


def _secret(reader: CommandReader, value: Secret, answer: Answer) -> tuple[str, Encryption | None]:
    arn = reader.own(value.arn, answer.place)
    return arn, encryption(reader, arn, value.kms_key_id, f"{answer.place}.KmsKeyId")


def repositories(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.listed(
        raw, "Repositories", Repository, place, lambda _, value, at: reader.own(value.repository_arn, at.place)
    )
    _add_resources(reader, "repository", found)


def queues(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    """Where there is none the command prints nothing at all."""
    found = [_queue(reader, url, where) for url, where in reader.strings(raw, "QueueUrls", place)]
    _add_resources(reader, "queue", iter(found))
    reader.found["event_sources"] = tuple(sorted({*reader.found.get("event_sources", ()), *found}))


def _add_resources(reader: CommandReader, kind: ResourceKind, arns: Iterator[str]) -> None:
    reader.add("resources", (PolicyText(arn, kind, None) for arn in arns))


def bucket_blocks(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.one(
        raw,
        "PublicAccessBlockConfiguration",
        Block,
        place,
        lambda _, value, at: _guard(_bucket_of(reader, at), value),
    )
    reader.add("bucket_guards", found)


def account_block(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.one(raw, "PublicAccessBlockConfiguration", Block, place, lambda _, value, _at: _guard("", value))
    reader.add("bucket_guards", found)


def _guard(arn: str, value: Block) -> BucketGuard:
    return BucketGuard(arn, value.restrict_public_buckets, value.block_public_policy)


def bucket_abac(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("abac", reader.one(raw, "AbacStatus", Abac, place, _abac))


def _abac(reader: CommandReader, value: Abac, answer: Answer) -> BucketGuard:
    return BucketGuard(_bucket_of(reader, answer), abac=value.status == "Enabled")


def tables(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.one(raw, "Table", Table, place, lambda _, value, _at: value.latest_stream_arn)
    reader.add("event_sources", (arn for arn in found if arn))


def streams(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    """`StreamNames` is printed always, `StreamSummaries` by newer versions only."""
    names = [
        reader.arn("kinesis", f"stream/{name}", where) for name, where in reader.strings(raw, "StreamNames", place)
    ]
    found = reader.each(
        raw, "StreamSummaries", Stream, place, lambda _, value, at: reader.own(value.stream_arn, at.place)
    )
    reader.add("event_sources", (*names, *found))


COMMANDS: Mapping[str, Reader] = {
    "s3api list-buckets": buckets,
    "s3api get-bucket-policy": _policies("bucket", _bucket),
    "s3api get-public-access-block": bucket_blocks,
    "s3control get-public-access-block": account_block,
    "s3api get-bucket-abac": bucket_abac,
    "s3api get-bucket-encryption": bucket_encryption(_bucket_of),
    "kms list-keys": keys,
    "kms get-key-policy": _policies("key", _key),
    "sqs list-queues": queues,
    "sqs get-queue-attributes": _attributes("queue", _queue),
    "sns list-topics": topics,
    "sns get-topic-attributes": _attributes("topic", _topic),
    "lambda get-policy": _policies("function", function_arn),
    "secretsmanager list-secrets": secrets,
    "secretsmanager get-resource-policy": secret_policies,
    "ecr describe-repositories": repositories,
    "ecr get-repository-policy": repository_policies,
    "dynamodb list-tables": names_only("TableNames"),
    "dynamodb describe-table": tables,
    "kinesis list-streams": streams,
}
