"""Services that decide by rules of their own, one a file, and the list of what AWS refuses whatever policies say."""

from __future__ import annotations

from collections.abc import Callable

from iamviz.policy.own_rules import iam, kms
from iamviz.policy.request import Request

REFUSALS: tuple[Callable[[Request], bool], ...] = (iam.is_refused, kms.is_refused)


def is_refused(request: Request) -> bool:
    """Whether AWS keeps the resource to itself."""
    return any(refuses(request) for refuses in REFUSALS)
