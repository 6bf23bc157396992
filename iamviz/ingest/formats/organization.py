"""The organization: tree, accounts, and the service and resource control policies, from one object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from iamviz.ingest import normal
from iamviz.ingest.answers import Tag
from iamviz.ingest.contents import (
    AccountContent,
    DelegatedContent,
    GuardrailContent,
    OrganizationContent,
    UnitContent,
)
from iamviz.ingest.dates import DateLog
from iamviz.ingest.json_text import Members, Page
from iamviz.ingest.mending import Shape, first_upper, read_items, read_more, read_object
from iamviz.ingest.source import Draft, Refusal, Source

WORDS = "an organization file (Organization with Roots, OrganizationalUnits, Accounts, Policies, PolicyTargets)"
GUARDRAILS = ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
_KNOWN = {
    "Organization", "Roots", "OrganizationalUnits", "Accounts", "Policies", "PolicyTargets", "EnabledFeatures",
    "DelegatedAdministrators", "OrganizationId", "NextToken", "IsTruncated",
}  # fmt: skip
_DIGITS = 12

S = TypeVar("S", bound=Shape)


class OrganizationItself(Shape):
    id: str
    arn: Any = None
    feature_set: str | None = None
    master_account_arn: Any = None
    master_account_id: str | int | None = None
    master_account_email: Any = None
    available_policy_types: Any = None


class PolicyType(Shape):
    type: str
    status: str | None = None


class Root(Shape):
    id: str
    name: str = "Root"
    arn: Any = None
    policy_types: list[PolicyType] | None = None


class Unit(Shape):
    id: str
    name: str = ""
    parent_id: str | None = None
    arn: Any = None
    path: Any = None


class Account(Shape):
    id: str | int
    name: str | None = None
    email: str | None = None
    status: str | None = None
    state: str | None = None
    parent_id: str | None = None
    paths: list[str] | None = None
    tags: list[Tag] | None = None
    arn: Any = None
    joined_method: Any = None
    joined_timestamp: Any = None


class Summary(Shape):
    id: str
    type: str
    name: str | None = None
    aws_managed: Any = None
    arn: Any = None
    description: Any = None


class Guardrail(Shape):
    policy_summary: Summary
    content: msgspec.Raw = msgspec.Raw(b"")


class Target(Shape):
    policy_id: str
    target_id: str
    arn: Any = None
    name: Any = None
    type: Any = None


class DelegatedService(Shape):
    service_principal: str
    delegation_enabled_date: Any = None


class Delegated(Shape):
    """As list-delegated-administrators prints it, with what list-delegated-services-for-account adds."""

    id: str | int | None = None
    account_id: str | int | None = None
    service_principal: str | None = None
    service_principals: list[str] | None = None
    delegated_services: list[DelegatedService] | None = None
    arn: Any = None
    name: Any = None
    email: Any = None
    status: Any = None
    state: Any = None
    joined_method: Any = None
    joined_timestamp: Any = None
    delegation_enabled_date: Any = None


def recognises(page: Page) -> bool:
    """`Organization`, with or without the rest."""
    return "Organization" in {first_upper(key) for key in page.members}


def read(pages: Iterable[Page], source: Source) -> None:
    """Each object that names an organization."""
    for page in pages:
        _Reader(page, source).read()


class _Reader:
    def __init__(self, page: Page, source: Source) -> None:
        self.members: Members = {first_upper(key): value for key, value in page.members.items()}
        self.place = page.place
        self.source = source
        self.dates = DateLog()
        for key in self.members.keys() - _KNOWN:
            source.unknown_keys.setdefault(key, page.place.removesuffix("."))

    def read(self) -> None:
        if read_more(self.members):
            rule = "the whole answer; NextToken is left, so that accounts or policies are missing"
            raise Refusal(rule, "Collect it again without --max-items.", place=f"{self.place}NextToken")
        itself = read_object(self.members["Organization"], OrganizationItself, f"{self.place}Organization", self.source)
        roots = self._items("Roots", Root)
        units = self._items("OrganizationalUnits", Unit)
        accounts = self._items("Accounts", Account)
        features = self._strings("EnabledFeatures")
        content = OrganizationContent(
            itself.id,
            None if itself.master_account_id is None else self._account_id(itself.master_account_id, "Organization"),
            itself.feature_set,
            None if roots is None else _by_id(UnitContent(each.id, each.name, None) for each in roots),
            None if units is None else _by_id(UnitContent(each.id, each.name, each.parent_id) for each in units),
            None if accounts is None else _by_id(self._account(each) for each in accounts),
            self._guardrails(),
            _enabled_types(roots),
            features,
            self._delegated(),
        )
        self.source.drafts.append(Draft("organization", "", "", content, self.dates.newest))

    def _items(self, name: str, type_: type[S]) -> list[S] | None:
        raw = self.members.get(name)
        if raw is None or bytes(raw).strip() == b"null":
            return None
        found: list[S] = []
        for item in read_items(raw, type_, self.place + name, self.source):
            if item.value is None:
                raise item.refusal or Refusal("an object", "Collect it again.", place=item.place)
            found.append(item.value)
        return found

    def _delegated(self) -> tuple[DelegatedContent, ...] | None:
        """One for each account; the services of all its lines together."""
        listed = self._items("DelegatedAdministrators", Delegated)
        if listed is None:
            return None
        found: dict[str, set[str]] = {}
        for each in listed:
            given = each.id if each.id is not None else each.account_id
            account = self._account_id("" if given is None else given, "DelegatedAdministrators")
            found.setdefault(account, set()).update(_services(each))
        return tuple(DelegatedContent(account, tuple(sorted(found[account])) or None) for account in sorted(found))

    def _strings(self, name: str) -> tuple[str, ...] | None:
        raw = self.members.get(name)
        if raw is None:
            return None
        try:
            return tuple(sorted(msgspec.json.decode(raw, type=list[str])))
        except msgspec.ValidationError as error:
            raise Refusal("a list of strings", "Collect it again.", place=self.place + name) from error

    def _account(self, value: Account) -> AccountContent:
        self.dates.read(value.joined_timestamp, "Accounts")
        account = self._account_id(value.id, "Accounts")
        return AccountContent(
            account,
            normal.text(value.name) or "",
            value.state or value.status,
            value.parent_id or _parent_in(value.paths),
            value.email,
            normal.tags(value.tags),
        )

    def _account_id(self, value: str | int, place: str) -> str:
        text = str(value).zfill(_DIGITS)
        if len(text) != _DIGITS or not (text.isascii() and text.isdigit()):
            raise Refusal(
                "an account id of 12 digits", f"Restore the id; the file has {text[:40]!r}.", place=self.place + place
            )
        if text != value:
            words = f"The account id {text} is written as {value!r}; leading zeros were put back."
            self.source.notices.append(self.source.note("warning", words, place=place, account=text))
        return text

    def _guardrails(self) -> tuple[GuardrailContent, ...] | None:
        policies = self._items("Policies", Guardrail)
        targets = self._items("PolicyTargets", Target)
        if policies is None:
            return None
        attached: dict[str, list[str]] = {}
        for target in targets or ():
            attached.setdefault(target.policy_id, []).append(target.target_id)
        return _by_id(
            GuardrailContent(
                each.policy_summary.id,
                each.policy_summary.name or each.policy_summary.id,
                each.policy_summary.type,
                normal.document(each.content),
                None if targets is None else tuple(sorted(set(attached.get(each.policy_summary.id, ())))),
            )
            for each in policies
        )


def _services(value: Delegated) -> Iterable[str]:
    yield from value.service_principals or ()
    yield from (each.service_principal for each in value.delegated_services or ())
    if value.service_principal:
        yield value.service_principal


def _by_id(values: Iterable[Any]) -> tuple[Any, ...]:
    found: dict[str, Any] = {}
    for value in values:
        found.setdefault(value.id, value)
    return tuple(found[key] for key in sorted(found))


def _enabled_types(roots: list[Root] | None) -> tuple[str, ...] | None:
    if roots is None or any(root.policy_types is None for root in roots):
        return None
    return tuple(sorted({each.type for root in roots for each in root.policy_types or () if each.status == "ENABLED"}))


def _parent_in(paths: list[str] | None) -> str | None:
    """The last root or unit of a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/111122223333/."""
    steps = [step for step in (paths or [""])[0].split("/") if step.startswith(("r-", "ou-"))]
    return steps[-1] if steps else None
