"""The condition keys of a request that a snapshot tells: of the principal, of its organization, of the resource."""

from __future__ import annotations

from collections.abc import Mapping

from iamviz.inventory.guardrails import place_of
from iamviz.inventory.model import Organization, Role, User

KnownKeys = Mapping[str, str | tuple[str, ...] | None]
"""By key as AWS spells it; a tuple where the key holds a list, None where the key is known to be absent."""


def keys_of_principal(
    identity: User | Role, account: str, organization: Organization | None, session: str | None = None
) -> KnownKeys:
    """What AWS fills in for whoever calls; `session` is the name of the role's session, where one is meant.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    keys: dict[str, str | tuple[str, ...] | None] = {
        "aws:PrincipalArn": identity.arn,
        "aws:PrincipalAccount": account,
        "aws:PrincipalIsAWSService": "false",
        **keys_of_account(account, organization),
    }
    if isinstance(identity, User):
        keys |= {"aws:PrincipalType": "User", "aws:username": identity.name, "aws:userid": identity.user_id}
    else:
        # Whoever has assumed a role has left his MFA behind, whatever he signed in with.
        keys |= {"aws:PrincipalType": "AssumedRole", "aws:username": None, "aws:MultiFactorAuthPresent": "false"}
        if session is not None:
            keys["aws:userid"] = f"{identity.role_id}:{session}"
    return keys | {f"aws:PrincipalTag/{name}": value for name, value in identity.tags.items()}


def keys_of_account(account: str, organization: Organization | None) -> KnownKeys:
    """What AWS fills in of the organization of whoever calls from an account."""
    if organization is None:
        return {}
    if not any(each.id == account for each in organization.accounts):
        # Nothing is known where the list of accounts was not collected.
        return {"aws:PrincipalOrgID": None, "aws:PrincipalOrgPaths": None} if organization.accounts else {}
    place = place_of(organization, account)
    keys: dict[str, str | tuple[str, ...] | None] = {"aws:PrincipalOrgID": organization.id}
    if place is not None:
        path = "/".join([organization.id, *(target for target, _ in place[:-1]), ""])
        keys["aws:PrincipalOrgPaths"] = (path,)
    return keys


def keys_of_resource(resource: User | Role | None, account: str, organization: Organization | None) -> KnownKeys:
    """What AWS fills in for the resource; its tags, where it is a user or a role of the snapshot."""
    keys: dict[str, str | tuple[str, ...] | None] = {}
    if account:
        keys["aws:ResourceAccount"] = account
    if organization is not None and any(each.id == account for each in organization.accounts):
        keys["aws:ResourceOrgID"] = organization.id
    if resource is not None:
        for name, value in resource.tags.items():
            keys |= {f"aws:ResourceTag/{name}": value, f"iam:ResourceTag/{name}": value}
    return keys
