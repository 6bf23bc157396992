"""The documents of the managed policies that AWS owns, for snapshots that name one without its document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from iamviz.policy.catalogue.files import MANAGED, ManagedPolicies, Source, read_shipped

_OWNED_BY_AWS = re.compile(r"arn:(?P<partition>aws[a-z-]*):iam::aws:policy/(?P<name>.+)")


def managed_policies_source() -> Source:
    """Where the documents were taken from, and when."""
    return _bundle().source


def managed_policy(arn: str) -> dict[str, Any] | None:
    """The document of AWS's policy with that ARN, in any partition; None where the bundle has no such policy.

    AWS writes the partition out in its own documents: they name the one that was asked for.
    """
    match = _OWNED_BY_AWS.fullmatch(arn)
    packed = _bundle().policies.get(match["name"]) if match else None
    if match is None or packed is None:
        return None
    text = bytes(packed).replace(b'"arn:aws:', f'"arn:{match["partition"]}:'.encode())
    document: dict[str, Any] = msgspec.json.decode(text)
    return document


@cache
def _bundle() -> ManagedPolicies:
    return read_shipped(MANAGED, ManagedPolicies)
