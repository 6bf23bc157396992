"""The policy documents behind an answer: found in the inventory, laid out, with the lines of their statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from iamviz.inventory.managed import managed_document
from iamviz.inventory.model import Group, InlinePolicy, Inventory, PolicyDocument, Role, User
from iamviz.policy.document import Statement
from iamviz.policy.text import StatementLines, pretty, statement_lines

Holder = User | Role | Group

_AWS_OWNED = ":iam::aws:policy/"


@dataclass(frozen=True, slots=True)
class Applied:
    """A policy and why it applies; `arn` is None for an inline one, `document` None where nobody has it."""

    source: str
    name: str
    arn: str | None
    document: PolicyDocument | None
    group: str | None = None

    @property
    def text(self) -> str:
        return pretty(self.document.text) if self.document else ""

    @property
    def problem(self) -> str | None:
        if self.document is None:
            return (
                f"The document of {self.arn} is not in the snapshot. Collect it with get-account-authorization-details."
            )
        return None if self.document.document else self.document.problem or "The document cannot be read."

    @property
    def statements(self) -> tuple[Statement, ...]:
        document = self.document.document if self.document else None
        return document.statements if document else ()


def find_holder(inventory: Inventory | None, arn: str) -> Holder | None:
    """The user, role or group with that ARN."""
    if inventory is None:
        return None
    everybody: tuple[Holder, ...] = (*inventory.users, *inventory.roles, *inventory.groups)
    return next((holder for holder in everybody if holder.arn == arn), None)


def applied_policies(inventory: Inventory, holder: Holder) -> Iterator[Applied]:
    """Every policy that decides about the holder: trust, its own, its groups', its boundary."""
    if isinstance(holder, Role):
        yield Applied("trust", "Trust policy", None, holder.trust)
    yield from _own(inventory, holder, "inline", "managed", None)
    if isinstance(holder, User):
        names = {name.casefold() for name in holder.groups}
        for group in inventory.groups:
            if group.name.casefold() in names:
                yield from _own(inventory, group, "group-inline", "group-managed", group.arn)
    if not isinstance(holder, Group) and holder.boundary is not None:
        yield _managed(inventory, holder.boundary, "boundary", None)


def _own(inventory: Inventory, holder: Holder, inline: str, managed: str, group: str | None) -> Iterator[Applied]:
    for policy in holder.inline:
        yield Applied(inline, policy.name, None, policy.document, group)
    for arn in dict.fromkeys(holder.attached):
        source = "aws-managed" if managed == "managed" and _AWS_OWNED in arn else managed
        yield _managed(inventory, arn, source, group)


def _managed(inventory: Inventory, arn: str, source: str, group: str | None) -> Applied:
    policy = inventory.policies.get(arn)
    name = policy.name if policy else arn.rpartition("/")[2]
    return Applied(source, name, arn, managed_document(inventory, arn), group)


def inline_named(holder: Holder, name: str) -> InlinePolicy | None:
    return next((policy for policy in holder.inline if policy.name == name), None)


def lines_of(text: str) -> dict[int, StatementLines]:
    """Where each statement stands in a laid out document, by index."""
    return {lines.index: lines for lines in statement_lines(text)}


def statements_of(applied: Applied) -> list[dict[str, Any]]:
    """The statements of a document as the API lists them."""
    where = lines_of(applied.text)
    return [
        {
            "index": statement.index,
            "sid": statement.sid,
            "effect": statement.effect,
            "first_line": where[statement.index].first_line,
            "last_line": where[statement.index].last_line,
        }
        for statement in applied.statements
        if statement.index in where
    ]
