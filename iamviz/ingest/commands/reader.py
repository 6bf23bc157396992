"""Reads the answers of one account's commands: finds them, decodes them, and blames what is wrong on its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from iamviz.ingest import normal
from iamviz.ingest.command_contents import Looked, identity
from iamviz.ingest.commands.emptiness import EMPTY_SAYS
from iamviz.ingest.dates import DateLog
from iamviz.ingest.mending import Members, first_upper, read_items, read_members, read_more, read_object, type_refusal
from iamviz.ingest.source import Refusal, Source
from iamviz.inventory.model import Notice
from iamviz.policy.arn import account_of, parse_arn

AGAIN = "Collect it again."
_DEPTH = 3
"""Names that lead to an answer: a cluster, a principal, and one to spare."""
_NAME = re.compile(r"[^\x00-\x1f*?\x7f]{1,2048}")
_PARTITIONS = (
    ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-isob-", "aws-iso-b"), ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"), ("eu-isoe-", "aws-iso-e"), ("eusc-", "aws-eusc"),
)  # fmt: skip
"""How the names of regions begin that are not in the partition aws."""

S = TypeVar("S", bound=msgspec.Struct)
R = TypeVar("R")


class Printed(msgspec.Struct, rename="pascal"):
    """Base of answers in which only some keys are of use; AWS adds others every month."""


class CamelPrinted(msgspec.Struct, rename="camel"):
    """The same for services that print lowerCamel."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a command: its members with capitalised keys, and the names that lead to it."""

    names: tuple[str, ...]
    members: Members
    raw: msgspec.Raw
    place: str


Tags = list[dict[str, Any]] | dict[str, Any] | None


