"""Who can assume a role beyond the vectors: groups, Denies, wildcards, gaps, patterns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamviz.graph import meeting
from iamviz.graph.reach import inbound, outbound
from iamviz.policy.expression import tests
from iamviz.policy.principal import CALLER_SESSION
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
    group,
    keys,
    managed,
    pairs,
    role,
    root,
    trust,
    unreadable,
    user,
)


def test_a_group_lends_its_policies_to_its_members_whatever_the_case_of_its_name() -> None:
    inventory = account(A, group("Ops", allow()), user("amy", groups=("ops",)), user("bob"), role("r", trusts=root(A)))
    assert pairs(inventory) == [("amy", "r", "certain")]
    assert edges(graph(inventory), "member-of") == [("amy", "Ops", "certain")]


def test_an_explicit_deny_of_the_caller_blocks_even_whom_the_trust_names() -> None:
    built = graph(account(A, user("eve", deny()), role("r", trusts=arn(A, "user/eve"))))
    assert edges(built, "can-assume") == []
    assert blocks(built) == [("eve", "r", "identity")]


def test_a_deny_under_a_condition_leaves_the_edge_conditional_on_it() -> None:
    unless_mfa = deny(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})
    built = graph(account(A, user("eve", allow(), unless_mfa), role("r", trusts=root(A))))
    assert edges(built, "can-assume") == [("eve", "r", "conditional")]
    assert keys(built, "eve", "r") == ["aws:MultiFactorAuthPresent"]


def test_a_deny_of_the_trust_policy_that_names_one_user_spares_the_others() -> None:
    denied = trust(arn(A, "user/eve")) | {"Effect": "Deny"}
    built = graph(account(A, user("eve", allow()), user("amy", allow()), role("r", trusts=[denied, trust(root(A))])))
    assert edges(built, "can-assume") == [("amy", "r", "certain")]
    assert blocks(built) == [("eve", "r", "trust")]


def test_not_action_and_not_resource_grant_by_what_they_leave_out() -> None:
    grants = {"Effect": "Allow", "NotAction": "iam:*", "NotResource": arn(A, "role/secret")}
    inventory = account(A, user("eve", grants), role("open", trusts=root(A)), role("secret", trusts=root(A)))
    assert pairs(inventory) == [("eve", "open", "certain")]


def test_a_resource_pattern_counts_the_path_of_the_role() -> None:
    roles = role("deploy1", trusts=root(A), path="/team/"), role("deploy2", trusts=root(A))
    assert pairs(account(A, user("eve", allow(resource="arn:aws:iam::*:role/deploy*")), *roles)) == [
        ("eve", "deploy2", "certain")
    ]


def test_a_role_named_with_another_path_is_still_the_role() -> None:
    caller = role("ci", path="/build/")
    assert pairs(account(A, caller, role("r", trusts=arn(A, "role/CI")))) == [("ci", "r", "certain")]


def test_a_trust_in_one_session_is_conditional_on_the_session_name() -> None:
    session = f"arn:aws:sts::{A}:assumed-role/ci/deploy"
    built = graph(account(A, role("ci"), role("r", trusts=session)))
    assert edges(built, "can-assume") == [("ci", "r", "conditional")]
    assert keys(built, "ci", "r") == ["sts:RoleSessionName"]


def test_the_session_that_calls_is_not_the_session_that_is_asked_for() -> None:
    asked_for = {"StringEquals": {"sts:RoleSessionName": "night"}}
    statement = trust(f"arn:aws:sts::{A}:assumed-role/ci/day", Condition=asked_for)
    built = graph(account(A, role("ci"), role("r", trusts=statement)))
    assert edges(built, "can-assume") == [("ci", "r", "conditional")]
    assert keys(built, "ci", "r") == ["sts:RoleSessionName"]


def test_to_ask_for_a_session_of_the_name_is_not_to_be_it() -> None:
    asked_for = {"StringEquals": {"sts:RoleSessionName": "day"}}
    named, free = trust(f"arn:aws:sts::{A}:assumed-role/ci/day"), trust(arn(A, "role/ci"), Condition=asked_for)
    (edge,) = graph(account(A, role("ci"), role("r", trusts=[named, free]))).proofs[0]
    assert len(tests(edge.expression)) == 2


def test_a_trust_in_anyone_lets_users_of_the_own_account_in_without_a_policy() -> None:
    assert pairs(account(A, user("eve"), role("r", trusts="*"))) == [("eve", "r", "certain")]


def test_no_trust_crosses_partitions() -> None:
    stranger = account(B, user("eve", allow()))
    chinese = role("r", trusts=f"arn:aws-cn:iam::{B}:root")
    assert pairs(account(A, chinese), stranger) == []
    assert blocks(graph(account(A, chinese), stranger)) == [(f"arn:aws-cn:iam::{B}:root", "r", "dead")]


def test_a_missing_policy_document_makes_only_its_own_edges_unknown() -> None:
    gap = arn("aws", "policy/InNoBundle")
    inventory = account(
        A, user("eve", attached=(gap,)), user("amy", allow(), attached=(gap,)), user("bob"), role("r", trusts=root(A))
    )
    assert pairs(inventory) == [("amy", "r", "certain"), ("eve", "r", "unknown")]


def test_a_missing_boundary_document_is_unknown_and_never_a_permission() -> None:
    inventory = account(A, user("eve", allow(), boundary=arn(A, "policy/gone")), role("r", trusts=root(A)))
    assert pairs(inventory) == [("eve", "r", "unknown")]


def test_an_unreadable_trust_policy_leaves_unknown_edges_from_whoever_may_call() -> None:
    inventory = account(A, user("eve", allow()), user("bob"), role("r", trusts=unreadable()))
    assert pairs(inventory) == [("eve", "r", "unknown")]


def test_a_condition_operator_that_aws_does_not_know_makes_the_edge_unknown() -> None:
    odd = trust(root(A), Condition={"StringMatches": {"aws:PrincipalTag/team": "x"}})
    assert pairs(account(A, user("eve", allow()), role("r", trusts=odd))) == [("eve", "r", "unknown")]


def test_a_policy_variable_that_is_known_decides_and_one_that_is_not_is_named() -> None:
    own = allow(resource="arn:aws:iam::*:role/${aws:username}-*")
    inventory = account(A, user("eve", own), user("bob", own), role("eve-admin", trusts=root(A)))
    assert pairs(inventory) == [("eve", "eve-admin", "certain")]
    tagged = allow(resource="arn:aws:iam::*:role/${aws:PrincipalTag/team}-*")
    takes_tags = trust({"Service": "ec2.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"])
    built = graph(account(A, role("ci", tagged, trusts=takes_tags), role("red-deploy", trusts=root(A))))
    assert ("ci", "red-deploy", "conditional") in edges(built, "can-assume")
    assert keys(built, "ci", "red-deploy") == ["aws:PrincipalTag/team"]
    # Nobody can pass session tags to a role whose trust does not let them.
    assert pairs(account(A, role("ci", tagged), role("red-deploy", trusts=root(A)))) == []


def test_a_variable_that_the_caller_is_known_to_lack_matches_nothing() -> None:
    by_name, by_tag = (
        allow(resource=f"arn:aws:iam::*:role/${{{key}}}*") for key in ("aws:username", "aws:PrincipalTag/t")
    )
    inventory = account(A, role("ci", by_name), user("eve", by_tag), role("x", trusts=root(A)))
    assert pairs(inventory) == []


def test_an_account_that_was_not_collected_is_an_unknown_caller() -> None:
    built = graph(account(A, role("r", trusts=root(X))))
    assert edges(built, "can-assume") == [(f"account:{X}", "r", "unknown")]


def test_a_role_elsewhere_that_a_policy_names_is_an_unknown_target() -> None:
    built = graph(account(A, user("eve", allow(resource=arn(X, "role/vendor")))))
    assert edges(built, "can-assume") == [("eve", "vendor", "unknown")]


def test_a_principal_that_its_collected_account_does_not_hold_is_unknown() -> None:
    built = graph(account(A, role("r", trusts=arn(B, "role/gone"))), account(B))
    assert edges(built, "can-assume") == [("gone", "r", "unknown")]


def test_a_principal_that_its_collected_account_does_not_hold_is_unknown_at_home_too() -> None:
    built = graph(account(A, role("r", trusts=arn(A, "user/gone")), user("eve")))
    assert edges(built, "can-assume") == [("gone", "r", "unknown")]


def test_an_allow_with_not_principal_lets_in_everyone_but_the_listed() -> None:
    odd = {"Effect": "Allow", "NotPrincipal": {"AWS": arn(A, "user/eve")}, "Action": "sts:AssumeRole"}
    assert pairs(account(A, user("eve"), user("amy"), role("r", trusts=odd))) == [("amy", "r", "certain")]


def test_a_statement_for_another_action_lets_nobody_assume() -> None:
    dead = trust(arn(A, "user/eve"), "sts:AssumeRoleWithSAML")
    assert pairs(account(A, user("eve", allow()), role("r", trusts=dead))) == []


STATEMENTS = [
    allow(),
    allow(resource=arn(A, "role/r1")),
    allow(resource="arn:aws:iam::*:role/r*"),
    deny(resource=arn(A, "role/r2")),
    deny(Condition={"Bool": {"aws:SecureTransport": "false"}}),
    {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"},
]
TRUSTS: list[Any] = [
    root(A),
    root(B),
    "*",
    arn(A, "user/u1"),
    arn(B, "role/c1"),
    trust("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
    [trust(root(A)), trust(arn(A, "user/u2")) | {"Effect": "Deny"}],
    [trust([root(A), root(B)]), trust("*") | {"Effect": "Deny", "Condition": {"Bool": {"aws:x": "true"}}}],
]
FENCE = managed("fence", allow(resource="arn:aws:iam::*:role/r1"))

policies = st.lists(st.sampled_from(STATEMENTS), max_size=3)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Any, Any]:
    users = [
        user(f"u{n}", *draw(policies), boundary=draw(st.sampled_from([None, FENCE.arn, arn(A, "policy/gone")])))
        for n in range(5)
    ]
    roles = [role(f"r{n}", *draw(policies), trusts=draw(st.sampled_from(TRUSTS))) for n in range(5)]
    callers = [role(f"c{n}", *draw(policies)) for n in range(4)]
    return account(A, FENCE, *users, *roles), account(B, *callers)


@given(worlds())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_walking_through_pattern_nodes_gives_exactly_the_pairs_of_the_expanded_list(world: tuple[Any, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting, "PATTERN_FROM", 10**9)
        expanded, plain = pairs(*world), graph(*world)
        patch.setattr(meeting, "PATTERN_FROM", 0)
        assert pairs(*world) == expanded
        folded = graph(*world)
    for node, identifier in enumerate(plain.ids):
        other = folded.position[identifier]
        seen = [[(folded.ids[r.source], r.certainty) for r in inbound(folded, other)]]
        seen.append([(folded.ids[r.target], r.certainty) for r in outbound(folded, other)])
        wanted = [[(plain.ids[r.source], r.certainty) for r in inbound(plain, node)]]
        wanted.append([(plain.ids[r.target], r.certainty) for r in outbound(plain, node)])
        assert [sorted(each) for each in seen] == [
            sorted(pair for pair in each if pair[0] != identifier) for each in wanted
        ]


def test_stored_edges_grow_with_the_identities_and_not_with_the_pairs() -> None:
    users = [user(f"u{n}", allow()) for n in range(60)]
    roles = [role(f"r{n}", trusts=root(A)) for n in range(60)]
    built = graph(account(A, *users, *roles))
    assert len(pairs(account(A, *users, *roles))) == 3600
    # One to the gathering of users, one out of the gathering of roles, and one between the two.
    assert len(built.source) == 121


def test_the_list_of_trusts_says_that_a_session_is_meant() -> None:
    built = graph(account(A, role("ci"), role("r", trusts=f"arn:aws:sts::{A}:assumed-role/ci/deploy")))
    (found,) = built.trusts
    assert (found.principal, tests(found.expression)[0][0].key) == (arn(A, "role/ci"), CALLER_SESSION)
