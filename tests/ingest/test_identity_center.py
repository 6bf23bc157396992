"""Permission sets and assignments, as sso-admin and identitystore print them."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.identity_center import Assignment, GroupMembership, PermissionSet, Person
from tests.ingest.builders import ACCOUNT, OTHER, inventory, read
from tests.ingest.test_workloads import outputs

INSTANCE = "arn:aws:sso:::instance/ssoins-1"
ADMIN = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
READER = "arn:aws:sso:::permissionSet/ssoins-1/ps-2"
ALICE, OPS = "11111111-alice", "22222222-ops"


def assignment(**more: Any) -> dict[str, Any]:
    return {
        "AccountId": OTHER,
        "PermissionSetArn": ADMIN,
        "PrincipalType": "GROUP",
        "PrincipalId": OPS,
    } | more


def test_permission_sets_have_names_lengths_and_people_in_accounts() -> None:
    found = inventory(
        outputs(
            sso_admin__list_instances={"Instances": [{"InstanceArn": INSTANCE, "IdentityStoreId": "d-1"}]},
            sso_admin__list_permission_sets={"PermissionSets": [ADMIN, READER]},
            sso_admin__describe_permission_set={
                ADMIN: {"PermissionSet": {"Name": "Admin", "PermissionSetArn": ADMIN, "SessionDuration": "PT1H30M"}}
            },
            sso_admin__list_account_assignments={OTHER: {ADMIN: {"AccountAssignments": [assignment()]}}},
            identitystore__list_users={"Users": [{"UserId": ALICE, "UserName": "alice@example.com"}]},
            identitystore__list_groups={"Groups": [{"GroupId": OPS, "DisplayName": "Operations"}]},
            identitystore__list_group_memberships={
                OPS: {"GroupMemberships": [{"GroupId": OPS, "MemberId": {"UserId": ALICE}}]}
            },
        )
    )
    center = found.identity_center
    assert center is not None
    assert center.instances == (INSTANCE,)
    assert center.permission_sets == (PermissionSet(ADMIN, "Admin", 5400), PermissionSet(READER))
    assert center.assignments == (Assignment(OTHER, ADMIN, "GROUP", OPS),)
    assert set(center.people or ()) == {Person(ALICE, "USER", "alice@example.com"), Person(OPS, "GROUP", "Operations")}
    assert center.memberships == (GroupMembership(OPS, ALICE),)


@pytest.mark.parametrize(
    "output",
    [
        {"AccountAssignments": [assignment(), assignment(AccountId=ACCOUNT)]},
        {ADMIN: {"AccountAssignments": [assignment(), assignment(AccountId=ACCOUNT)]}},
        {OTHER: {ADMIN: {"AccountAssignments": [assignment()]}}, ACCOUNT: {ADMIN: {"AccountAssignments": []}}}
        | {"x": {"AccountAssignments": [assignment(AccountId=ACCOUNT)]}},
    ],
)
def test_assignments_are_found_however_they_are_keyed(output: object) -> None:
    center = inventory(outputs(sso_admin__list_account_assignments=output)).identity_center
    assert center is not None
    assert [each.account for each in center.assignments or ()] == [ACCOUNT, OTHER]
    assert [each.arn for each in center.permission_sets or ()] == [ADMIN]


def test_an_account_that_tells_nothing_of_it_has_no_identity_center() -> None:
    assert inventory(outputs(lambda__list_functions={"Functions": []})).identity_center is None


@pytest.mark.parametrize(
    ("command", "output", "rule"),
    [
        ("sso_admin__list_account_assignments", {"AccountAssignments": [assignment(AccountId="1")]}, "an account id"),
        ("sso_admin__list_account_assignments", {"AccountAssignments": [assignment(PrincipalType="X")]}, "'X'"),
        (
            "sso_admin__describe_permission_set",
            {ADMIN: {"PermissionSet": {"PermissionSetArn": ADMIN, "SessionDuration": "long"}}},
            "a duration such as PT8H",
        ),
        ("sso_admin__list_permission_sets", {"PermissionSets": [5]}, "a string"),
    ],
)
def test_wrong_answers_are_refused_with_the_rule(command: str, output: Any, rule: str) -> None:
    (rejection,) = read(outputs("us-east-1", **{command: output})).rejections
    assert rule in rejection.rule
