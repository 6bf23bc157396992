"""Services that decide by rules of their own, one a file, and the list of what AWS refuses whatever policies say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamviz.policy.own_rules import iam, kms, sts
from iamviz.policy.request import Request

_REFUSALS: Mapping[str, Callable[[Request], bool]] = {"iam": iam.is_refused, "kms": kms.is_refused}
_TRUSTING: Mapping[str, Callable[[Request], bool]] = {"sts": sts.needs_trust, "kms": kms.needs_key_policy}


def is_refused(request: Request) -> bool:
    """Whether AWS keeps the resource to itself."""
    refuses = _REFUSALS.get(request.service)
    return refuses is not None and refuses(request)


def needs_resource_policy(request: Request) -> bool:
    """Whether the resource's policy must name the principal or its account, be they of the same account."""
    needs = _TRUSTING.get(request.service)
    return needs is not None and needs(request)
