"""Resources with a policy of their own, from what lists them, what prints their policies and what guards buckets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from iamviz.ingest.assemble_workloads import Regions, was_asked
from iamviz.ingest.command_contents import BucketGuard, CommandOutputs, PolicyText
from iamviz.ingest.documents import NOT_COLLECTED
from iamviz.inventory.model import PolicyDocument, ResourceKind, ResourcePolicy
from iamviz.policy.arn import parse_arn

COMMANDS: Mapping[ResourceKind, str] = {
    "bucket": "s3api get-bucket-policy",
    "key": "kms get-key-policy",
    "queue": "sqs get-queue-attributes",
    "topic": "sns get-topic-attributes",
    "function": "lambda get-policy",
    "secret": "secretsmanager get-resource-policy",
    "repository": "ecr get-repository-policy",
}
_BLOCK = "s3api get-public-access-block"
_ABAC = "s3api get-bucket-abac"

ReadDocument = Callable[[str, str], PolicyDocument]
"""From the text and the place of a policy."""


def build_resource_policies(
    account: str, commands: CommandOutputs, regions: Regions, read: ReadDocument
) -> tuple[ResourcePolicy, ...]:
    """Every resource that a command listed or was asked about, sorted by ARN."""
    texts = {each.arn: each for each in commands.policies or ()}
    functions = (PolicyText(each.arn, "function", None) for each in commands.functions or ())
    known = {each.arn: each for each in (*(commands.resources or ()), *functions)} | texts
    if not known:
        return ()
    guards, keys = _Guards(commands, regions), _keys(account, commands, known)
    return tuple(
        replace(
            _resource(account, known[arn], _document(known[arn], texts, regions, read), guards), key=keys.get(arn, "")
        )
        for arn in sorted(known)
    )


def _keys(account: str, commands: CommandOutputs, known: Mapping[str, PolicyText]) -> dict[str, str]:
    """By ARN of what it encrypts, the ARN of each key; of one that was given by its id, the one that is known."""
    of_ids = {arn.rpartition("/")[2]: arn for arn, value in known.items() if value.kind == "key"}
    found: dict[str, str] = {}
    for each in commands.encryption or ():
        resource = parse_arn(each.arn)
        if resource is not None and not each.key.startswith("arn:"):
            start = f"arn:{resource.partition}:kms:{resource.region}:{account}:key/"
            found[each.arn] = of_ids.get(each.key, start + each.key)
        else:
            found[each.arn] = each.key
    return found


def _document(
    value: PolicyText, texts: Mapping[str, PolicyText], regions: Regions, read: ReadDocument
) -> PolicyDocument | None:
    if value.text is not None:
        return read(value.text, f"{value.arn} Policy")
    if value.arn in texts or was_asked(regions, COMMANDS[value.kind], _region(value.arn)):
        return None
    return PolicyDocument("", None, NOT_COLLECTED)


def _region(arn: str) -> str:
    parsed = parse_arn(arn)
    return parsed.region if parsed else ""


def _resource(account: str, value: PolicyText, document: PolicyDocument | None, guards: _Guards) -> ResourcePolicy:
    region = _region(value.arn)
    if value.kind != "bucket":
        return ResourcePolicy(value.kind, value.arn, account, region, document)
    return ResourcePolicy(
        value.kind, value.arn, account, region, document, guards.restricts(value.arn), guards.refuses(value.arn),
        guards.abac(value.arn),
    )  # fmt: skip


class _Guards:
    """What stands before the policies of buckets. A bucket of which a command that ran says nothing has none."""

    def __init__(self, commands: CommandOutputs, regions: Regions) -> None:
        blocks = commands.bucket_guards or ()
        self._blocks = {each.arn: each for each in blocks if each.arn}
        self._of_account = [each for each in blocks if not each.arn]
        self._abac = {each.arn: each.abac for each in commands.abac or ()}
        self._without_block = BucketGuard("", restricts=False, refuses=False) if _BLOCK in regions else None
        self._without_abac = False if _ABAC in regions else None

    def restricts(self, arn: str) -> bool | None:
        return _any(each.restricts for each in self._of(arn))

    def refuses(self, arn: str) -> bool | None:
        return _any(each.refuses for each in self._of(arn))

    def abac(self, arn: str) -> bool | None:
        return self._abac.get(arn, self._without_abac)

    def _of(self, arn: str) -> Iterator[BucketGuard]:
        yield from self._of_account
        own = self._blocks.get(arn, self._without_block)
        if own is not None:
            yield own


def _any(values: Iterable[bool | None]) -> bool | None:
    """Whether one of them is true; None where none of them is known."""
    known = [each for each in values if each is not None]
    return any(known) if known else None
