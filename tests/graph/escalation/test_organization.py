"""Methods that reach from one account into others, beyond the cases that every method has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iamviz.inventory.model import (
    DelegatedAdministrator,
    Guardrail,
    Organization,
    OrganizationAccount,
    OrganizationalUnit,
)
from tests.builders import A, B, X, account, allow, deny, document, managed, user
from tests.graph.escalation.worlds import found, refused

METHOD = "iviz-assumeroot"
ROOT_OF_B = f"arn:aws:iam::{B}:root"
MAY = allow("sts:AssumeRoot")
LEADS = [("mallory", ROOT_OF_B, "certain")]


def led_by(management: str, *guardrails: Guardrail, **more: Any) -> Organization:
    """Root sessions are enabled, and A administers the root users where it does not lead itself."""
    return Organization(
        "o-1",
        management_account=management,
        roots=(OrganizationalUnit("r-1", "Root", None),),
        accounts=tuple(OrganizationAccount(each, each, "ACTIVE", "r-1") for each in (A, B)),
        guardrails=guardrails,
        enabled_types=frozenset({"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"}),
        enabled_features=frozenset({"RootSessions"}),
        delegated_administrators=(DelegatedAdministrator(A, frozenset({"iam.amazonaws.com"})),),
        **more,
    )


def scp(*statements: dict[str, Any], target: str) -> Guardrail:
    return Guardrail("p-1", "p-1", "SERVICE_CONTROL_POLICY", document(allow("*"), *statements), (target,))


def rcp(*statements: dict[str, Any], target: str) -> Guardrail:
    return Guardrail("p-2", "p-2", "RESOURCE_CONTROL_POLICY", document(*statements), (target,))


def roots(organization: Organization, *statements: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    return found(METHOD, *accounts(*statements, **more), organization=organization)


def accounts(*statements: dict[str, Any], fence: Any = None, **more: Any) -> tuple[Any, ...]:
    around = () if fence is None else (fence,)
    return account(A, user("mallory", *(statements or (MAY,)), **more), *around), account(B, user("bob"))


@pytest.mark.parametrize("management", [A, X], ids=["the management account", "a delegated administrator"])
def test_a_grant_on_the_root_user_of_a_member_is_all_that_is_asked(management: str) -> None:
    assert roots(led_by(management)) == LEADS
    assert roots(led_by(management), allow("sts:AssumeRoot", ROOT_OF_B)) == LEADS
    assert roots(led_by(management), allow("sts:AssumeRoot", f"arn:aws:iam::{A}:root")) == []


def test_who_administers_something_else_takes_no_root_user() -> None:
    other = (DelegatedAdministrator(A, frozenset({"sso.amazonaws.com"})),)
    assert roots(replace(led_by(X), delegated_administrators=other)) == []


def test_the_members_resource_control_policies_count_and_those_of_the_caller_do_not() -> None:
    keeps = deny("sts:AssumeRoot", Principal="*")
    assert roots(led_by(X, rcp(keeps, target=B))) == []
    assert refused(METHOD, *accounts(), organization=led_by(X, rcp(keeps, target=B))) == [(ROOT_OF_B, "rcp")]
    assert roots(led_by(X, rcp(keeps, target=A))) == LEADS


def test_the_service_control_policies_of_the_caller_count_and_those_of_the_member_do_not() -> None:
    keeps = deny("sts:AssumeRoot")
    assert roots(led_by(X, scp(keeps, target=A))) == []
    assert roots(led_by(A, scp(keeps, target=A))) == LEADS
    assert roots(led_by(X, scp(keeps, target=B))) == LEADS


def test_a_boundary_without_it_keeps_him_out() -> None:
    fence = managed("fence", allow("iam:*"))
    assert roots(led_by(A), fence=fence, boundary=fence.arn) == []


def test_a_grant_of_some_tasks_is_conditional_on_the_task() -> None:
    audit = {"ArnEquals": {"sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}}
    assert roots(led_by(A), allow("sts:AssumeRoot", Condition=audit)) == [("mallory", ROOT_OF_B, "conditional")]
