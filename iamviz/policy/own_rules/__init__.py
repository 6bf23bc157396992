"""Services that decide by rules of their own, one a file, and the list of what AWS refuses whatever policies say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamviz.policy.own_rules import iam, kms
from iamviz.policy.request import Request

REFUSALS: Mapping[str, Callable[[Request], bool]] = {"iam": iam.is_refused, "kms": kms.is_refused}


def is_refused(request: Request) -> bool:
    """Whether AWS keeps the resource to itself."""
    refuses = REFUSALS.get(request.service)
    return refuses is not None and refuses(request)
