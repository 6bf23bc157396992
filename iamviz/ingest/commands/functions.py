"""Lambda functions, with their URLs, event sources and tags."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from iamviz.ingest.command_contents import EventMapping, FunctionUrl, TaggedThing
from iamviz.ingest.commands.reader import Answer, CommandReader, Printed, Reader, Tags, tags_of
from iamviz.inventory.workloads import Function

_FIELDS = 7
"""Of a function's ARN; one that names an alias or a version has one more."""


class WithArn(Printed):
    arn: str


class FunctionShape(Printed):
    function_name: str
    function_arn: str
    role: str | None = None
    runtime: str | None = None
    layers: list[WithArn] | None = None


class UrlShape(Printed):
    function_arn: str
    auth_type: str


class MappingShape(Printed):
    function_arn: str | None = None
    event_source_arn: str | None = None
    uuid: str | None = msgspec.field(default=None, name="UUID")


class TagsShape(Printed):
    tags: Tags = None


def functions(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("functions", reader.listed(raw, "Functions", FunctionShape, place, _function))


def _function(reader: CommandReader, value: FunctionShape, answer: Answer) -> Function:
    arn = reader.own(value.function_arn, f"{answer.place}.FunctionArn")
    reader.functions.setdefault(value.function_name, arn)
    layers = tuple(sorted(each.arn for each in value.layers or ()))
    return Function(arn, value.function_name, reader.region_of(arn), value.role or None, value.runtime, layers)


def function_arn(reader: CommandReader, name: str, place: str) -> str:
    """Of a function that a command was asked about by name, by ARN, or by either with an alias."""
    if name.startswith("arn:"):
        return ":".join(reader.own(name, place).split(":")[:_FIELDS])
    plain = name.partition(":")[0]
    return reader.functions.get(plain) or reader.arn("lambda", f"function:{plain}", place)


def function_urls(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found: dict[str, set[str]] = {}
    for arn, auth in reader.each(raw, "FunctionUrlConfigs", UrlShape, place, _url):
        found.setdefault(arn, set()).add(auth)
    reader.add("function_urls", (FunctionUrl(arn, tuple(sorted(auth))) for arn, auth in found.items()))


def _url(reader: CommandReader, value: UrlShape, answer: Answer) -> tuple[str, str]:
    return function_arn(reader, value.function_arn, f"{answer.place}.FunctionArn"), value.auth_type


def event_mappings(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.each(raw, "EventSourceMappings", MappingShape, place, _mapping)
    reader.add("event_mappings", (each for each in found if each is not None))


def _mapping(reader: CommandReader, value: MappingShape, answer: Answer) -> EventMapping | None:
    if value.event_source_arn is None or value.function_arn is None:
        return None
    function = function_arn(reader, value.function_arn, f"{answer.place}.FunctionArn")
    return EventMapping(value.uuid or f"{function} {value.event_source_arn}", function, value.event_source_arn)


def function_tags(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("tags", reader.whole(raw, "Tags", TagsShape, place, _function_tags))


def _function_tags(reader: CommandReader, value: TagsShape, answer: Answer) -> TaggedThing:
    arn = function_arn(reader, answer.names[-1] if answer.names else "", answer.place)
    return TaggedThing(arn, tuple(tags_of(value.tags, answer.place).items()))


COMMANDS: Mapping[str, Reader] = {
    "lambda list-functions": functions,
    "lambda list-function-url-configs": function_urls,
    "lambda list-event-source-mappings": event_mappings,
    "lambda list-tags": function_tags,
}
