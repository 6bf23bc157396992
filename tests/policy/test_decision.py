"""Which layers must let a request through, and what is reported of those that do not."""

from __future__ import annotations

import pytest

from iamviz.policy.conditions import context_of
from iamviz.policy.decision import Deciding, Decision, decide
from iamviz.policy.layers import Layer, Layers, Policy
from iamviz.policy.request import make_request, parse_principal
from tests.policy.deciding import EVE, OBJECT, OPS, OPS_CI, READ, ROOT, A, B, allow, decided, deny, layer, to

FEDERATED = f"arn:aws:sts::{A}:federated-user/eve"


def denied(*layers: str) -> Decision:
    return Decision("implicitly_denied", blocked_by=layers)


def test_an_allow_of_the_identity_suffices_in_its_own_account() -> None:
    assert decided(own=[allow()]) == Decision("allowed", (Deciding("own", 0, "Allow"),))


def test_an_allow_of_the_resource_that_names_the_user_suffices_too() -> None:
    assert decided(policy=[to(EVE)]) == Decision("allowed", (Deciding("policy", 0, "Allow"),))


def test_naming_the_account_only_asks_for_an_allow_of_the_identity_besides() -> None:
    assert decided(policy=[to(A)]) == denied("identity")


def test_a_deny_that_names_the_account_denies() -> None:
    found = decided(own=[allow()], policy=[{**to(A), "Effect": "Deny"}])
    assert found == Decision("explicitly_denied", (Deciding("policy", 0, "Deny"),), ("resource",))


def test_a_deny_wins_though_nothing_allows_and_every_layer_that_blocks_is_reported() -> None:
    found = decided(own=[deny()], session=[], scps=[[]], endpoint=[], boundary=[])
    assert found.outcome == "explicitly_denied"
    assert found.blocked_by == ("identity", "session", "scp", "vpce", "boundary")


@pytest.mark.parametrize(
    ("own", "policy", "expected"),
    [
        ([], [], denied("identity", "resource")),
        ([allow()], [], denied("resource")),
        ([], [to(EVE)], denied("identity")),
    ],
)
def test_in_another_account_both_must_allow(own: list, policy: list, expected: Decision) -> None:
    assert decided(owner=B, own=own, policy=policy) == expected


@pytest.mark.parametrize("named", [EVE, A, ROOT, "*"])
def test_in_another_account_naming_the_principal_its_account_or_everyone_will_do(named: str) -> None:
    assert decided(owner=B, own=[allow()], policy=[to(named)]).outcome == "allowed"


def test_a_session_policy_limits_what_identity_policies_grant() -> None:
    assert decided(OPS_CI, own=[allow()], session=[allow("ec2:*")]) == denied("session")


@pytest.mark.parametrize(("named", "outcome"), [(OPS_CI, "allowed"), ("*", "allowed"), (OPS, "implicitly_denied")])
def test_only_naming_the_session_adds_to_a_session_policy(named: str, outcome: str) -> None:
    assert decided(OPS_CI, session=[allow("ec2:*")], policy=[to(named)]).outcome == outcome


def test_who_is_signed_in_may_always_ask_who_it_is() -> None:
    assert decided(EVE, "sts:GetCallerIdentity", "*", own=[deny()], scps=[[deny()]]).outcome == "allowed"
    assert decided(None, "sts:GetCallerIdentity", "*").outcome == "implicitly_denied"


def test_identity_policies_and_scps_say_nothing_on_anonymous_requests() -> None:
    assert decided(None, own=[deny()], scps=[[]], policy=[to("*")]).outcome == "allowed"
    assert decided(None, own=[allow()], policy=[to(A)]) == denied("resource")


def test_rcps_and_endpoints_limit_anonymous_requests() -> None:
    rcp = {**to("*"), "Effect": "Deny"}
    assert decided(None, policy=[to("*")], rcps=[[rcp]]).blocked_by == ("rcp",)
    assert decided(None, policy=[to("*")], endpoint=[]).blocked_by == ("vpce",)


