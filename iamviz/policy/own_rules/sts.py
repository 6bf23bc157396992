"""STS: a role's trust policy must allow, calls with a token are not signed, and who asks for itself is answered.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
"""

from __future__ import annotations

import re

from iamviz.policy.request import Request, is_service_linked_role

_ROLE = re.compile(r"arn:[^:]+:iam::[^:]*:role/.*", re.DOTALL)
_ASSUME_ROOT = "sts:assumeroot"
_CALLER_IDENTITY = "sts:getcalleridentity"
_UNSIGNED = frozenset({"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"})
_WITH_ASSUMING = frozenset({"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
"""Permissions that a call of AssumeRole needs where it passes such things: the trust must give them too."""


def is_always_allowed(request: Request) -> bool:
    """Whether nothing can deny it."""
    return request.verb.name == _CALLER_IDENTITY and request.principal.kind != "anonymous"


def needs_trust(request: Request) -> bool:
    """Whether the role's trust policy must name the principal or its account."""
    action = request.verb.name
    assumes = action.startswith("sts:assume") or action in _WITH_ASSUMING
    return assumes and not is_for_root(request) and _ROLE.fullmatch(request.resource) is not None


def is_for_root(request: Request) -> bool:
    """Whether a root user of a member account is asked for: it has no trust policy, and its account no say.

    That the caller's account administers the organization's root users is no matter of policies.
    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
    """
    return request.verb.name == _ASSUME_ROOT


def is_unsigned(request: Request) -> bool:
    """Whether nobody's policies but the role's trust can speak: the caller brings a token in place of a signature."""
    return request.verb.name in _UNSIGNED


def is_refused_to_root(request: Request) -> bool:
    """Whether it is the root user, to whom no role is given."""
    return request.principal.kind == "root" and request.verb.name == "sts:assumerole"


def is_beyond_rcp(request: Request) -> bool:
    """Whether the role is a service-linked one: no resource control policy restricts who assumes it."""
    return needs_trust(request) and is_service_linked_role(request.resource)
