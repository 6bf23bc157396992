"""The trust side of an edge: which statements of a role's trust policy let whom in, and which refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from iamviz.graph.model import Node
from iamviz.graph.world import TrustingRole
from iamviz.policy.actions import covers_action
from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import ALWAYS, Condition, Expression, Test
from iamviz.policy.principal import CALLER_SESSION

ASSUME_ROLE = "sts:AssumeRole"

Level = Literal["named", "account", "anyone"]

UNIQUE_ID_PREFIXES = ("AIDA", "AROA")
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""


@dataclass(frozen=True, slots=True)
class Scope:
    """How widely one AWS principal reaches: one principal (`value` its ARN or id), an account, or anyone.

    `partition` is empty where the principal does not tell: a bare account id means the role's own.
    """

    level: Level
    value: str = ""
    partition: str = ""

    def is_account(self, account: str, partition: str) -> bool:
        return self.level == "account" and self.value == account and self.partition in {"", partition}


ANYONE = Scope("anyone")


def scope_of(entry: PrincipalEntry) -> Scope | None:
    """The scope of an AWS principal; None for a service, a provider or a canonical user."""
    if entry.value == "*" and entry.kind in {"AWS", "*"}:
        return ANYONE
    if entry.kind != "AWS":
        return None
    if is_account(entry.value):
        return Scope("account", entry.value)
    arn = parse_arn(entry.value)
    if arn is not None and arn.service == "iam" and arn.resource == "root":
        return Scope("account", arn.account, arn.partition)
    return Scope("named", entry.value, arn.partition if arn else "")


def provider_node(value: str) -> Node:
    """The provider that a Federated principal names: an ARN, or the host of a built-in web identity provider."""
    arn = parse_arn(value)
    if arn is None or "/" not in arn.resource:
        return Node(f"web:{value}", "web-identity", value)
    kind, name = arn.resource.split("/", 1)
    return Node(value, "saml-provider" if kind == "saml-provider" else "oidc-provider", name, arn.account)


def session_test(value: str) -> Expression:
    """The test of the session name that a principal's ARN implies; ALWAYS for one that names no session."""
    arn = parse_arn(value)
    if arn is None or arn.service != "sts" or arn.kind != "assumed-role":
        return ALWAYS
    return Test(Condition("StringEquals", CALLER_SESSION, (arn.resource.split("/", 2)[-1],)))


def scopes(statement: Statement) -> Iterator[Scope]:
    """The AWS principals of a statement. Allow with NotPrincipal lets in everyone but those listed."""
    if statement.not_principals is not None:
        yield ANYONE
    for entry in statement.principals or ():
        scope = scope_of(entry)
        if scope is not None:
            yield scope


def entries(found: Iterable[Statement]) -> Iterator[PrincipalEntry]:
    """Every principal that the statements name, for good or ill."""
    for statement in found:
        yield from statement.principals or ()
        yield from statement.not_principals or ()


def statements(trusting: TrustingRole, effect: str, action: str = ASSUME_ROLE) -> Iterator[Statement]:
    """The statements of the trust policy with that effect that cover the action."""
    for statement in trusting.statements:
        if statement.effect == effect and covers_action(statement, action):
            yield statement


def trusted_services(trusting: TrustingRole) -> list[str]:
    """The services that an Allow of the role's trust policy names, each once."""
    entries = (entry for statement in statements(trusting, "Allow") for entry in statement.principals or ())
    return list(dict.fromkeys(entry.value for entry in entries if entry.kind == "Service"))


def admits_service(trusting: TrustingRole, service: str, action: str) -> bool:
    """Whether an Allow of the role's trust policy names the service for the action, whatever its conditions."""
    entries = (entry for statement in statements(trusting, "Allow", action) for entry in statement.principals or ())
    return any(entry.kind == "Service" and entry.value == service for entry in entries)
