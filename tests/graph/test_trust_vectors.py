"""The vectors of who may assume a role, each as the sentence it stands for. A is the role's account."""

from __future__ import annotations

from tests.builders import (
    A,
    B,
    X,
    account,
    allow,
    arn,
    blocks,
    deny,
    edges,
    graph,
    keys,
    managed,
    pairs,
    role,
    root,
    trust,
    user,
)

CERTAIN = [("caller", "r", "certain")]


def test_t01_a_user_that_the_trust_names_needs_no_policy_in_the_same_account() -> None:
    assert pairs(account(A, user("caller"), role("r", trusts=arn(A, "user/caller")))) == CERTAIN


def test_t02_a_trust_in_the_account_alone_lets_nobody_in() -> None:
    assert pairs(account(A, user("caller"), role("r", trusts=root(A)))) == []


def test_t03_a_trust_in_the_account_and_an_identity_policy_let_the_user_in() -> None:
    assert pairs(account(A, user("caller", allow()), role("r", trusts=root(A)))) == CERTAIN


def test_t04_an_identity_policy_does_not_help_whom_the_trust_does_not_name() -> None:
    assert pairs(account(A, user("u"), user("v", allow()), role("r", trusts=arn(A, "user/u")))) == [
        ("u", "r", "certain")
    ]


def test_t05_a_role_of_a_trusted_account_without_a_policy_stays_out() -> None:
    assert pairs(account(A, role("r", trusts=root(B))), account(B, role("caller"))) == []


def test_t06_a_role_of_a_trusted_account_with_a_policy_gets_in() -> None:
    caller = role("caller", allow(resource=arn(A, "role/r")))
    assert pairs(account(A, role("r", trusts=root(B))), account(B, caller)) == CERTAIN


def test_t07_a_role_that_is_named_from_another_account_still_needs_a_policy() -> None:
    assert pairs(account(A, role("r", trusts=arn(B, "role/caller"))), account(B, role("caller"))) == []


def test_t08_a_role_that_is_named_from_another_account_gets_in_by_a_wildcard_policy() -> None:
    caller = role("caller", allow(resource="arn:aws:iam::*:role/*"))
    assert pairs(account(A, role("r", trusts=arn(B, "role/caller"))), account(B, caller)) == CERTAIN


def test_t09_anyone_of_the_organization_is_conditional_on_the_organization() -> None:
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    built = graph(account(A, user("caller"), role("r", trusts=trust("*", Condition=condition))))
    assert ("caller", "r", "conditional") in edges(built, "can-assume")
    assert keys(built, "caller", "r") == ["aws:PrincipalOrgID"]


def test_t10_a_stranger_under_an_organization_condition_is_conditional_on_it() -> None:
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    trusting = account(A, role("r", trusts=trust("*", Condition=condition)))
    built = graph(trusting, account(X, user("caller", allow())))
    assert ("caller", "r", "conditional") in edges(built, "can-assume")
    assert keys(built, "caller", "r") == ["aws:PrincipalOrgID"]


def test_t11_a_stranger_with_a_policy_gets_in_where_anyone_is_trusted() -> None:
    world = account(A, role("r", trusts="*")), account(X, user("caller", allow()), user("idle"))
    assert pairs(*world) == CERTAIN
    assert ("anyone", "r", "certain") in edges(graph(*world), "can-assume")


def test_t12_a_role_that_was_created_again_does_not_inherit_the_trust_in_the_deleted_one() -> None:
    built = graph(account(A, role("r", trusts="AROADEAD")), account(B, role("again", allow())))
    assert edges(built, "can-assume") == []
    assert blocks(built) == [("dangling:AROADEAD", "r", "dead")]


def test_t13_a_deny_unless_an_external_id_is_given_makes_the_edge_conditional_on_it() -> None:
    unless = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    unless |= {"Condition": {"StringNotEquals": {"sts:ExternalId": "abc"}}}
    built = graph(account(A, role("r", trusts=[unless, trust(root(X))])), account(X, user("caller", allow())))
    assert edges(built, "can-assume") == [("caller", "r", "conditional")]
    assert keys(built, "caller", "r") == ["sts:ExternalId"]


def test_t14_a_trust_that_asks_for_an_external_id_is_conditional_on_it() -> None:
    condition = {"StringEquals": {"sts:ExternalId": "abc"}}
    built = graph(
        account(A, role("r", trusts=trust(root(X), Condition=condition))), account(X, user("caller", allow()))
    )
    assert edges(built, "can-assume") == [("caller", "r", "conditional")]
    assert keys(built, "caller", "r") == ["sts:ExternalId"]


def test_t15_a_role_for_ec2_without_an_instance_profile_has_the_trust_and_no_binding() -> None:
    built = graph(account(A, role("r", trusts=trust({"Service": "ec2.amazonaws.com"}))))
    assert edges(built, "can-assume") == [("service:ec2.amazonaws.com", "r", "certain")]
    assert edges(built, "runs-as") == []


def test_t16_a_trust_in_a_provider_that_the_account_does_not_have_is_dead() -> None:
    provider = arn(A, "oidc-provider/token.actions.githubusercontent.com")
    federated = trust({"Federated": provider}, "sts:AssumeRoleWithWebIdentity")
    missing = graph(account(A, role("r", trusts=federated), oidc_providers=frozenset()))
    assert edges(missing, "federates-into") == []
    assert blocks(missing) == [("token.actions.githubusercontent.com", "r", "dead")]
    uncollected = graph(account(A, role("r", trusts=federated)))
    assert edges(uncollected, "federates-into") == [
        ("token.actions.githubusercontent.com", "r", "certain"),
        ("token.actions.githubusercontent.com#*", "r", "certain"),
    ]


def test_t17_a_role_may_assume_itself_through_its_account_and_its_own_policy() -> None:
    built = graph(account(A, role("r", allow(), trusts=root(A))))
    assert edges(built, "can-assume") == [("r", "r", "certain")]


def test_t18_a_role_does_not_trust_itself_unless_its_trust_says_so() -> None:
    built = graph(account(A, user("u"), role("r", allow(), trusts=arn(A, "user/u"))))
    assert edges(built, "can-assume") == [("u", "r", "certain")]


def test_t19_a_trust_in_the_role_arn_does_not_escape_the_callers_boundary() -> None:
    boundary = managed("fence", allow("s3:*"))
    caller = role("caller", allow(), boundary=boundary.arn)
    built = graph(account(A, boundary, caller, role("r", trusts=arn(A, "role/caller"))))
    assert edges(built, "can-assume") == []
    assert blocks(built) == [("caller", "r", "boundary")]


def test_t20_a_trust_in_the_user_arn_escapes_a_boundary_that_merely_does_not_allow() -> None:
    boundary = managed("fence", allow("s3:*"))
    caller = user("caller", boundary=boundary.arn)
    assert pairs(account(A, boundary, caller, role("r", trusts=arn(A, "user/caller")))) == CERTAIN


def test_a_boundary_that_denies_holds_even_a_user_that_the_trust_names() -> None:
    boundary = managed("fence", deny())
    built = graph(account(A, boundary, user("caller", boundary=boundary.arn), role("r", trusts=arn(A, "user/caller"))))
    assert edges(built, "can-assume") == []
    assert blocks(built) == [("caller", "r", "boundary")]
