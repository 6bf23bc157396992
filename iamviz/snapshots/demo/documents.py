"""Policy documents in few words: statements of identity and trust policies as AWS CLI prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Json = dict[str, object]
When = Mapping[str, Mapping[str, object]]
"""A Condition element: operator, key, value or values."""

SAML_SIGN_IN = "https://signin.aws.amazon.com/saml"


def _one_or_many(values: str | Sequence[str]) -> str | list[str]:
    if isinstance(values, str):
        return values
    return values[0] if len(values) == 1 else list(values)


def _finish(statement: Json, *, when: When | None, sid: str | None) -> Json:
    named: Json = {"Sid": sid} if sid else {}
    guarded: Json = {"Condition": {operator: dict(keys) for operator, keys in when.items()}} if when else {}
    return named | statement | guarded


def document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(
    actions: str | Sequence[str], resources: str | Sequence[str] = "*", *, when: When | None = None, sid: str = ""
) -> Json:
    statement: Json = {"Effect": "Allow", "Action": _one_or_many(actions), "Resource": _one_or_many(resources)}
    return _finish(statement, when=when, sid=sid)


def deny(
    actions: str | Sequence[str], resources: str | Sequence[str] = "*", *, when: When | None = None, sid: str = ""
) -> Json:
    return allow(actions, resources, when=when, sid=sid) | {"Effect": "Deny"}


def allow_all_but(not_actions: Sequence[str]) -> Json:
    """Allow with NotAction: everything that is not listed."""
    return {"Effect": "Allow", "NotAction": list(not_actions), "Resource": "*"}


def allow_outside(actions: str | Sequence[str], not_resources: Sequence[str]) -> Json:
    """Allow with NotResource: the actions on everything that is not listed."""
    return {"Effect": "Allow", "Action": _one_or_many(actions), "NotResource": list(not_resources)}


def let_in(*arns: str, when: When | None = None, sid: str = "", tags: bool = False) -> Json:
    """A trust statement for accounts, users, roles, sessions, `*`; with `tags` sessions may be tagged too."""
    actions = ["sts:AssumeRole", "sts:TagSession"] if tags else "sts:AssumeRole"
    statement: Json = {"Effect": "Allow", "Principal": {"AWS": _one_or_many(arns)}, "Action": actions}
    return _finish(statement, when=when, sid=sid)


def keep_out(*arns: str, when: When | None = None, sid: str = "") -> Json:
    return let_in(*arns, when=when, sid=sid) | {"Effect": "Deny"}


def let_service_in(*services: str, when: When | None = None) -> Json:
    hosts = [f"{service}.amazonaws.com" for service in services]
    statement: Json = {"Effect": "Allow", "Principal": {"Service": _one_or_many(hosts)}, "Action": "sts:AssumeRole"}
    return _finish(statement, when=when, sid=None)


def let_saml_in(provider: str, *, tags: bool = False) -> Json:
    actions = ["sts:AssumeRoleWithSAML", "sts:TagSession"] if tags else "sts:AssumeRoleWithSAML"
    statement: Json = {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": actions}
    return _finish(statement, when={"StringEquals": {"SAML:aud": SAML_SIGN_IN}}, sid=None)


def let_token_in(provider: str, *, when: When | None = None) -> Json:
    """A trust statement for holders of a web identity token: an OIDC provider's ARN or a built-in host."""
    principal: Json = {"Federated": provider}
    statement: Json = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity"}
    return _finish(statement, when=when, sid=None)
