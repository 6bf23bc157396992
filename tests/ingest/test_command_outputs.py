"""Outputs of AWS CLI commands, by account and as they were printed."""

from __future__ import annotations

import pytest

from tests.ingest.builders import (
    ACCOUNT,
    OTHER,
    details,
    inventory,
    policy,
    read,
    report,
    report_row,
    role,
    texts,
    user,
)

ROLE = {
    "Arn": f"arn:aws:iam::{ACCOUNT}:role/app",
    "RoleName": "app",
    "AssumeRolePolicyDocument": {},
    "Description": "runs the app",
    "MaxSessionDuration": 7200,
}
PROFILE = {
    "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/web",
    "InstanceProfileName": "web",
    "Roles": [{"Arn": f"arn:aws:iam::{ACCOUNT}:role/app", "RoleName": "app"}],
}
OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/okta"
WORLD = details([user("alice"), user("bob")], roles=[role("app")])


def outputs(account: str = ACCOUNT, **commands: object) -> dict[str, object]:
    """Keyword list_roles stands for the command `iam list-roles`."""
    named = {"iam " + key.replace("_", "-") if key.islower() else key: value for key, value in commands.items()}
    return {account: named}


def test_list_roles_tells_description_and_session_length() -> None:
    found = inventory(WORLD, outputs(list_roles={"Roles": [ROLE]})).roles[0]
    assert (found.description, found.max_session) == ("runs the app", 7200)
    assert inventory(WORLD).roles[0].max_session is None


def test_credentials_come_from_commands_where_there_is_no_report() -> None:
    commands = outputs(
        list_users={
            "Users": [
                {
                    "Arn": f"arn:aws:iam::{ACCOUNT}:user/alice",
                    "UserName": "alice",
                    "PasswordLastUsed": "2025-01-01T00:00:00Z",
                }
            ]
        },
        list_mfa_devices={"Alice": {"MFADevices": [{"UserName": "Alice", "SerialNumber": "GAHT12345678"}]}},
        list_access_keys={"alice": {"AccessKeyMetadata": [{"AccessKeyId": "AKIA", "Status": "Inactive"}]}},
        get_login_profile={"alice": {"LoginProfile": {"UserName": "alice", "CreateDate": "2025-01-01T00:00:00Z"}}},
    )
    alice, bob = (each.credentials for each in inventory(WORLD, commands).users)
    assert alice is not None
    assert bob is not None
    assert (alice.password_enabled, alice.mfa_active, alice.password_last_used is not None) == (True, True, True)
    assert [key.active for key in alice.keys or ()] == [False]
    assert (bob.password_enabled, bob.mfa_active, bob.keys) == (False, False, ())


def test_a_command_that_was_not_run_tells_nothing() -> None:
    found = inventory(WORLD, outputs(list_mfa_devices={})).users[0].credentials
    assert found is not None
    assert (found.mfa_active, found.password_enabled, found.keys) == (False, None, None)


def test_the_report_counts_before_the_commands() -> None:
    commands = outputs(list_mfa_devices={})
    found = inventory(WORLD, commands, report(report_row("alice", mfa_active="true"))).users[0].credentials
    assert found is not None
    assert found.mfa_active is True


def test_instance_profiles_of_both_sources_are_joined() -> None:
    embedded = PROFILE | {"Roles": [], "Path": "/"}
    world = details(roles=[role("app", InstanceProfileList=[embedded])])
    empty = PROFILE | {
        "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/empty",
        "InstanceProfileName": "empty",
        "Roles": [],
    }
    found = inventory(world, outputs(list_instance_profiles={"InstanceProfiles": [PROFILE, empty]}))
    app = f"arn:aws:iam::{ACCOUNT}:role/app"
    assert [(each.name, each.roles) for each in found.instance_profiles] == [("empty", ()), ("web", (app,))]


def test_providers_of_a_kind_are_known_when_their_list_was_collected() -> None:
    oidc = {"OpenIDConnectProviderList": [{"Arn": OIDC}]}
    saml = {"SAMLProviderList": [{"Arn": SAML, "ValidUntil": "2030-01-01T00:00:00Z"}]}
    both = inventory(WORLD, outputs(list_open_id_connect_providers=oidc, list_saml_providers=saml))
    assert (both.oidc_providers, both.saml_providers) == (frozenset({OIDC}), frozenset({SAML}))
    one = inventory(WORLD, outputs(list_open_id_connect_providers=oidc))
    assert (one.oidc_providers, one.saml_providers) == (frozenset({OIDC}), None)
    details_of = outputs(
        list_saml_providers=saml, get_open_id_connect_provider={OIDC: {"Url": "x", "ClientIDList": []}}
    )
    assert inventory(WORLD, details_of).oidc_providers is None


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        ({"Users": 3}, "counts 3 users, the snapshot has 2: it is incomplete"),
        ({"Roles": 0}, "counts 0 roles, the snapshot has 1: one of the two is out of date"),
        ({"Policies": 1}, "counts 1 policies, the snapshot has 0: it is incomplete"),
    ],
)
def test_the_account_summary_checks_whether_all_is_there(summary: dict[str, int], text: str) -> None:
    aws = policy("Read") | {"Arn": "arn:aws:iam::aws:policy/Read"}
    world = WORLD | {"Policies": [aws]}
    assert text in texts(inventory(world, outputs(get_account_summary={"SummaryMap": summary})))


