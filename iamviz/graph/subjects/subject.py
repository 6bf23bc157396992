"""Who signs in through an identity provider, as a person recognises it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Width = Literal["one", "some", "tenant", "anyone"]
"""Whom it stands for: one subject, some of a tenant's, a whole tenant (organization, cluster), whoever asks."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a claim of the token: `key` is its condition key, `pattern` a text or an IAM pattern."""

    key: str
    pattern: str
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever has these claims. `pattern` names it among the subjects of one provider."""

    pattern: str
    label: str
    width: Width
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """An OIDC issuer without its scheme, `host[/path]`; `name` is what its owner calls it, where that is known."""

    url: str
    name: str = ""

    @property
    def host(self) -> str:
        return self.url.partition("/")[0]

    @property
    def path(self) -> str:
        return self.url.partition("/")[2]

    def key(self, claim: str) -> str:
        """The condition key of a claim."""
        return f"{self.url}:{claim}"


class Words(NamedTuple):
    """What a subject pattern says."""

    label: str
    width: Width


Reader = Callable[[str, Provider], Words | None]
"""Reads the subject patterns of one platform; None where the pattern is not of its grammar."""
