"""Under which circumstances an identity may call: what AWS then fills in, and what the caller may choose."""

from __future__ import annotations

from dataclasses import dataclass

from iamviz.inventory.known_keys import KnownKeys, keys_of_principal, keys_of_resource
from iamviz.inventory.model import Organization, Role, User
from iamviz.policy.actions import covers_action
from iamviz.policy.document import Document

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


@dataclass(frozen=True, slots=True)
class Circumstance:
    """The keys that are known; `in_doubt`: whether the identity can call like this hangs on a missing document."""

    keys: KnownKeys
    in_doubt: bool = False


def circumstances_of(identity: User | Role, account: str, organization: Organization | None) -> list[Circumstance]:
    """One for each kind of credentials that the identity can choose, the plainest first."""
    own = {**keys_of_principal(identity, account, organization), **_DIRECT}
    if isinstance(identity, User):
        return [Circumstance({**own, **_LONG_TERM, **_NO_OTHER_TAGS}), Circumstance({**own, **_NO_OTHER_TAGS})]
    session = {**own, "aws:MultiFactorAuthAge": None}
    found = [Circumstance({**session, **_NO_OTHER_TAGS})]
    if identity.trust.document is None or _takes_tags(identity.trust.document):
        # They also replace the role's own tags.
        found.append(Circumstance(_with_any_tags(session), in_doubt=identity.trust.document is None))
    return found


def _takes_tags(trust: Document) -> bool:
    """Whether the role's sessions may bring tags.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    return any(each.effect == "Allow" and covers_action(each, "sts:TagSession") for each in trust.statements)


def _with_any_tags(keys: KnownKeys) -> KnownKeys:
    return {key: value for key, value in keys.items() if not key.startswith(_TAG)}


def keys_of_role(role: User | Role, account: str, organization: Organization | None) -> KnownKeys:
    """What AWS fills in for the user or role that is wanted: it has no tags but its own."""
    return {
        **keys_of_resource(role, account, organization),
        "aws:ResourceTag/*": None,
        "iam:ResourceTag/*": None,
    }
