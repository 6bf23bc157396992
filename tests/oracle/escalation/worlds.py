"""Organizations made from a seed in which escalation meets every difficulty at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from iamviz.inventory.model import (
    AccessKey,
    Credentials,
    Group,
    InlinePolicy,
    InstanceProfile,
    Inventory,
    ManagedPolicy,
    PolicyDocument,
    PolicyVersion,
    Role,
    User,
)
from iamviz.policy.document import parse_document
from tests.oracle.escalation.guardrails import organization
from tests.oracle.escalation.statements import RUNNERS, Cast, Drawing
from tests.oracle.escalation.workloads import Run, draw_workloads
from tests.oracle.identity_policies import Document, allow, document
from tests.oracle.organizations import World
from tests.oracle.statements import TEAMS, conditioned

ACCOUNTS, USERS, ROLES, GROUPS, POLICIES, BOUNDARIES = 12, 24, 36, 3, 5, 3
FULL = document(allow("*", "*"))
AWS_MANAGED = ("AdministratorAccess", "ReadOnlyAccess", "IAMFullAccess", "NotInAnyBundle")


def make_world(seed: int, *, accounts: int = ACCOUNTS, users: int = USERS, roles: int = ROLES) -> World:
    random = Random(seed)  # noqa: S311  # made-up accounts, not secrets
    numbers = [f"{10**11 + 11 * position}" for position in range(accounts)]
    inventories = tuple(_Making(random, number, users, roles).inventory() for number in numbers)
    casts = [each for inventory in inventories for each in inventory.roles]
    return World(inventories, organization(random, numbers, [each.arn for each in casts]))


class _Making:
    """Makes one account's inventory."""

    def __init__(self, random: Random, account: str, users: int, roles: int) -> None:
        self.random = random
        self.account = account
        one = random.choice
        self.users = [self._arn(f"user/{one(TEAMS)}-{number}") for number in range(users)]
        paths = [one(("/", "/", "/app/")) for _ in range(roles)]
        self.roles = [self._arn(f"role{path}{one(TEAMS)}-{number}") for number, path in enumerate(paths)]
        self.roles[0] = self._arn("role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX")
        self.roles[1] = self._arn("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef")
        self.groups = [self._arn(f"group/group-{number}") for number in range(GROUPS)]
        names = [
            *(f"{one(TEAMS)}-{number}" for number in range(POLICIES)),
            *map("boundary-{}".format, range(BOUNDARIES)),
        ]
        self.policies = [self._arn(f"policy/{name}") for name in names]
        self.run: Run = draw_workloads(random, "aws", account, self.roles)
        cast = Cast(account, self.users, self.roles, self.groups, self.policies, self.run.arns)
        self.draw = Drawing(random, cast)

    def _arn(self, resource: str) -> str:
        return f"arn:aws:iam::{self.account}:{resource}"

    def inventory(self) -> Inventory:
        policies = [self._managed(arn, number < POLICIES) for number, arn in enumerate(self.policies)]
        profiles = [arn for arn in self.roles if self.random.random() < 0.3]
        return Inventory(
            self.account,
            users=tuple(self._user(arn, number) for number, arn in enumerate(self.users)),
            roles=tuple(self._role(arn, number) for number, arn in enumerate(self.roles)),
            groups=tuple(Group(arn, _name(arn), f"AGPA{arn[-1]}", **self._held(0.7)) for arn in self.groups),
            policies={each.arn: each for each in policies},
            instance_profiles=tuple(
                InstanceProfile(self._arn(f"instance-profile/{_name(r)}"), _name(r), (r,)) for r in profiles
            ),
            workloads=self.run.workloads,
            commands=self.run.commands,
        )

    def _user(self, arn: str, number: int) -> User:
        groups = tuple(_name(each) for each in self.groups if self.random.random() < 0.2)
        if self.random.random() < 0.02:
            groups = (*groups, "gone")
        return User(
            arn,
            _name(arn),
            f"AIDA{self.account}U{number:04}",
            groups=groups,
            boundary=self._boundary(),
            tags=self._tags(),
            credentials=self._credentials(),
            **self._held(0.5),
        )

    def _role(self, arn: str, number: int) -> Role:
        path = arn.split(":role", 1)[1].rpartition("/")[0] + "/"
        trust = _read(self._trust(), missing=self.random.random() < 0.03)
        identifier = f"AROA{self.account}R{number:04}"
        limit = None if number < 2 else self._boundary()
        return Role(arn, _name(arn), identifier, trust, path=path, boundary=limit, tags=self._tags(), **self._held(0.5))

    def _trust(self) -> Document:
        statements = []
        for _ in range(self.random.choice((1, 1, 2))):
            statement = {"Effect": "Allow", "Principal": self._principal(), "Action": "sts:AssumeRole"}
            chance = self.random.random()
            if chance < 0.12:
                statement = conditioned(statement, {"StringEquals": {"aws:SourceAccount": self.account}})
            elif chance < 0.25:
                statement = conditioned(statement, self.draw.condition())
            elif chance < 0.35:
                statement["Action"] = ["sts:AssumeRole", "sts:TagSession"]
            statements.append(statement)
        return document(*statements)

    def _principal(self) -> Any:
        one, service = self.random.choice, f"{self.random.choice(RUNNERS)}.amazonaws.com"
        return self.draw.pick(
            {
                lambda: {"Service": service}: 6,
                lambda: {"Service": [service, "lambda.amazonaws.com", "ec2.amazonaws.com"]}: 4,
                lambda: {"AWS": f"arn:aws:iam::{self.account}:root"}: 4,
                lambda: {"AWS": [one(self.users), one(self.roles)]}: 5,
                lambda: {"AWS": one(self.roles), "Service": service}: 3,
                lambda: {"AWS": "arn:aws:iam::100000000000:root"}: 1,
            }
        )

    def _held(self, chance: float) -> dict[str, Any]:
        inline = (InlinePolicy("inline", self._document()),) if self.random.random() < chance else ()
        return {"inline": inline, "attached": tuple(self._attached())}

    def _document(self) -> PolicyDocument:
        return _read(self.draw.policy(), missing=self.random.random() < 0.02)

    def _attached(self) -> Iterator[str]:
        if self.random.random() < 0.35:
            yield self.random.choice(self.policies[:POLICIES])
        if self.random.random() < 0.04:
            yield f"arn:aws:iam::aws:policy/{self.random.choice(AWS_MANAGED)}"
        if self.random.random() < 0.01:
            yield self._arn("policy/gone")

    def _boundary(self) -> str | None:
        if self.random.random() > 0.2:
            return None
        if self.random.random() < 0.07:
            return self._arn("policy/gone")
        return self.random.choice(self.policies[2:])

    def _tags(self) -> dict[str, str]:
        return {"team": self.random.choice(TEAMS)} if self.random.random() < 0.7 else {}

    def _credentials(self) -> Credentials | None:
        if self.random.random() < 0.1:
            return None
        keys = (AccessKey(active=True, last_rotated=datetime(2026, 1, 1, tzinfo=UTC)),) * self.random.choice((0, 1, 2))
        return Credentials(
            password_enabled=self.random.random() < 0.5,
            mfa_active=self.random.choice((True, False, None)),
            keys=keys if self.random.random() < 0.95 else None,
        )

    def _managed(self, arn: str, is_plain: bool) -> ManagedPolicy:  # noqa: FBT001
        document_ = self.draw.policy() if is_plain else self._limit()
        versions = [PolicyVersion("v1", is_default=True, document=_read(document_))]
        for number in range(self.random.choice((0, 0, 1, 4))):
            other = FULL if self.random.random() < 0.4 else self.draw.policy()
            versions.append(PolicyVersion(f"v{number + 2}", is_default=False, document=_read(other)))
        return ManagedPolicy(arn, _name(arn), tuple(versions))

    def _limit(self) -> Document:
        """A boundary: a wall, a fence, or one that keeps off a little."""
        draw = self.draw
        return draw.pick(
            {
                lambda: document(allow(["s3:*", "iam:*"], "*")): 3,
                lambda: document(allow("*", "*"), draw.denying()): 4,
                lambda: document({"Effect": "Allow", "NotAction": "iam:*Boundary", "Resource": "*"}): 2,
                lambda: document(conditioned(allow("*", "*"), draw.condition())): 2,
                lambda: document(allow("*", "*")): 1,
                lambda: document(allow("s3:*", "*")): 1,
            }
        )


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _read(content: Document, *, missing: bool = False) -> PolicyDocument:
    text = json.dumps(content)
    return PolicyDocument(text, None, "planted") if missing else PolicyDocument(text, parse_document(json.loads(text)))
