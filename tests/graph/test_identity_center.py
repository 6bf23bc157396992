"""Permission sets and whoever is assigned them: people lead to roles of the accounts where they are, and no others."""

from __future__ import annotations

import pytest

from iamviz.graph.model import IamGraph
from iamviz.inventory.identity_center import Assignment, GroupMembership, IdentityCenter, PermissionSet, Person
from iamviz.inventory.model import Inventory, Role
from tests.builders import A, B, account, arn, edges, graph, role, trust
from tests.graph.entries import entry_blocks, entry_edges

SUFFIX = "0123456789abcdef"
ADMIN = "arn:aws:sso:::permissionSet/ssoins-1/ps-admin"
ALICE, ADMINS, HEX = (
    "person Alice of IAM Identity Center",
    "group Admins of IAM Identity Center",
    "AWSSSO_1_DO_NOT_DELETE",
)


def reserved(name: str = "Admin", path: str = "/aws-reserved/sso.amazonaws.com/", number: str = A) -> Role:
    saml = {"Federated": arn(number, f"saml-provider/{HEX}")}
    condition = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    trusts = trust(saml, ["sts:AssumeRoleWithSAML", "sts:TagSession"], Condition=condition)
    return role(f"AWSReservedSSO_{name}_{SUFFIX}", trusts=trusts, path=path)


def center(*assignments: Assignment, memberships: tuple[GroupMembership, ...] = ()) -> IdentityCenter:
    people = (Person("g-1", "GROUP", "Admins"), Person("u-1", "USER", "Alice"), Person("u-2", "USER", "Bob"))
    return IdentityCenter(
        permission_sets=(PermissionSet(ADMIN, "Admin"),),
        assignments=assignments,
        people=people,
        memberships=memberships,
    )


def two_accounts(known: IdentityCenter) -> IamGraph:
    return graph(account(A, reserved(), identity_center=known), account(B, reserved(number=B)))


def test_a_permission_set_is_named_by_its_role_where_nothing_else_is_known() -> None:
    built = graph(account(A, reserved("Power_User")))
    assert "permission-set:Power_User" in built.ids
    assert entry_edges(built) == [("Power_User", f"AWSReservedSSO_Power_User_{SUFFIX}", "certain")]


def test_a_permission_set_of_several_accounts_is_one_node() -> None:
    built = graph(
        account(A, reserved()), account(B, reserved("Admin", "/aws-reserved/sso.amazonaws.com/eu-west-1/", B))
    )
    assert [name for name, _, _ in entry_edges(built)] == ["Admin", "Admin"]
    assert [kind for kind in map(built.kind, range(len(built.ids))) if kind == "permission-set"] == ["permission-set"]


def test_the_provider_leads_to_the_role_as_well() -> None:
    assert (HEX, f"AWSReservedSSO_Admin_{SUFFIX}", "conditional") in edges(
        graph(account(A, reserved())), "federates-into"
    )


def test_a_person_leads_to_the_role_of_the_account_where_it_is_assigned() -> None:
    built = two_accounts(center(Assignment(A, ADMIN, "USER", "u-1")))
    assert [edge for edge in entry_edges(built) if edge[0] == ALICE] == [
        (ALICE, f"AWSReservedSSO_Admin_{SUFFIX}", "certain")
    ]
    (edge,) = built.out_edges(built.position["arn:aws:sso:::instance/ssoins-1#user/u-1"])
    assert built.ids[built.target[edge]].startswith(f"arn:aws:iam::{A}:")
    assert ADMIN in built.ids


def test_whoever_is_in_an_assigned_group_leads_to_the_role() -> None:
    built = two_accounts(center(Assignment(B, ADMIN, "GROUP", "g-1"), memberships=(GroupMembership("g-1", "u-1"),)))
    assert [(name, certainty) for name, _, certainty in entry_edges(built) if name != "Admin"] == [
        (ADMINS, "certain"),
        (ALICE, "certain"),
    ]


def test_nothing_leads_to_a_permission_set() -> None:
    built = two_accounts(center(Assignment(A, ADMIN, "USER", "u-1")))
    assert len(built.in_edges(built.position[ADMIN])) == 0


def test_a_large_group_meets_its_roles_at_a_pattern() -> None:
    numbers = [f"{number:012}" for number in range(1, 9)]
    assignments = [Assignment(number, ADMIN, "GROUP", "g-1") for number in numbers]
    members = tuple(GroupMembership("g-1", f"u-{number}") for number in range(20))
    inventories = [account(number, reserved(number=number)) for number in numbers[1:]]
    first = account(numbers[0], reserved(number=numbers[0]), identity_center=center(*assignments, memberships=members))
    built = graph(first, *inventories)
    people = [node for node in range(len(built.ids)) if built.kind(node) == "federated-subject"]
    assert len(people) == 21
    assert sum(len(built.out_edges(node)) for node in people) == 21


def test_an_assignment_of_a_set_that_is_not_listed_leads_nowhere() -> None:
    built = two_accounts(center(Assignment(A, "arn:aws:sso:::permissionSet/ssoins-1/ps-other", "USER", "u-1")))
    assert ALICE not in built.names


@pytest.mark.parametrize(
    "impostor",
    [
        role(f"AWSReservedSSO_Admin_{SUFFIX}"),
        role("AWSReservedSSO_Admin_short", path="/aws-reserved/sso.amazonaws.com/"),
        role(f"Admin_{SUFFIX}", path="/aws-reserved/sso.amazonaws.com/"),
    ],
    ids=["a name outside the reserved path", "no suffix", "no prefix"],
)
def test_other_roles_stand_for_no_permission_set(impostor: Role) -> None:
    assert entry_edges(graph(account(A, impostor))) == []


def test_a_permission_set_whose_provider_is_gone_is_dead() -> None:
    gone: Inventory = account(A, reserved(), saml_providers=frozenset())
    assert entry_edges(graph(gone)) == []
    assert entry_blocks(graph(gone)) == [("Admin", "federates-into", "the account has no such provider")]


def test_another_audience_stays_a_condition() -> None:
    saml = {"Federated": arn(A, f"saml-provider/{HEX}")}
    other = {"StringEquals": {"SAML:sub": "alice"}}
    odd = role(
        f"AWSReservedSSO_Admin_{SUFFIX}",
        trusts=trust(saml, "sts:AssumeRoleWithSAML", Condition=other),
        path="/aws-reserved/sso.amazonaws.com/",
    )
    assert [certainty for _, _, certainty in entry_edges(graph(account(A, odd)))] == ["conditional"]
