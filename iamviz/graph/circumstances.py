"""What is known of a call beyond who calls: the condition keys that follow from caller, role and organization."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iamviz.graph.world import Identity, World
from iamviz.inventory.known_keys import KnownKeys, keys_of_account, keys_of_principal, keys_of_resource
from iamviz.inventory.model import Role, User
from iamviz.policy.actions import covers_action
from iamviz.policy.arn import parse_arn
from iamviz.policy.conditions import Context, context_of
from iamviz.policy.expression import ALWAYS, Expression, Missing
from iamviz.policy.variables import EVERY_OTHER_TAG

TAG_SESSION = "sts:TagSession"
WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"
_TAG = "aws:PrincipalTag/"

DIRECT: KnownKeys = {
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
    "aws:SourceOwner": None,
    "aws:ViaAWSService": "false",
}
"""Of a call that nobody makes on the caller's behalf.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

LONG_TERM = context_of(
    {"aws:MultiFactorAuthPresent": None, "aws:MultiFactorAuthAge": None, "aws:TokenIssueTime": None}, complete=False
)
"""What a user's access keys bring, and the user is free to call with them.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
"""

_UNSIGNED: KnownKeys = {
    **DIRECT,
    "aws:PrincipalAccount": None,
    "aws:PrincipalArn": None,
    "aws:PrincipalOrgID": None,
    "aws:PrincipalOrgPaths": None,
    EVERY_OTHER_TAG: None,
    "aws:userid": None,
    "aws:username": None,
    "aws:MultiFactorAuthPresent": None,
    "aws:MultiFactorAuthAge": None,
    "aws:TokenIssueTime": None,
    "aws:SourceIdentity": None,
    "sts:ExternalId": None,
}
"""Of a call with a token: there is no principal yet, it brings no credentials of AWS, and takes no ExternalId.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

_OF_USERS: KnownKeys = {"aws:FederatedProvider": None, "aws:SourceIdentity": None}
"""Only sessions of roles have them.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
_OF_SESSIONS: KnownKeys = {"aws:MultiFactorAuthAge": None}


