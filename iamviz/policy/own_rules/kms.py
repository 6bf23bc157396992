"""KMS: a key's policy decides whether policies of identities count at all.

https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
"""

from __future__ import annotations

import re

from iamviz.policy.request import Request

_KEY = re.compile(r"arn:[^:]+:kms:[^:]*:[^:]*:key/.*", re.DOTALL)
_AWS_ALIAS = re.compile(r"arn:[^:]+:kms:[^:]*:[^:]*:alias/aws/.*", re.DOTALL)
_ALIAS_WRITES = frozenset({"kms:createalias", "kms:deletealias", "kms:updatealias"})
_BEYOND_RCP = "kms:retiregrant"
"""Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"""


def needs_key_policy(request: Request) -> bool:
    """Whether the key's policy must name the principal or its account."""
    return request.service == "kms" and _KEY.fullmatch(request.resource) is not None


def is_refused(request: Request) -> bool:
    """Whether the request would change an alias that AWS keeps."""
    return request.verb.name in _ALIAS_WRITES and _AWS_ALIAS.fullmatch(request.resource) is not None


def is_beyond_rcp(request: Request) -> bool:
    """Whether no resource control policy restricts it."""
    return request.verb.name == _BEYOND_RCP
