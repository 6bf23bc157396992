"""The actions that the methods ask for: who is allowed those of none is not looked at."""

from __future__ import annotations

from iamviz.graph.escalation.existing import TAKES
from iamviz.graph.escalation.launches import LAUNCHES
from iamviz.graph.escalation.passing import PASSES
from iamviz.graph.escalation.takeovers import ENTERS, UPDATE_TRUST, WRITES

_OTHERS = (
    "ec2:AssociateIamInstanceProfile",
    "ec2:ReplaceIamInstanceProfileAssociation",
    "eks:AssociateAccessPolicy",
    "eks:CreateAccessEntry",
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachUserPolicy",
    "iam:CreateOpenIDConnectProvider",
    "iam:CreateRole",
    "iam:CreateSAMLProvider",
    "iam:CreateUser",
    "iam:DeactivateMFADevice",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DetachRolePolicy",
    "iam:DetachUserPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
    "iam:PutUserPolicy",
    "iam:RemoveUserFromGroup",
    "iam:SetDefaultPolicyVersion",
    "iam:TagRole",
    "iam:TagUser",
    "iam:UpdateOpenIDConnectProviderThumbprint",
    "iam:UpdateSAMLProvider",
    "s3:PutBucketPolicy",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:CreateAccountAssignment",
    "sso:PutInlinePolicyToPermissionSet",
    "sts:AssumeRoot",
    UPDATE_TRUST,
)

METHODS: tuple[tuple[str, ...], ...] = tuple(
    dict.fromkeys(
        (
            *(each.actions for each in WRITES),
            *(each.actions for each in ENTERS),
            *((PASSES, *each.actions) for each in LAUNCHES),
            *(each.needed for each in TAKES),
            *((action,) for action in _OTHERS),
        )
    )
)
"""Actions that must be allowed together."""

_BESIDE = (
    "iam:AddRoleToInstanceProfile",
    "iam:CreateInstanceProfile",
    "iam:CreateLoginProfile",
    "iam:DeletePolicyVersion",
    "iam:UpdateLoginProfile",
    "s3:GetObject",
    "sso:ProvisionPermissionSet",
    "sts:AssumeRole",
)
"""What is asked beside them."""

RELEVANT: tuple[str, ...] = tuple(dict.fromkeys((*(action for method in METHODS for action in method), *_BESIDE)))
"""Whoever's policies say the same of all of these is treated alike."""