_TAGGED_SERVICES = ("rolesanywhere.amazonaws.com",)
"""Services that call with tags of the principal: what a certificate says.

Source: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""


_NOT_OF_SERVICES = ("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:username", "aws:MultiFactorAuthAge")
_OF_ROLES = frozenset({"role", "assumed-role"})


class Circumstances:
    """Contexts of callers and of roles; each half is worked out once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._callers: dict[str, Context] = {}
        self._resources: dict[str, Context] = {}

    def caller(self, identity: Identity) -> Context:
        """What is known of a call that the user or role makes."""
        found = self._callers.get(identity.arn)
        if found is None:
            keys, entity = self._keys(identity), identity.entity
            begun = {} if isinstance(entity, User) else beginnings_of_session(entity.role_id)
            found = self._callers[identity.arn] = _context(keys, begun)
        return found

    def _keys(self, identity: Identity) -> KnownKeys:
        entity = identity.entity
        keys = {**DIRECT, **keys_of_principal(entity, identity.account, self._world.organization)}
        if isinstance(entity, User):
            return {**keys, **_OF_USERS, EVERY_OTHER_TAG: None}
        keys |= _OF_SESSIONS
        if not takes_web_identities(entity):
            keys["aws:FederatedProvider"] = None
        if takes_session_tags(entity):
            return {key: value for key, value in keys.items() if not key.startswith(_TAG)}
        return {**keys, EVERY_OTHER_TAG: None}

    def plainest(self, identity: Identity) -> Context | None:
        """What the identity's simplest credentials bring, where it may also have others; None where there are none.

        A user may call with its access keys as well as with a session that has MFA, and a role's session may leave out
        the tags that it is free to bring.
        """
        if not isinstance(identity.entity, Role):
            return LONG_TERM
        return self._untagged(identity.entity) if takes_session_tags(identity.entity) else None

    def doubt(self, identity: Identity) -> Expression:
        """What is missing where nobody can tell whether a role's session may bring tags of its own; else ALWAYS."""
        entity = identity.entity
        if isinstance(entity, User) or entity.trust.document is not None:
            return ALWAYS
        return Missing(f"the trust policy of {entity.name} cannot be read: {entity.trust.problem}")

    def _untagged(self, role: Role) -> Context:
        key = f"untagged {role.arn}"
        if key not in self._callers:
            tags = {f"{_TAG}{name}": value for name, value in role.tags.items()}
            self._callers[key] = _context({**tags, EVERY_OTHER_TAG: None})
        return self._callers[key]

    def account(self, account: str) -> Context:
        """What is known of a call by somebody of an account that was not collected."""
        if account not in self._callers:
            keys = keys_of_account(account, self._world.organization)
            self._callers[account] = _context({**DIRECT, "aws:PrincipalAccount": account, **keys})
        return self._callers[account]

    def principal(self, arn: str) -> Context:
        """What is known of a call by a principal that was not collected, by its ARN."""
        if arn not in self._callers:
            self._callers[arn] = _context(self._keys_of_stranger(arn), self._beginnings_of_stranger(arn))
        return self._callers[arn]

    def _keys_of_stranger(self, arn: str) -> KnownKeys:
        parsed = parse_arn(arn)
        account = parsed.account if parsed else ""
        keys: dict[str, str | tuple[str, ...] | None] = {**DIRECT, "aws:PrincipalAccount": account}
        keys |= keys_of_account(account, self._world.organization)
        if parsed is not None and parsed.service == "iam":
            keys["aws:PrincipalArn"] = arn
        if parsed is not None and parsed.kind in _OF_ROLES:
            keys |= {"aws:MultiFactorAuthPresent": "false", **_OF_SESSIONS, "aws:username": None}
            keys["aws:PrincipalType"] = "AssumedRole"
        if parsed is not None and parsed.kind == "user":
            keys |= {"aws:PrincipalType": "User", "aws:username": parsed.name, **_OF_USERS}
        return keys

    def _beginnings_of_stranger(self, arn: str) -> Mapping[str, str]:
        parsed = parse_arn(arn)
        return beginnings_of_session("") if parsed is not None and parsed.kind in _OF_ROLES else {}

    def service(self, service: str) -> Context:
        """What is known of a call by an AWS service for itself."""
        key = f"service:{service}"
        if key not in self._callers:
            given = {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": service}
            tags = () if service in _TAGGED_SERVICES else (EVERY_OTHER_TAG,)
            absent = dict.fromkeys((*_NOT_OF_SERVICES, *tags))
            self._callers[key] = _context({**absent, **given})
        return self._callers[key]

    def unsigned(self) -> Context:
        """What is known of a call with a token of an identity provider."""
        if "unsigned" not in self._callers:
            self._callers["unsigned"] = _context(_UNSIGNED)
        return self._callers["unsigned"]

    def anyone(self) -> Context:
        """What is known of a call by whoever has an account of his own."""
        if "anyone" not in self._callers:
            self._callers["anyone"] = _context(DIRECT)
        return self._callers["anyone"]

    def resource(self, arn: str, account: str) -> Context:
        """What is known of a user, a role, or anything else that belongs to an account."""
        key = f"{account} {arn}"
        found = self._resources.get(key)
        if found is None:
            identity = self._world.by_arn.get(arn)
            entity = identity.entity if identity else None
            keys = dict(keys_of_resource(entity, account, self._world.organization))
            if entity is not None:
                keys |= {"aws:ResourceTag/*": None, "iam:ResourceTag/*": None}
            found = self._resources[key] = _context(keys)
        return found


def _context(keys: Mapping[str, str | tuple[str, ...] | None], beginnings: Mapping[str, str] | None = None) -> Context:
    found = context_of(keys, complete=False)
    return replace(found, beginnings=beginnings) if beginnings else found


def beginnings_of_session(role_id: str) -> Mapping[str, str]:
    """What a session of the role has of whichever value: when it began, and an id that begins with the role's.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """
    return {"aws:tokenissuetime": "", "aws:userid": f"{role_id}:" if role_id else ""}


def together(*contexts: Context) -> Context:
    """All that is known, the later having the last word. What no operator tells apart stays in doubt."""
    values: dict[str, tuple[str, ...] | None] = {}
    beginnings: dict[str, str] = {}
    multivalued = frozenset[str]()
    for context in contexts:
        values.update(context.values)
        beginnings.update(context.beginnings)
        multivalued |= context.multivalued
    return Context(values, multivalued, complete=False, keeps_doubt=True, beginnings=beginnings)


def takes_web_identities(role: Role) -> bool:
    """Whether sessions of the role may have begun with a token of an OIDC provider; or nobody can tell."""
    document = role.trust.document
    if document is None:
        return True
    return any(each.effect == "Allow" and covers_action(each, WEB_IDENTITY) for each in document.statements)


def takes_session_tags(role: Role) -> bool:
    """Whether whoever assumes the role may pass tags, which then stand in place of the role's own; or nobody can tell.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    document = role.trust.document
    if document is None:
        return True
    return any(each.effect == "Allow" and covers_action(each, TAG_SESSION) for each in document.statements)