def test_a_service_needs_the_resource_only_and_to_be_named_exactly() -> None:
    service = "cloudtrail.amazonaws.com"
    assert decided(service, policy=[to({"Service": service})], scps=[[]]).outcome == "allowed"
    assert decided(service, policy=[to({"Service": "config.amazonaws.com"})]) == denied("resource")
    assert decided(service, policy=[to({"AWS": service})]) == denied("resource")


def test_each_level_of_scps_must_allow() -> None:
    assert decided(own=[allow()], scps=[[allow()], [allow("s3:*")]]).outcome == "allowed"
    assert decided(own=[allow()], scps=[[allow()], []]) == denied("scp")


def test_no_scp_restricts_a_service_linked_role() -> None:
    arn = f"arn:aws:iam::{A}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    session = f"arn:aws:sts::{A}:assumed-role/AWSServiceRoleForECS/one"
    assert decided(arn, own=[allow()], scps=[[deny()]]).outcome == "allowed"
    assert decided(session, own=[allow()], scps=[[deny()]]).outcome == "allowed"


def test_of_rcps_only_denials_count_and_only_for_services_on_the_list() -> None:
    rcp = {**to("*"), "Effect": "Deny"}
    assert decided(own=[allow()], rcps=[[]]).outcome == "allowed"
    assert decided(own=[allow()], rcps=[[rcp]]).blocked_by == ("rcp",)
    assert decided(EVE, "ec2:RunInstances", "*", own=[allow()], rcps=[[rcp]]).outcome == "allowed"


def test_identity_grants_need_the_boundary() -> None:
    assert decided(own=[allow()], boundary=[allow("ec2:*")]) == denied("boundary")


@pytest.mark.parametrize(
    ("principal", "named", "outcome"),
    [
        (EVE, EVE, "allowed"),
        (EVE, "*", "allowed"),
        (OPS_CI, OPS_CI, "allowed"),
        (OPS_CI, OPS, "implicitly_denied"),
        (OPS, OPS, "implicitly_denied"),
        (FEDERATED, FEDERATED, "allowed"),
        (FEDERATED, EVE, "implicitly_denied"),
        (FEDERATED, "*", "implicitly_denied"),
    ],
)
def test_what_a_resource_grants_past_a_boundary(principal: str, named: str, outcome: str) -> None:
    assert decided(principal, policy=[to(named)], boundary=[allow("ec2:*")]).outcome == outcome


def test_nothing_gets_past_a_boundary_in_another_account() -> None:
    found = decided(owner=B, own=[allow()], policy=[to(EVE)], boundary=[allow("ec2:*")])
    assert found == denied("boundary")


def test_a_boundary_that_denies_denies_whatever_the_resource_grants() -> None:
    assert decided(policy=[to(EVE)], boundary=[deny()]).outcome == "explicitly_denied"


def test_a_boundary_without_a_document_is_unknown() -> None:
    caller = parse_principal(EVE)
    assert caller is not None
    lost = Layer("boundary", (Policy("limit", None, "the document of limit is missing"),))
    layers = Layers(layer("identity", [allow()], "own"), boundaries=lost)
    found = decide(make_request(caller, READ, OBJECT, A), layers)
    assert (found.outcome, found.missing) == ("conditional", ("the document of limit is missing",))


def test_a_deny_with_not_principal_denies_whoever_has_a_boundary() -> None:
    spared = {"Effect": "Deny", "NotPrincipal": {"AWS": [EVE, A]}, "Action": "*", "Resource": "*"}
    assert decided(own=[allow()], policy=[spared]).outcome == "allowed"
    assert decided(own=[allow()], policy=[spared], boundary=[allow()]).outcome == "explicitly_denied"


def test_an_endpoint_that_is_given_must_allow() -> None:
    assert decided(own=[allow()], endpoint=[to("*")]).outcome == "allowed"
    assert decided(own=[allow()], endpoint=[to(B)]) == denied("vpce")


def test_a_role_is_named_in_any_case_and_without_its_path() -> None:
    assert decided(OPS_CI, policy=[to(f"arn:aws:iam::{A}:role/OPS")]).outcome == "allowed"
    assert decided(OPS_CI, policy=[to(f"arn:aws:sts::{A}:assumed-role/ops/other")]).outcome == "implicitly_denied"


