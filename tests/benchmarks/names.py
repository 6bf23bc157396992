"""Names, account ids and unique ids of a generated organization: all of them follow from seed and position."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

_WORDS = (
    "orders",
    "billing",
    "search",
    "media",
    "edge",
    "ledger",
    "risk",
    "mobile",
    "reports",
    "ingest",
    "auth",
    "mail",
)
_USES = ("api", "worker", "deploy", "reader", "batch", "admin", "build", "export")

MANAGEMENT, SECURITY, SHARED = 0, 1, 2
"""Positions of the accounts that every other one knows: hubs are in them."""

PERMISSION_SETS = ("AdministratorAccess", "PowerUser", "ReadOnly", "Billing", "Support", "DataScience")
SERVICE_LINKED = (
    "support",
    "trustedadvisor",
    "organizations",
    "sso",
    "ecs",
    "autoscaling",
    "rds",
    "elasticloadbalancing",
)
LANDING_ZONE = ("lz-audit", "lz-break-glass", "lz-config-recorder", "lz-deploy", "lz-log-reader", "lz-network-reader")
ORGANIZATION_ACCESS = "OrganizationAccountAccessRole"
HUB = "ci-runner"
"""The role of the shared account that may assume every lz-deploy."""


def unique_id(prefix: str, text: str) -> str:
    return prefix + base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:17]


class Names:
    """What exists where, known before any file is written: trusts point at identities of other accounts.

    `identities` are the users and roles of each account, a fifth of them users; groups come on top.
    """

    def __init__(self, accounts: int, identities: int, *, seed: int) -> None:
        self.identities = identities
        self.organization = "o-bench00001"
        self.accounts = [self._account_id(seed, position) for position in range(accounts)]
        users = round(identities * 0.2)
        self.people = tuple(f"person-{number:04}" for number in range(users))
        self.groups = tuple(f"group-{number:03}" for number in range(max(1, round(identities * 0.05))))
        repeated = len(PERMISSION_SETS) + len(SERVICE_LINKED) + len(LANDING_ZONE) + 2
        self.workloads = tuple(_role_name(number) for number in range(max(1, identities - users - repeated)))
        """Roles of the account's own; HUB and ORGANIZATION_ACCESS and the other repeated ones come on top."""

    @staticmethod
    def _account_id(seed: int, position: int) -> str:
        """Positions make it unique, the seed makes it look made up."""
        digest = int.from_bytes(hashlib.sha256(f"{seed}".encode()).digest()[:4]) % 900
        return f"{digest + 100}{(position * 7_654_321 + 123_456_789) % 10**9:09}"

    def role(self, position: int, name: str) -> str:
        return f"arn:aws:iam::{self.accounts[position % len(self.accounts)]}:role/{name}"


@cache
def _role_name(number: int) -> str:
    word, use = _WORDS[number % len(_WORDS)], _USES[number // len(_WORDS) % len(_USES)]
    return f"{word}-{use}-{number:04}"
