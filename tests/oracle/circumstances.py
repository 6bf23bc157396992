"""Under which circumstances an identity may call: what AWS then fills in, and what the caller may choose."""

from __future__ import annotations

from collections.abc import Mapping

from iamviz.inventory.known_keys import KnownKeys, keys_of_principal, keys_of_resource
from iamviz.inventory.model import Organization, Role, User
from iamviz.policy.actions import covers_action

_DIRECT: KnownKeys = {
    "aws:CalledVia": None,
    "aws:CalledViaFirst": None,
    "aws:CalledViaLast": None,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalServiceName": None,
    "aws:PrincipalServiceNamesList": None,
    "aws:SourceAccount": None,
    "aws:SourceArn": None,
    "aws:SourceOrgID": None,
    "aws:SourceOrgPaths": None,
    "aws:ViaAWSService": "false",
}
"""Of a call that no service makes for somebody.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
_LONG_TERM: KnownKeys = {
    "aws:MultiFactorAuthAge": None,
    "aws:MultiFactorAuthPresent": None,
    "aws:TokenIssueTime": None,
}
"""Of access keys that are not temporary."""
_NO_OTHER_TAGS: KnownKeys = {"aws:PrincipalTag/*": None}
_TAG = "aws:PrincipalTag/"


def circumstances_of(identity: User | Role, account: str, organization: Organization | None) -> tuple[KnownKeys, ...]:
    """The keys that are known, for each kind of credentials that the identity can choose; the plainest first."""
    own = {**keys_of_principal(identity, account, organization), **_DIRECT}
    if isinstance(identity, User):
        return {**own, **_LONG_TERM, **_NO_OTHER_TAGS}, {**own, **_NO_OTHER_TAGS}
    session = {**own, "aws:MultiFactorAuthAge": None}
    bare = {**session, **_NO_OTHER_TAGS}
    return (bare, _with_any_tags(session)) if takes_tags(identity) else (bare,)


def takes_tags(role: Role) -> bool:
    """Whether its sessions may bring tags of their own, that also replace the role's.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    document = role.trust.document
    statements = document.statements if document else ()
    return any(each.effect == "Allow" and covers_action(each, "sts:TagSession") for each in statements)


def _with_any_tags(keys: KnownKeys) -> KnownKeys:
    return {key: value for key, value in keys.items() if not key.startswith(_TAG)}


def keys_of_role(
    role: Role, account: str, organization: Organization | None
) -> Mapping[str, str | tuple[str, ...] | None]:
    """What AWS fills in for the role that is wanted: it has no tags but its own."""
    return {
        **keys_of_resource(role, account, organization),
        "aws:ResourceTag/*": None,
        "iam:ResourceTag/*": None,
    }
