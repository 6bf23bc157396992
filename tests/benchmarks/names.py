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


def unique_id(prefix: str, text: str) -> str:
    return prefix + base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:17]


class Names:
    """What exists where, known before any file is written: trusts point at identities of other accounts."""

    def __init__(self, accounts: int, identities: int, *, seed: int) -> None:
        self.identities = identities
        self.organization = "o-bench00001"
        self.accounts = [self._account_id(seed, position) for position in range(accounts)]
        users, groups = round(identities * 0.2), max(1, round(identities * 0.05))
        self._people = tuple(f"person-{number:04}" for number in range(users))
        self._groups = tuple(f"group-{number:03}" for number in range(groups))
        self._roles = tuple(_role_name(number) for number in range(max(1, identities - users - groups)))

    @staticmethod
    def _account_id(seed: int, position: int) -> str:
        """Positions make it unique, the seed makes it look made up."""
        digest = int.from_bytes(hashlib.sha256(f"{seed}".encode()).digest()[:4]) % 900
        return f"{digest + 100}{(position * 7_654_321 + 123_456_789) % 10**9:09}"

    def of(self, position: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Users, groups and roles of the account at that position: the same names everywhere, as landing zones do."""
        assert 0 <= position < len(self.accounts)
        return self._people, self._groups, self._roles


@cache
def _role_name(number: int) -> str:
    word, use = _WORDS[number % len(_WORDS)], _USES[number // len(_WORDS) % len(_USES)]
    return f"{word}-{use}-{number:04}"