def test_a_summary_that_agrees_says_nothing() -> None:
    summary = {"Users": 2, "Groups": 0, "Roles": 1, "Policies": 0, "UsersQuota": 5000}
    assert inventory(WORLD, outputs(get_account_summary={"SummaryMap": summary})).notices == ()


def test_the_summary_tells_about_the_root_user() -> None:
    summary = {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 1, "AccountPasswordPresent": 0}
    root = inventory(WORLD, outputs(get_account_summary={"SummaryMap": summary})).root
    assert root is not None
    assert (root.mfa_active, root.password_enabled, len(root.keys or ())) == (True, False, 1)


def test_a_command_that_nothing_uses_is_named_in_plain_words() -> None:
    found = inventory(WORLD, {ACCOUNT: {"iam list-virtual-mfa-devices": {"VirtualMFADevices": []}, "Alias": "prod"}})
    assert found.alias == "prod"
    assert "The output of aws iam list-virtual-mfa-devices was read; nothing in this version uses it." in texts(found)


def test_regions_are_parts_of_their_own_and_join_in_the_inventory() -> None:
    west = {ACCOUNT: {"Region": "us-west-2", "iam list-roles": {"Roles": [ROLE]}}}
    east = {ACCOUNT: {"Region": "us-east-1", "iam list-saml-providers": {"SAMLProviderList": []}, "AccountId": ACCOUNT}}
    reading = read(west, east)
    assert [part.region for part in reading.parts] == ["us-east-1", "us-west-2"]
    assert inventory(WORLD, west, east).roles[0].max_session == 7200


def test_a_listing_that_was_cut_off_is_noted() -> None:
    assert "The listing is cut off" in texts(inventory(WORLD, outputs(list_roles={"Roles": [], "NextToken": "x"})))


def test_an_output_of_null_counts_as_not_collected() -> None:
    found = inventory(WORLD, outputs(list_saml_providers=None, list_open_id_connect_providers=None))
    assert (found.oidc_providers, found.saml_providers) == (None, None)
    assert "is null: it counts as not collected" in texts(found)


def test_one_account_of_several_fails_alone() -> None:
    reading = read(outputs(list_roles={"Roles": [ROLE]}) | outputs(OTHER, list_roles={"Roles": [5]}))
    assert [part.account for part in reading.parts] == [ACCOUNT]
    assert reading.rejections[0].account == OTHER
    assert reading.rejections[0].place.startswith(f'["{OTHER}"]["iam list-roles"].Roles[0] (line ')


@pytest.mark.parametrize(
    ("commands", "rule"),
    [
        ({OTHER: {"iam list-roles": {"Roles": [ROLE]}}}, f"ARNs of the account {OTHER} only"),
        ({OTHER: {"AccountId": ACCOUNT}}, "one account id"),
        ({OTHER: {"Region": 5}}, "a string"),
        ({OTHER: []}, "an object"),
        ({OTHER: {"iam list-roles": {}}}, "the key Roles, which this command prints"),
        ({OTHER: {"iam get-account-summary": {"SummaryMap": {"Users": "many"}}}}, "whole numbers"),
        ({OTHER: {"iam get-account-summary": {}}}, "an object"),
        ({OTHER: {"iam list-saml-providers": {"SAMLProviderList": [{"Arn": "x"}]}}}, "12-digit account id"),
    ],
)
def test_wrong_outputs_are_refused_with_the_rule(commands: object, rule: str) -> None:
    assert rule in read(commands).rejections[0].rule


@pytest.mark.parametrize(
    "answer",
    [
        {"Roles": [ROLE]},
        {"Users": [{"Arn": f"arn:aws:iam::{ACCOUNT}:user/alice", "UserName": "alice"}]},
        {"InstanceProfiles": [PROFILE]},
        {"OpenIDConnectProviderList": [{"Arn": OIDC}]},
        {"SAMLProviderList": [{"Arn": SAML}]},
        {"MFADevices": [{"UserName": "alice", "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/alice"}]},
    ],
)
def test_the_answer_of_a_command_belongs_to_the_account_of_its_arns(answer: object) -> None:
    parts = read(answer).parts
    assert [(part.kind, part.account) for part in parts] == [("command-outputs", ACCOUNT)]


def test_answers_in_files_of_their_own_are_joined() -> None:
    found = inventory(
        WORLD, {"Roles": [ROLE]}, {"OpenIDConnectProviderList": [{"Arn": OIDC}]}, {"SAMLProviderList": [{"Arn": SAML}]}
    )
    assert found.roles[0].max_session == 7200
    assert (found.oidc_providers, found.saml_providers) == (frozenset({OIDC}), frozenset({SAML}))


@pytest.mark.parametrize(
    "answer", [{"SummaryMap": {"Users": 1}}, {"AccessKeyMetadata": []}, {"LoginProfile": {}}, {"Roles": []}]
)
def test_an_answer_that_tells_no_account_is_refused_with_the_way_out(answer: object) -> None:
    rejection = read(answer).rejections[0]
    assert '{"111122223333": {"iam ' in rejection.remedy


def test_the_answer_of_a_command_that_nothing_uses_is_left_out_with_a_notice() -> None:
    reading = read({"PasswordPolicy": {}, "ResponseMetadata": {}})
    assert (reading.parts, reading.rejections) == ((), ())
    assert "aws iam get-account-password-policy" in texts(reading)
