"""IAM's own restrictions: AWS's managed policies and the roles of Identity Center are AWS's to change."""

from __future__ import annotations

import re

from iamviz.policy.request import Request

_AWS_POLICY = re.compile(r"arn:[^:]+:iam::aws:policy/.*", re.DOTALL)
_RESERVED_ROLE = re.compile(r"arn:[^:]+:iam::[^:]*:role/aws-reserved/.*", re.DOTALL)
_ROLE = re.compile(r"arn:[^:]+:iam::[^:]*:role/.*", re.DOTALL)

_POLICY_WRITES = frozenset(
    {
        "iam:createpolicy",
        "iam:createpolicyversion",
        "iam:deletepolicy",
        "iam:deletepolicyversion",
        "iam:setdefaultpolicyversion",
        "iam:tagpolicy",
        "iam:untagpolicy",
    }
)
_ROLE_WRITES = frozenset(
    {
        "iam:attachrolepolicy",
        "iam:createrole",
        "iam:createservicelinkedrole",
        "iam:deleterole",
        "iam:deleterolepermissionsboundary",
        "iam:deleterolepolicy",
        "iam:deleteservicelinkedrole",
        "iam:detachrolepolicy",
        "iam:passrole",
        "iam:putrolepermissionsboundary",
        "iam:putrolepolicy",
        "iam:tagrole",
        "iam:untagrole",
        "iam:updateassumerolepolicy",
        "iam:updaterole",
        "iam:updateroledescription",
    }
)
"""Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html"""


def is_refused(request: Request) -> bool:
    """Whether the request would change what only AWS may change."""
    action = request.verb.name
    if action in _POLICY_WRITES:
        return _AWS_POLICY.fullmatch(request.resource) is not None
    return action in _ROLE_WRITES and _RESERVED_ROLE.fullmatch(request.resource) is not None


def ignores_resource_policy(request: Request) -> bool:
    """Whether the policy of the resource is none for this action: a trust policy speaks of assuming the role only."""
    return request.service == "iam" and _ROLE.fullmatch(request.resource) is not None
