"""A request: who asks to do what with which resource, and what is known of the circumstances."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import force_setattr

from iamviz.policy.arn import Arn, account_of, is_account, parse_arn
from iamviz.policy.conditions.context import NO_KEYS, Context
from iamviz.policy.principal import Caller, CallerKind
from iamviz.policy.verbs import Verb, verb_of

ANONYMOUS = Caller("", "anonymous", "")

_COGNITO = "cognito-identity.amazonaws.com"
_SERVICE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.[a-z]+)?|aws\.internal)")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?(/.*)?")
_CANONICAL_ID = re.compile(r"[0-9a-f]{32,}")

_KINDS: dict[tuple[str, str], CallerKind] = {
    ("iam", "user"): "user",
    ("iam", "role"): "role",
    ("iam", "root"): "root",
    ("iam", "saml-provider"): "provider",
    ("iam", "oidc-provider"): "provider",
    ("sts", "assumed-role"): "session",
    ("sts", "federated-user"): "federated-user",
}
_SERVICE_LINKED = "role/aws-service-role/"
_SERVICE_LINKED_NAME = "AWSServiceRoleFor"
_SESSION_PARTS = 3


_UNREAD = Verb("", "", takes_no_resource=False, is_under_rcp=False, is_by_own_rules=False)


class Request(Struct, frozen=True):
    """`resource` is an ARN, or "*" where the action takes none; `resource_account` owns it, "" where nobody knows.

    `verb` is what the action's name says, and follows from it.
    """

    principal: Caller
    action: str
    resource: str
    resource_account: str = ""
    context: Context = NO_KEYS
    verb: Verb = _UNREAD

    def __post_init__(self) -> None:
        # Asked for several times of every request.
        force_setattr(self, "verb", verb_of(self.action))

    @property
    def is_same_account(self) -> bool:
        """Whether the principal's account owns the resource; ARNs of buckets do not say."""
        return self.principal.account == self.resource_account

    @property
    def service(self) -> str:
        return self.verb.service


def parse_principal(text: str | None) -> Caller | None:
    """The principal of a request: an ARN, a service, a host, a canonical id, an account; None where it is no such.

    No text at all is somebody who is not signed in.
    """
    return ANONYMOUS if text is None else _parsed(text)


def make_request(
    principal: Caller, action: str, resource: str, resource_account: str | None = None, context: Context | None = None
) -> Request:
    """The request with what follows from it: the resource's account, and the principal's unique id."""
    known = NO_KEYS if context is None else context
    owner = resource_account or account_of(resource) or principal.account
    userid = known.get("aws:userid") if known.values else ()
    caller = principal
    if principal.kind == "role" and known.complete:
        caller = replace(caller, any_session=False)
    if len(userid) == 1 and caller.is_identity and not caller.unique_id:
        # A session's is the role's and its name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
        caller = replace(caller, unique_id=userid[0].partition(":")[0])
    return Request(caller, action, resource, owner, known)


def is_service_linked(request: Request) -> bool:
    """Whether the principal is a service-linked role: no SCP and no RCP restricts it."""
    if request.principal.kind not in {"role", "session"}:
        return False
    arns = [request.principal.arn, *request.context.get("aws:PrincipalArn")]
    if any(is_service_linked_role(arn) for arn in arns):
        return True
    # The ARN of a session has no path.
    return request.principal.kind == "session" and f"assumed-role/{_SERVICE_LINKED_NAME}" in request.principal.arn


def is_service_linked_role(arn: str) -> bool:
    """Whether the ARN is a service-linked role's."""
    return f":{_SERVICE_LINKED}" in arn


def _parse(text: str) -> Caller | None:
    arn = parse_arn(text)
    if arn is not None:
        return _of_arn(text, arn)
    if is_account(text):
        return Caller(f"arn:aws:iam::{text}:root", "root", text)
    if text == _COGNITO:
        return Caller(text, "web-identity", "")
    if _SERVICE.fullmatch(text):
        return Caller(text, "service", "")
    if _CANONICAL_ID.fullmatch(text):
        return Caller(text, "canonical-user", "")
    return Caller(text, "web-identity", "") if _HOST.fullmatch(text) else None


def _of_arn(text: str, arn: Arn) -> Caller | None:
    kind = _KINDS.get((arn.service, arn.kind))
    parts = arn.resource.split("/", _SESSION_PARTS - 1)
    if kind is None or not all(parts) or (kind == "session" and len(parts) < _SESSION_PARTS):
        return None
    if kind != "root" and len(parts) == 1:
        return None
    return Caller(text, kind, arn.account)


# Pure, so remembering changes nothing but time.
_parsed = lru_cache(maxsize=1_024)(_parse)
