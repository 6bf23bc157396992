"""The smallest worlds in which a request is decided: one principal, one resource, the policies of some layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iamviz.policy.conditions import context_of
from iamviz.policy.decision import Decision, decide
from iamviz.policy.document import parse_document
from iamviz.policy.layers import Compiled, Layer, Layers, Policy, Settings
from iamviz.policy.request import make_request, parse_principal
from iamviz.policy.resources import PolicyType

A, B = "111111111111", "222222222222"
EVE = f"arn:aws:iam::{A}:user/eve"
OPS = f"arn:aws:iam::{A}:role/team/ops"
OPS_CI = f"arn:aws:sts::{A}:assumed-role/ops/ci"
ROOT = f"arn:aws:iam::{A}:root"
OBJECT = "arn:aws:s3:::reports/2026.csv"
READ = "s3:GetObject"

Statements = Sequence[Mapping[str, Any]]


def allow(action: str = "*", resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: str = "*", resource: str = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def to(principal: object, **more: Any) -> dict[str, Any]:
    """A statement of a resource's policy."""
    named = principal if isinstance(principal, dict) or principal == "*" else {"AWS": principal}
    return allow(Principal=named, **more)


def layer(kind: PolicyType, statements: Statements, name: str) -> Layer:
    document = parse_document({"Version": "2012-10-17", "Statement": list(statements)} if statements else {})
    return Layer(kind, (Policy(name, Compiled(document)),))


def decided(
    principal: str | None = EVE,
    action: str = READ,
    resource: str = OBJECT,
    *,
    owner: str | None = A,
    own: Statements = (),
    policy: Statements | None = None,
    boundary: Statements | None = None,
    session: Statements | None = None,
    scps: Sequence[Statements] = (),
    rcps: Sequence[Statements] = (),
    endpoint: Statements | None = None,
    context: Mapping[str, Any] | None = None,
    known: bool = True,
    settings: Settings | None = None,
) -> Decision:
    caller = parse_principal(principal)
    assert caller is not None
    request = make_request(caller, action, resource, owner, context_of(context or {}, complete=known))
    layers = Layers(
        layer("identity", own, "own"),
        None if policy is None else layer("resource", policy, "policy"),
        None if boundary is None else layer("boundary", boundary, "boundary"),
        tuple(layer("scp", level, "scp") for level in scps),
        tuple(layer("rcp", level, "rcp") for level in rcps),
        None if session is None else layer("session", session, "session"),
        None if endpoint is None else layer("endpoint", endpoint, "endpoint"),
        settings or Settings(),
    )
    return decide(request, layers)
