"""`aws iam get-account-authorization-details`: users, groups, roles and managed policies, one account or several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from iamviz.ingest import answers, normal
from iamviz.ingest.contents import (
    AuthorizationDetails,
    GroupContent,
    More,
    PolicyContent,
    ProfileContent,
    RoleContent,
    UserContent,
    named_policies,
)
from iamviz.ingest.dates import DateLog
from iamviz.ingest.json_text import Page
from iamviz.ingest.mending import Item, Shape, first_upper, read_items, read_more
from iamviz.ingest.repeats import repeated_in, stands_twice
from iamviz.ingest.source import Draft, Refusal, Source
from iamviz.policy.arn import is_account

WORDS = "account authorization details (aws iam get-account-authorization-details)"
LISTS: dict[str, type[Shape]] = {
    "UserDetailList": answers.User,
    "GroupDetailList": answers.Group,
    "RoleDetailList": answers.Role,
    "Policies": answers.Policy,
}
_PAGING = {"IsTruncated", "Marker", "NextToken", "NextMarker", "ResponseMetadata"}
_OF_ORGANIZATIONS = {"Organization", "PolicyTargets", "Roots", "OrganizationalUnits"}
_AWS = "aws"
_ARN_FIELDS = 6
_REPORTED = 5
"""Rejections for each account: enough to see what is wrong."""


def recognises(page: Page) -> bool:
    """Any of the four lists; `Policies` alone only with IAM's policy versions."""
    keys = {first_upper(key): value for key, value in page.members.items()}
    if not keys.keys().isdisjoint(LISTS.keys() - {"Policies"}):
        return True
    if "Policies" not in keys or not keys.keys().isdisjoint(_OF_ORGANIZATIONS):
        return False
    return b"olicyVersionList" in bytes(keys["Policies"])


def read(pages: Iterable[Page], source: Source) -> None:
    """All pages of a file, as one draft for each account."""
    reader = _Reader(source)
    for page in pages:
        reader.read_page(page)
    reader.finish()


class _Account:
    """One account's items, normalised."""

    def __init__(self) -> None:
        self.users: list[UserContent] = []
        self.groups: list[GroupContent] = []
        self.roles: list[RoleContent] = []
        self.policies: list[PolicyContent] = []
        self.profiles: list[ProfileContent] = []
        self.dates = DateLog()

    def add(self, value: object, place: str) -> None:
        match value:
            case answers.User():
                self.users.append(normal.user(value, self.dates, place))
            case answers.Group():
                self.groups.append(normal.group(value, self.dates, place))
            case answers.Role():
                self.roles.append(normal.role(value, self.dates, place))
                self.profiles.extend(normal.profile(each, value.arn) for each in value.instance_profile_list or ())
            case answers.Policy():
                self.policies.append(normal.policy(value, self.dates, place))

    def mentioned(self) -> set[str]:
        """ARNs of the managed policies that apply to somebody."""
        return named_policies(self.users, self.groups, self.roles)


