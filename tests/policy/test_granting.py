"""Who must allow, and which statements are told to have granted it."""

from __future__ import annotations

import pytest

from iamviz.policy.decision import Deciding, Decision, decide
from iamviz.policy.expression import NEVER
from iamviz.policy.granting import Granting, grant
from iamviz.policy.layers import Layer, Layers, Policy
from iamviz.policy.request import make_request, parse_principal
from tests.policy.deciding import EVE, OPS, OPS_CI, ROOT, A, B, allow, decided, deny, layer, to

ROLE = f"arn:aws:iam::{A}:role/target"
ASSUME = "sts:AssumeRole"
KEY = f"arn:aws:kms:eu-west-1:{A}:key/1"


def test_a_trust_that_names_nobody_is_all_that_blocks_in_its_own_account() -> None:
    assert decided(EVE, ASSUME, ROLE, policy=[to(B)]) == Decision("implicitly_denied", blocked_by=("resource",))


def test_a_trust_that_names_the_account_asks_the_identity_too() -> None:
    assert decided(EVE, ASSUME, ROLE, policy=[to(A)]) == Decision("implicitly_denied", blocked_by=("identity",))


@pytest.mark.parametrize("action", ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"])
def test_what_an_assuming_passes_along_the_trust_must_allow_too(action: str) -> None:
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    assert decided(EVE, action, ROLE, own=[allow()]) == Decision("implicitly_denied", blocked_by=("resource",))
    assert decided(EVE, action, ROLE, own=[allow()], policy=[to(A)]).outcome == "allowed"


def test_what_is_no_role_has_no_trust_that_must_name_anybody() -> None:
    found = decided(EVE, "sts:AssumeRoot", ROOT, own=[allow()])
    assert found == Decision("allowed", (Deciding("own", 0, "Allow"),))


def test_where_the_trust_names_the_role_itself_only_its_boundary_blocks() -> None:
    found = decided(OPS, ASSUME, ROLE, policy=[to(OPS), to(A)], boundary=[allow("ec2:*")])
    assert found == Decision("implicitly_denied", blocked_by=("boundary",))


def test_what_the_resource_grants_past_a_boundary_is_granted_by_the_resource_alone() -> None:
    found = decided(own=[allow()], policy=[to(EVE)], boundary=[allow("ec2:*")])
    assert found == Decision("allowed", (Deciding("policy", 0, "Allow"),))


def test_a_session_that_is_named_beside_its_role_gets_past_the_boundary_and_no_other() -> None:
    found = decided(OPS, policy=[to([OPS_CI, OPS])], boundary=[allow("ec2:*")], known=False)
    assert (found.outcome, found.depends_on) == ("conditional", ("sts:RoleSessionName",))


def test_a_call_with_a_token_asks_the_trust_alone_whoever_brings_it() -> None:
    for owner in (A, B):
        role = f"arn:aws:iam::{owner}:role/target"
        found = decided(EVE, "sts:AssumeRoleWithWebIdentity", role, owner=owner, policy=[to("*")], own=[deny()])
        assert found == Decision("allowed", (Deciding("policy", 0, "Allow"),))


def test_a_statement_that_names_the_caller_in_two_ways_is_told_once() -> None:
    found = decided(EVE, owner=B, own=[allow()], policy=[to([EVE, A, "*"]), to(EVE)])
    told = (Deciding("own", 0, "Allow"), Deciding("policy", 0, "Allow"), Deciding("policy", 1, "Allow"))
    assert found == Decision("allowed", told)
    found = decided(EVE, own=[allow()], policy=[{**to([EVE, "*"]), "Effect": "Deny"}])
    assert found.because == (Deciding("policy", 0, "Deny"),)


def test_what_is_not_granted_is_so_because_of_no_statement() -> None:
    caller = parse_principal(EVE)
    assert caller is not None
    layers = Layers(layer("identity", [allow()], "own"), layer("resource", [to(B)], "policy"))
    assert grant(make_request(caller, ASSUME, ROLE, A), layers) == Granting(NEVER, [], ("resource",))


def test_a_resources_policy_that_is_missing_leaves_it_open() -> None:
    caller = parse_principal(EVE)
    assert caller is not None
    lost = Layer("resource", (Policy("policy", None, "the policy of the key is missing"),))
    found = decide(make_request(caller, "kms:Decrypt", KEY, A), Layers(layer("identity", [allow()], "own"), lost))
    assert (found.outcome, found.missing) == ("conditional", ("the policy of the key is missing",))


def test_a_policy_of_the_identitys_own_that_is_missing_makes_unknown_what_nothing_else_grants_and_no_more() -> None:
    caller = parse_principal(EVE)
    assert caller is not None
    kept, lost = layer("identity", [allow("s3:*")], "own").policies, Policy("lost", None, "lost is missing")
    own = Layer("identity", (*kept, lost))
    for layers in (Layers(own), Layers(own, scps=(layer("scp", [allow()], "root"),))):
        found = decide(make_request(caller, "s3:GetObject", "*", A), layers)
        assert found == Decision("allowed", (Deciding("own", 0, "Allow"),))
        found = decide(make_request(caller, "ec2:RunInstances", "*", A), layers)
        assert (found.outcome, found.missing) == ("conditional", ("lost is missing",))
