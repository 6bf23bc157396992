"""S3: what makes a bucket policy public, whom RestrictPublicBuckets then keeps out, and which tags count.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_network

from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.conditions import Context
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import Condition
from iamviz.policy.layers import Layer, Settings
from iamviz.policy.operators import parse_operator
from iamviz.policy.request import Request

_BUCKET = re.compile(r"arn:[^:]+:s3:::.*", re.DOTALL)
_TAG_KEYS = ("aws:resourcetag/", "s3:buckettag/")
_EVERYONE = PrincipalEntry("AWS", "*")
_POSITIVE = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "IpAddress"})
_WIDEST = {4: 8, 6: 32}
"""The prefix length of address blocks: shorter ones are as good as the whole Internet."""


def is_on_bucket(request: Request) -> bool:
    """Whether a bucket or an object of it is asked for."""
    return request.service == "s3" and _BUCKET.fullmatch(request.resource) is not None


def context_without_tags(request: Request, settings: Settings) -> Context:
    """The request's context: the tags of a bucket are no keys of it, unless the bucket has ABAC enabled."""
    context = request.context
    if settings.s3_bucket_abac or (context.complete and not _has_tags(context)) or not is_on_bucket(request):
        return context
    kept = {key: found for key, found in context.values.items() if not key.startswith(_TAG_KEYS)}
    absent = {} if context.complete else {f"{family}*": None for family in _TAG_KEYS}
    return replace(context, values={**kept, **absent})


def _has_tags(context: Context) -> bool:
    return bool(context.values) and any(key.startswith(_TAG_KEYS) for key in context.values)


def keeps_out(request: Request, policy: Layer | None, settings: Settings) -> bool:
    """Whether RestrictPublicBuckets denies it: somebody from outside, and the bucket's policy as a whole is public."""
    if not settings.s3_block_public_access or policy is None or request.service != "s3":
        return False
    if request.principal.kind == "service" or request.is_same_account:
        return False
    statements = (
        statement
        for each in policy.policies
        if each.compiled is not None
        for statement in each.compiled.document.statements
    )
    return any(map(_is_public, statements))


def _is_public(statement: Statement) -> bool:
    if statement.effect != "Allow":
        return False
    everyone = statement.not_principals is not None or _EVERYONE in (statement.principals or ())
    return everyone and not any(map(_narrows, statement.conditions))


def _narrows(condition: Condition) -> bool:
    """Whether the condition lets in only whoever has a fixed value."""
    operator = parse_operator(condition.operator)
    is_fixed = _FIXED.get(condition.key.lower())
    if operator is None or is_fixed is None or operator.if_exists or operator.set_prefix == "ForAllValues":
        return False
    return operator.name in _POSITIVE and bool(condition.values) and all(map(is_fixed, condition.values))


def _has_no_wildcard(value: str) -> bool:
    return not any(sign in value for sign in ("*", "?", "${"))


def _names_account(value: str) -> bool:
    """An ARN of a fixed account, or one without any wildcard."""
    arn = parse_arn(value)
    return arn is not None and (is_account(arn.account) or _has_no_wildcard(value))


def _has_fixed_head(value: str) -> bool:
    """A unique id, whatever the session's name: `AROA…:*`."""
    head = value.partition(":")[0]
    return bool(head) and _has_no_wildcard(head)


def _is_organization_path(value: str) -> bool:
    head = value.partition("/")[0]
    return head.startswith("o-") and _has_no_wildcard(head)


def _is_narrow_block(value: str) -> bool:
    try:
        block = ip_network(value, strict=False)
    except ValueError:
        return False
    return block.prefixlen >= _WIDEST[block.version]


_FIXED: Mapping[str, Callable[[str], bool]] = {
    "aws:principalarn": _names_account,
    "aws:principalaccount": _has_no_wildcard,
    "aws:principalorgid": _has_no_wildcard,
    "aws:principalorgpaths": _is_organization_path,
    "aws:principalservicename": _has_no_wildcard,
    "aws:principalservicenameslist": _has_no_wildcard,
    "aws:userid": _has_fixed_head,
    "aws:sourcevpc": _has_no_wildcard,
    "aws:sourcevpce": _has_no_wildcard,
    "aws:sourcevpcarn": _names_account,
    "aws:sourcearn": _names_account,
    "aws:sourceaccount": _has_no_wildcard,
    "aws:sourceowner": _has_no_wildcard,
    "aws:sourceorgid": _has_no_wildcard,
    "aws:sourceorgpaths": _is_organization_path,
    "aws:vpceaccount": _has_no_wildcard,
    "aws:vpceorgid": _has_no_wildcard,
    "aws:vpceorgpaths": _is_organization_path,
    "aws:sourceip": _is_narrow_block,
    "s3:dataaccesspointaccount": _has_no_wildcard,
    "s3:dataaccesspointarn": _names_account,
}
"""Condition keys that narrow a wildcard principal, and whether a value of theirs is fixed."""