class _Reader:
    """Sorts items by account, and refuses accounts, not files, where it can tell them apart."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.accounts: dict[str, _Account] = {}
        self.of_aws: list[PolicyContent] = []
        self.dates_of_aws = DateLog()
        self.refusals: dict[str | None, list[Refusal]] = {}
        self.lists: set[str] = set()
        self.open: More = ""
        self.closed = False

    def read_page(self, page: Page) -> None:
        members: dict[str, msgspec.Raw] = {}
        for key, value in page.members.items():
            if first_upper(key) in members:
                self.refusals.setdefault(None, []).append(stands_twice(key, page.place.rstrip(": .")))
            members[first_upper(key)] = value
        for key in page.members:
            if first_upper(key) not in LISTS and first_upper(key) not in _PAGING:
                self.source.unknown_keys.setdefault(key, page.place.removesuffix("."))
        for name, type_ in LISTS.items():
            if name in members:
                self._read_list(name, members[name], type_, page.place)
        more = read_more(members)
        self.open = more or self.open
        self.closed |= not more

    def _read_list(self, name: str, raw: msgspec.Raw, type_: type[Shape], prefix: str) -> None:
        self.lists.add(name)
        try:
            items = list(read_items(raw, type_, prefix + name, self.source))
            repeated = repeated_in(raw, type_, prefix + name, items)
            for index, item in enumerate(items):
                if index in repeated:
                    self._blame(item, repeated[index])
                else:
                    self._take(item)
        except Refusal as refusal:
            self.refusals.setdefault(None, []).append(refusal)

    def _blame(self, item: Item[Any], refusal: Refusal) -> None:
        arn = item.value.arn if item.value is not None else _loose_arn(item.raw)
        account = _owner(arn)
        self.refusals.setdefault(None if account == _AWS else account, []).append(refusal)

    def _take(self, item: Item[Any]) -> None:
        value = item.value
        arn = value.arn if value is not None else _loose_arn(item.raw)
        account = _owner(arn)
        if account == _AWS and isinstance(value, answers.Policy):
            self.of_aws.append(normal.policy(value, self.dates_of_aws, item.place))
        elif value is None or account is None or account == _AWS:
            self.refusals.setdefault(None if account == _AWS else account, []).append(
                item.refusal or _no_account(item.place, arn)
            )
        else:
            if account not in self.accounts:
                self.accounts[account] = _Account()
            self.accounts[account].add(value, item.place)

    def finish(self) -> None:
        self._refuse()
        if None in self.refusals:
            return
        for account in sorted(self.accounts.keys() - self.refusals.keys()):
            self.source.drafts.append(self._draft(account, self.accounts[account]))
        if not self.accounts and not self.refusals:
            self._without_account()

    def _refuse(self) -> None:
        only = None in self.refusals or len(self.accounts.keys() | self.refusals.keys()) == 1
        for account, refusals in self.refusals.items():
            for refusal in refusals[:_REPORTED]:
                refusal.account = None if only else account
                self.source.refuse(refusal)

    def _draft(self, account: str, collected: _Account) -> Draft:
        mentioned = collected.mentioned()
        alone = len(self.accounts) == 1
        content = AuthorizationDetails(
            tuple(collected.users),
            tuple(collected.groups),
            tuple(collected.roles),
            (*collected.policies, *(each for each in self.of_aws if alone or each.arn in mentioned)),
            tuple(collected.profiles),
            tuple(sorted(self.lists)),
            "" if self.closed else self.open,
        )
        notices = collected.dates.notices(self.source, account)
        return Draft("authorization-details", account, "", content, collected.dates.newest, notices=notices)

    def _without_account(self) -> None:
        """A page of AWS's own policies alone belongs to the account that the other pages are of."""
        if not self.of_aws:
            raise Refusal(
                "at least one user, group, role or customer managed policy: their ARNs tell the account",
                "Collect it again with aws iam get-account-authorization-details, without --filter.",
            )
        content = AuthorizationDetails(
            (), (), (), tuple(self.of_aws), (), tuple(sorted(self.lists)), "" if self.closed else self.open
        )
        self.source.drafts.append(Draft("authorization-details", "", "", content))


def _owner(arn: str) -> str | None:
    """The account id in an ARN, or "aws" for a policy of AWS's own."""
    fields = arn.split(":", 5)
    if len(fields) != _ARN_FIELDS or fields[0] != "arn":
        return None
    return fields[4] if fields[4] == _AWS or is_account(fields[4]) else None


def _loose_arn(raw: msgspec.Raw | None) -> str:
    """The ARN of an item that does not decode, to blame the right account."""
    try:
        value = msgspec.json.decode(raw or b"null")
    except (msgspec.DecodeError, RecursionError):
        return ""
    arn = value.get("Arn", value.get("arn")) if isinstance(value, dict) else None
    return arn if isinstance(arn, str) else ""


def _no_account(place: str, arn: str) -> Refusal:
    rule = "an ARN with a 12-digit account id, such as arn:aws:iam::111122223333:role/name"
    return Refusal(rule, f"Restore the ARN that AWS printed; the file has {arn[:100]!r}.", place=f"{place}.Arn")
