"""Organizations of a dozen accounts, made from a seed so that they hold every difficulty at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from iamviz.inventory.model import (
    Group,
    InlinePolicy,
    Inventory,
    ManagedPolicy,
    Organization,
    PolicyDocument,
    PolicyVersion,
    Role,
    User,
)
from iamviz.policy.document import parse_document
from tests.oracle.guardrails import UNITS, organization
from tests.oracle.identity_policies import Document, boundary, identity_policy
from tests.oracle.statements import TEAMS, Drawing, Names
from tests.oracle.trusts import trust_policy

ACCOUNTS, USERS, ROLES, POLICIES = 12, 24, 36, 6
AWS_MANAGED = ("PowerUserAccess", "ReadOnlyAccess", "AdministratorAccess", "NotInAnyBundle")


@dataclass(frozen=True, slots=True)
class World:
    inventories: tuple[Inventory, ...]
    organization: Organization | None


def make_world(seed: int, *, accounts: int = ACCOUNTS, users: int = USERS, roles: int = ROLES) -> World:
    random = Random(seed)  # noqa: S311  # made-up accounts, not secrets
    plans = [_Plan(random, position, users, roles) for position in range(accounts)]
    names = Names(
        [plan.account for plan in plans],
        [arn for plan in plans for arn in plan.users],
        [arn for plan in plans for arn in plan.roles],
        UNITS,
    )
    draw = Drawing(random, names)
    inventories = tuple(_Making(plan, draw).inventory() for plan in plans)
    return World(inventories, organization(draw))


class _Plan:
    """Who is in an account: the last but one is in another partition, and no account is in two."""

    def __init__(self, random: Random, position: int, users: int, roles: int) -> None:
        self.position = position
        self.account = f"{10**11 + 11 * position}"
        self.partition = "aws-us-gov" if position == 10 else "aws"  # one of a dozen
        self.users = [self._arn(f"user/user-{number}") for number in range(users)]
        paths = [random.choice(("/", "/", "/app/", "/app/web/")) for _ in range(roles)]
        self.roles = [self._arn(f"role{path}{_name(random, number)}") for number, path in enumerate(paths)]
        self.roles[0] = self._arn("role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX")

    def _arn(self, resource: str) -> str:
        return f"arn:{self.partition}:iam::{self.account}:{resource}"


def _name(random: Random, number: int) -> str:
    return f"{random.choice(TEAMS)}-{number}"


class _Making:
    """Makes one account's inventory."""

    def __init__(self, plan: _Plan, draw: Drawing) -> None:
        self.plan = plan
        self.draw = draw
        self.random = draw.random

    def inventory(self) -> Inventory:
        plan = self.plan
        policies = [self._managed(f"policy-{number}", identity_policy(self.draw)) for number in range(POLICIES)]
        boundaries = [self._managed(f"boundary-{number}", boundary(self.draw)) for number in range(POLICIES)]
        users = tuple(self._user(arn, number) for number, arn in enumerate(plan.users))
        roles = tuple(self._role(arn, number) for number, arn in enumerate(plan.roles))
        groups = tuple(self._group(f"group-{number}") for number in range(3))
        held = {each.arn: each for each in (*policies, *boundaries)}
        return Inventory(plan.account, plan.partition, users=users, groups=groups, roles=roles, policies=held)

    def _user(self, arn: str, number: int) -> User:
        groups = [f"group-{each}" for each in range(3) if self.random.random() < 0.2]
        if self.random.random() < 0.02:
            groups.append("gone")
        return User(
            arn,
            arn.rpartition("/")[2],
            f"AIDA{self.plan.account}U{number:04}",
            groups=tuple(groups),
            inline=tuple(self._inline(0.5)),
            attached=tuple(self._attached()),
            boundary=self._boundary(),
            tags=self._tags(),
        )

    def _role(self, arn: str, number: int) -> Role:
        path, _, name = arn.split(":", 5)[5].removeprefix("role").rpartition("/")
        return Role(
            arn,
            name,
            f"AROA{self.plan.account}R{number:04}",
            _read(trust_policy(self.draw, self.plan.account), missing=self.random.random() < 0.02),
            path=f"{path}/",
            inline=tuple(self._inline(0.6)),
            attached=tuple(self._attached()),
            boundary=self._boundary(),
            tags=self._tags(),
        )

    def _group(self, name: str) -> Group:
        arn = f"arn:{self.plan.partition}:iam::{self.plan.account}:group/{name}"
        inline, attached = tuple(self._inline(0.5)), tuple(self._attached())
        return Group(arn, name, f"AGPA{self.plan.account}{name}", inline=inline, attached=attached)

    def _inline(self, chance: float) -> Iterator[InlinePolicy]:
        if self.random.random() < chance:
            yield InlinePolicy("inline", _read(identity_policy(self.draw), missing=self.random.random() < 0.02))

    def _attached(self) -> Iterator[str]:
        if self.random.random() < 0.3:
            yield self._policy_arn(f"policy-{self.random.randrange(POLICIES)}")
        if self.random.random() < 0.05:
            yield f"arn:{self.plan.partition}:iam::aws:policy/{self.random.choice(AWS_MANAGED)}"
        if self.random.random() < 0.02:
            yield self._policy_arn("gone")

    def _boundary(self) -> str | None:
        if self.random.random() > 0.15:
            return None
        return self._policy_arn(f"boundary-{self.random.randrange(POLICIES)}" if self.random.random() < 0.9 else "gone")

    def _tags(self) -> dict[str, str]:
        return {"team": self.random.choice(TEAMS)} if self.random.random() < 0.7 else {}

    def _managed(self, name: str, document: Document) -> ManagedPolicy:
        versions = (PolicyVersion("v1", is_default=True, document=_read(document)),)
        return ManagedPolicy(self._policy_arn(name), name, versions)

    def _policy_arn(self, name: str) -> str:
        return f"arn:{self.plan.partition}:iam::{self.plan.account}:policy/{name}"


def _read(document: dict[str, Any], *, missing: bool = False) -> PolicyDocument:
    text = json.dumps(document)
    return PolicyDocument(text, None, "planted") if missing else PolicyDocument(text, parse_document(document))