class CommandReader:
    """`found` collects the fields of CommandOutputs; `looked` the commands whose output is whole."""

    def __init__(self, account: str | None, region: str, source: Source) -> None:
        self.account = account
        self.region = region
        self.source = source
        self.dates = DateLog()
        self.found: dict[str, Any] = {}
        self.looked: dict[str, None] = {}
        self.functions: dict[str, str] = {}
        """Name to ARN, of the functions that were listed."""
        self.notices: list[Notice] = []
        self.is_whole = True
        self.count = 0

    def run(self, command: str, read: Reader, raw: msgspec.Raw, place: str) -> None:
        """Read one command's output. What is wrong with it costs no other command anything."""
        self.is_whole, self.count = True, 0
        try:
            read(self, raw, place)
        except Refusal as refusal:
            self.refuse(refusal)
        if self.is_whole:
            empty = EMPTY_SAYS.get(command, ()) if self.count == 0 else ()
            self.looked |= dict.fromkeys((command, *empty))

    def looked_at(self) -> tuple[Looked, ...]:
        """As the content has it."""
        return tuple(Looked(command, self.region) for command in sorted(self.looked))

    def refuse(self, refusal: Refusal) -> None:
        """File what is wrong; the command then counts as not looked at, since it may hold more."""
        refusal.account = self.account
        self.source.refuse(refusal)
        self.is_whole = False

    def add(self, name: str, values: Iterable[Any]) -> None:
        """Values of a field that several commands fill; the first of each ARN stays."""
        counted = tuple(values)
        self.count += len(counted)
        self.add_beside(name, counted)

    def add_beside(self, name: str, values: Iterable[Any]) -> None:
        """The same for what an answer tells beside that which was asked for: it may be empty all the same."""
        kept = {identity(value): value for value in self.found.get(name, ())}
        for value in values:
            kept.setdefault(identity(value), value)
        self.found[name] = tuple(kept[key] for key in sorted(kept))

    def items(self, raw: msgspec.Raw, key: str, type_: type[S], place: str) -> Iterator[S]:
        """The items of a listing; it is refused as a whole where one of them is wrong."""
        for item in read_items(self.listing(raw, key, place), type_, f"{place}.{key}", self.source):
            if item.value is None:
                raise item.refusal or Refusal("an object", AGAIN, place=item.place)
            self.check_account(getattr(item.value, "arn", None), f"{item.place}.Arn")
            yield item.value

    def listing(self, raw: msgspec.Raw, key: str, place: str) -> msgspec.Raw:
        """The list under `key`; one that is cut off is noted, and does not count as whole."""
        members = {first_upper(name): value for name, value in read_members(raw, place).items()}
        self.note_more(members, place)
        if key not in members:
            raise _lacks(key, place)
        return members[key]

    def note_more(self, members: Members, place: str) -> None:
        if read_more(members):
            text = "The listing is cut off: it says that it goes on. What it lacks counts as not collected."
            self.notices.append(self.source.note("incomplete", text, place=place, account=self.account))
            self.is_whole = False

    def listed(
        self, raw: msgspec.Raw, key: str, type_: type[S], place: str, convert: Callable[[CommandReader, S, Answer], R]
    ) -> Iterator[R]:
        """As `each`, of a command that takes no name: its output is one listing."""
        if key not in map(first_upper, read_members(raw, place)):
            raise _lacks(key, place)
        yield from self.each(raw, key, type_, place, convert)

    def each(
        self, raw: msgspec.Raw, key: str, type_: type[S], place: str, convert: Callable[[CommandReader, S, Answer], R]
    ) -> Iterator[R]:
        """What `convert` makes of the items of every list under `key`; a wrong item is refused alone."""
        for answer in self.answers(raw, key, place):
            self.note_more(answer.members, answer.place)
            with self._alone():
                for item in read_items(answer.members[key], type_, f"{answer.place}.{key}", self.source):
                    with self._alone():
                        if item.value is None:
                            raise item.refusal or Refusal("an object", AGAIN, place=item.place)
                        yield convert(self, item.value, replace(answer, place=item.place))

    def strings(self, raw: msgspec.Raw, key: str, place: str) -> Iterator[tuple[str, str]]:
        """The strings of every list under `key`, each with its place."""
        for answer in self.answers(raw, key, place):
            self.note_more(answer.members, answer.place)
            where = f"{answer.place}.{key}"
            try:
                found = msgspec.json.decode(answer.members[key], type=list[str])
            except msgspec.ValidationError as error:
                raise type_refusal(error, where) from error
            yield from ((each, f"{where}[{index}]") for index, each in enumerate(found))

    def one(
        self, raw: msgspec.Raw, key: str, type_: type[S], place: str, convert: Callable[[CommandReader, S, Answer], R]
    ) -> Iterator[R]:
        """What `convert` makes of the object under `key` of every answer."""
        for answer in self.answers(raw, key, place):
            where = replace(answer, place=f"{answer.place}.{key}")
            with self._alone():
                yield convert(self, read_object(answer.members[key], type_, where.place, self.source), where)

    def whole(
        self, raw: msgspec.Raw, key: str, type_: type[S], place: str, convert: Callable[[CommandReader, S, Answer], R]
    ) -> Iterator[R]:
        """The same for answers that have no such object around them; `key` is one that they all have."""
        for answer in self.answers(raw, key, place):
            with self._alone():
                yield convert(self, read_object(answer.raw, type_, answer.place, self.source), answer)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """What is wrong with one item costs no other one anything."""
        try:
            yield
        except Refusal as refusal:
            self.refuse(refusal)

    def answers(self, raw: msgspec.Raw, key: str, place: str, names: tuple[str, ...] = ()) -> Iterator[Answer]:
        """The objects that have `key`: this one, or those that it holds by name, by two names.

        A name whose object lacks the key is one of which there is nothing: the command printed an error.
        """
        members = read_members(raw, place)
        capitalised = {first_upper(name): value for name, value in members.items()}
        if key in capitalised:
            yield Answer(names, capitalised, raw, place)
        elif not names or (len(names) < _DEPTH and all(map(_is_object, members.values()))):
            for name, value, where in self.by_name(raw, place):
                with self._alone():
                    yield from self.answers(value, key, where, (*names, name))

    def by_name(self, raw: msgspec.Raw, place: str) -> Iterator[tuple[str, msgspec.Raw, str]]:
        """The answers of a command that takes one name."""
        for name, value in sorted(read_members(raw, place).items()):
            if bytes(value).strip() != b"null":
                yield name, value, f'{place}["{name}"]'

    def check_account(self, arn: str | None, place: str) -> None:
        """Refuse an ARN of another account."""
        if arn is None:
            return
        account = account_of(arn)
        if account is None:
            raise Refusal("an ARN with a 12-digit account id", AGAIN, place=place)
        if self.account is None:
            self.account = account
        if account != self.account:
            rule = f"ARNs of the account {self.account} only; this one is of {account}"
            raise Refusal(rule, "Put each account's outputs under its own id.", place=place)

    def own(self, arn: str, place: str) -> str:
        """An ARN that names one thing of this account."""
        self.check_account(arn, place)
        return checked_name(arn, place)

    def arn(self, service: str, resource: str, place: str, *, region: str | None = None) -> str:
        """The ARN of something of which a command prints the name only."""
        where = self.region if region is None else region
        return f"arn:{partition_of(where)}:{service}:{where}:{self.account}:{checked_name(resource, place)}"

    def region_of(self, arn: str) -> str:
        """The ARN's region, else the one that was asked in."""
        parsed = parse_arn(arn)
        return (parsed.region if parsed else "") or self.region


Reader = Callable[[CommandReader, msgspec.Raw, str], None]


def _lacks(key: str, place: str) -> Refusal:
    return Refusal(f"the key {key}, which this command prints", "Put the command's whole output here.", place=place)


def checked_name(name: str, place: str) -> str:
    """A name as AWS allows it anywhere: it goes into ARNs, where a wildcard would stand for other things."""
    if _NAME.fullmatch(name) is None:
        raise Refusal("a name without wildcards and control characters", AGAIN, place=place)
    return name


def partition_of(region: str) -> str:
    """The partition that a region lies in."""
    return next((partition for start, partition in _PARTITIONS if region.startswith(start)), "aws")


def tags_of(value: Tags, place: str) -> dict[str, str]:
    """Tags as a list of Key and Value, of key and value, or as an object."""
    pairs = value.items() if isinstance(value, dict) else map(_pair, value or ())
    found: dict[str, str] = {}
    for key, text in pairs:
        if not isinstance(key, str) or not isinstance(text, str | None):
            raise Refusal("tags of strings, each with a Key", AGAIN, place=f"{place}.Tags")
        found[normal.text(key) or ""] = normal.text(text) or ""
    return dict(sorted(found.items()))


def _pair(tag: dict[str, Any]) -> tuple[Any, Any]:
    return tag.get("Key", tag.get("key")), tag.get("Value", tag.get("value"))


def _is_object(raw: msgspec.Raw) -> bool:
    return bytes(raw).lstrip().startswith(b"{")