def test_a_unique_id_names_whoever_still_has_it() -> None:
    named = [to("AROAOPS0000000000001")]
    assert decided(OPS_CI, policy=named, context={"aws:userid": "AROAOPS0000000000001:ci"}).outcome == "allowed"
    assert decided(OPS_CI, policy=named).outcome == "implicitly_denied"


def test_canonical_ids_and_providers_are_named_exactly() -> None:
    canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    assert decided(canonical, policy=[to({"CanonicalUser": canonical})]).outcome == "allowed"
    assert decided(canonical, policy=[to({"CanonicalUser": canonical[:-1]})]).outcome == "implicitly_denied"


def test_a_statement_without_principal_in_a_resources_policy_speaks_of_nobody() -> None:
    assert decided(policy=[allow()]) == denied("identity")


def test_the_root_user_needs_no_policy_in_its_own_account_but_obeys_scps() -> None:
    assert decided(ROOT).outcome == "allowed"
    assert decided(ROOT, scps=[[deny()]]).blocked_by == ("scp",)


def test_an_action_without_resources_is_asked_on_everything() -> None:
    assert decided(EVE, "s3:ListAllMyBuckets", OBJECT, own=[allow(resource=OBJECT)]) == denied("identity")


def test_what_hangs_on_an_unknown_key_is_conditional() -> None:
    mfa = {"Bool": {"aws:multifactorauthpresent": "true"}}
    found = decided(own=[allow(Condition=mfa)], known=False)
    assert found == Decision("conditional", (Deciding("own", 0, "Allow"),), (), ("aws:MultiFactorAuthPresent",))


def test_a_deny_that_hangs_on_an_unknown_key_is_never_allowed() -> None:
    found = decided(own=[allow(), deny(Condition={"StringEquals": {"aws:username": "eve"}})], known=False)
    assert (found.outcome, found.depends_on) == ("conditional", ("aws:username",))
    assert [each.effect for each in found.because] == ["Allow", "Deny"]


def test_what_cannot_be_whatever_the_keys_is_denied_implicitly() -> None:
    is_eve = {"StringEquals": {"aws:username": "eve"}}
    found = decided(own=[allow(Condition=is_eve), deny(Condition=is_eve)], known=False)
    assert found == denied("identity")


def test_a_role_stands_for_any_of_its_sessions_where_not_all_is_known() -> None:
    assert decided(OPS, policy=[to(OPS_CI)], known=False).depends_on == ("sts:RoleSessionName",)
    assert decided(OPS, policy=[to(OPS_CI)]).outcome == "implicitly_denied"


def test_the_session_that_calls_is_not_the_one_that_is_asked_for() -> None:
    found = decided(OPS, policy=[to(OPS_CI)], context={"sts:RoleSessionName": "night"}, known=False)
    assert (found.outcome, found.depends_on) == ("conditional", ("sts:RoleSessionName",))


def test_what_an_unknown_operator_guards_never_matches() -> None:
    odd = {"StringResembles": {"aws:username": "eve"}}
    assert decided(own=[allow(Condition=odd)], context={"aws:username": "eve"}) == denied("identity")
    assert decided(own=[allow(), deny(Condition=odd)]).outcome == "allowed"


def test_layers_answer_the_same_when_they_are_asked_again() -> None:
    caller = parse_principal(EVE)
    assert caller is not None
    layers = Layers(layer("identity", [allow("s3:Get*")], "own"))
    asked = [make_request(caller, action, OBJECT, A, context_of({})) for action in (READ, "s3:PutObject", READ)]
    assert [decide(each, layers).outcome for each in asked] == ["allowed", "implicitly_denied", "allowed"]


@pytest.mark.parametrize("text", ["", "eve", "*", "arn:aws:s3:::reports", f"arn:aws:sts::{A}:assumed-role/ops"])
def test_what_is_no_principal(text: str) -> None:
    assert parse_principal(text) is None
