"""The organization file: what it lacks is unknown, never absent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamviz.ingest.assemble import build_organization
from iamviz.inventory.model import Organization
from tests.ingest.builders import ALLOW_ALL, details, read, texts, user

SCP = {
    "PolicySummary": {"Id": "p-1", "Name": "No leaving", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": False},
    "Content": json.dumps(ALLOW_ALL),
}
WORLD: dict[str, Any] = {
    "Organization": {"Id": "o-1", "FeatureSet": "ALL", "MasterAccountId": "111122223333"},
    "Roots": [
        {
            "Id": "r-1",
            "Name": "Root",
            "PolicyTypes": [
                {"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"},
                {"Type": "RESOURCE_CONTROL_POLICY", "Status": "PENDING_DISABLE"},
            ],
        }
    ],
    "OrganizationalUnits": [{"Id": "ou-1", "Name": "Prod", "ParentId": "r-1"}],
    "Accounts": [
        {"Id": "111122223333", "Name": "prod", "Status": "ACTIVE", "ParentId": "ou-1", "Email": "a@example.com"},
        {"Id": "444455556666", "Name": "old", "State": "SUSPENDED", "Status": "ACTIVE", "ParentId": "r-1"},
    ],
    "Policies": [SCP],
    "PolicyTargets": [{"PolicyId": "p-1", "TargetId": "r-1"}],
    "EnabledFeatures": ["RootSessions"],
    "DelegatedAdministrators": [{"Id": "444455556666", "ServicePrincipals": ["iam.amazonaws.com"]}],
}


def organization(world: object) -> Organization:
    reading = read(world)
    assert reading.rejections == ()
    return build_organization(reading.parts[0])


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in WORLD.items() if key not in keys}


def test_a_whole_organization_is_read_without_a_word() -> None:
    found = organization(WORLD)
    assert (found.id, found.management_account, found.feature_set) == ("o-1", "111122223333", "ALL")
    assert [each.parent for each in found.units] == ["r-1"]
    assert found.enabled_types == frozenset({"SERVICE_CONTROL_POLICY"})
    assert found.enabled_features == frozenset({"RootSessions"})
    assert found.guardrails is not None
    assert found.guardrails[0].targets == ("r-1",)
    assert found.guardrails[0].document.document is not None
    assert found.notices == ()


def test_state_counts_before_status_and_suspended_accounts_are_kept() -> None:
    assert [each.state for each in organization(WORLD).accounts] == ["ACTIVE", "SUSPENDED"]


def test_policies_that_are_missing_are_unknown_not_absent() -> None:
    found = organization(without("Policies"))
    assert found.guardrails is None
    assert "missing: Policies" in texts(found)
    assert organization(WORLD | {"Policies": []}).guardrails == ()


def test_targets_that_are_missing_are_unknown() -> None:
    found = organization(without("PolicyTargets"))
    assert found.guardrails is not None
    assert found.guardrails[0].targets is None
    assert "what the policies are attached to is unknown" in texts(found)


def test_a_missing_tree_is_noted() -> None:
    accounts = [{"Id": "111122223333", "Name": "prod"}]
    lacking = without("Roots", "OrganizationalUnits", "EnabledFeatures", "DelegatedAdministrators")
    found = organization(lacking | {"Accounts": accounts})
    assert found.delegated_administrators is None
    assert (found.roots, found.units, found.enabled_types, found.enabled_features) == ((), (), None, None)
    for word in ("Roots", "OrganizationalUnits", "EnabledFeatures", "DelegatedAdministrators", "no ParentId"):
        assert word in texts(found)


def test_the_path_of_an_account_stands_in_for_its_parent() -> None:
    accounts = [{"Id": "111122223333", "Name": "prod", "Paths": ["o-1/r-1/ou-1/111122223333/"]}]
    assert organization(WORLD | {"Accounts": accounts}).accounts[0].parent == "ou-1"


def test_an_account_id_that_lost_its_zeros_is_mended_with_a_notice() -> None:
    found = organization(WORLD | {"Accounts": [{"Id": 12345678901, "Name": "x", "ParentId": "r-1"}]})
    assert found.accounts[0].id == "012345678901"
    assert "leading zeros were put back" in texts(found)


def test_other_policy_types_are_left_out_and_named() -> None:
    other = {"PolicySummary": {"Id": "p-2", "Name": "tags", "Type": "TAG_POLICY"}, "Content": "{}"}
    found = organization(WORLD | {"Policies": [SCP, other]})
    assert found.guardrails is not None
    assert len(found.guardrails) == 1
    assert "TAG_POLICY" in texts(found)


def test_an_unreadable_control_policy_is_named_and_stays() -> None:
    found = organization(WORLD | {"Policies": [SCP | {"Content": "{"}]})
    assert found.guardrails is not None
    assert found.guardrails[0].document.document is None
    assert "unreadable: Policies p-1 Content" in texts(found)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"Organization": {"Arn": "x"}}, "Organization"),
        ({"Accounts": [{"Id": "12", "Name": "x"}, {"Id": "abc"}]}, "Accounts"),
        ({"Accounts": {}}, "Accounts"),
        ({"Roots": [{"Id": 1}]}, "Roots[0].Id"),
        ({"EnabledFeatures": [1]}, "EnabledFeatures"),
        ({"NextToken": "more"}, "NextToken"),
    ],
)
def test_a_wrong_type_refuses_the_file_with_its_place(change: dict[str, Any], place: str) -> None:
    reading = read(WORLD | change)
    assert reading.parts == ()
    assert reading.rejections[0].place.split(" (")[0] == place


def test_the_organization_is_a_part_without_an_account_and_its_order_does_not_matter() -> None:
    shuffled = {key: value[::-1] if isinstance(value, list) else value for key, value in reversed(WORLD.items())}
    assert read(WORLD).parts[0].account == ""
    assert read(WORLD).parts[0].sha256 == read(shuffled).parts[0].sha256


def test_of_two_organization_files_the_newer_is_used() -> None:
    reading = read(WORLD, WORLD | {"Accounts": []}, details([user("a")]))
    parts = [part for part in reading.parts if part.kind == "organization"]
    assert len(parts) == 1
    assert [notice.kind for notice in parts[0].notices] == ["ignored"]


@pytest.mark.parametrize(
    ("listed", "services"),
    [
        ([{"Id": "444455556666"}], None),
        ([{"AccountId": "444455556666", "ServicePrincipal": "iam.amazonaws.com"}], {"iam.amazonaws.com"}),
        (
            [
                {"Id": "444455556666", "DelegatedServices": [{"ServicePrincipal": "iam.amazonaws.com"}]},
                {"Id": "444455556666", "ServicePrincipals": ["sso.amazonaws.com"]},
            ],
            {"iam.amazonaws.com", "sso.amazonaws.com"},
        ),
    ],
)
def test_a_delegated_administrator_has_the_services_of_all_its_lines(listed: object, services: object) -> None:
    (found,) = organization(WORLD | {"DelegatedAdministrators": listed}).delegated_administrators or ()
    assert (found.account, found.services) == ("444455556666", services)
