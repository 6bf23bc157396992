"""Which control policies reach an account, and when it cannot be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iamviz.inventory.guardrails import GuardrailType, guardrails_of
from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit
from tests.builders import A, B, X, allow, document

SCP: GuardrailType = "SERVICE_CONTROL_POLICY"
RCP: GuardrailType = "RESOURCE_CONTROL_POLICY"
FULL = Guardrail("p-full", "FullAWSAccess", SCP, document(allow("*")), ("r-1", "ou-1", "ou-2", A, B))
ORGANIZATION = Organization(
    "o-1",
    management_account=B,
    feature_set="ALL",
    roots=(OrganizationalUnit("r-1", "Root", None),),
    units=(OrganizationalUnit("ou-1", "Work", "r-1"), OrganizationalUnit("ou-2", "Prod", "ou-1")),
    accounts=(OrganizationAccount(A, "prod", parent="ou-2"), OrganizationAccount(B, "billing", parent="r-1")),
    guardrails=(FULL, Guardrail("p-2", "Regions", SCP, document(), ("ou-1",))),
    enabled_types=frozenset({SCP}),
)


def standing(organization: Organization | None, account: str = A, kind: GuardrailType = SCP) -> str:
    found = guardrails_of(organization, account, kind)
    assert bool(found.reason) == (found.standing != "applies")
    assert bool(found.levels) == (found.standing == "applies")
    return found.standing


def test_levels_run_from_the_root_to_the_account_with_what_is_attached_to_each() -> None:
    levels = guardrails_of(ORGANIZATION, A, SCP).levels
    assert [(level.target, level.name, [policy.name for policy in level.policies]) for level in levels] == [
        ("r-1", "Root", ["FullAWSAccess"]),
        ("ou-1", "Work", ["FullAWSAccess", "Regions"]),
        ("ou-2", "Prod", ["FullAWSAccess"]),
        (A, "prod", ["FullAWSAccess"]),
    ]


def test_the_management_account_is_exempt() -> None:
    assert standing(ORGANIZATION, B) == "exempt"


def test_a_stranger_to_the_organization_is_not_reached() -> None:
    assert standing(ORGANIZATION, X) == "none"


def test_without_an_organization_there_are_none() -> None:
    assert standing(None) == "none"


def test_a_type_that_is_not_enabled_has_no_effect() -> None:
    assert standing(ORGANIZATION, kind=RCP) == "none"
    assert standing(replace(ORGANIZATION, feature_set="CONSOLIDATED_BILLING")) == "none"


@pytest.mark.parametrize(
    "lacking",
    [
        {"enabled_types": None},
        {"guardrails": None},
        {"accounts": ()},
        {"units": ()},
        {"roots": ()},
        {"accounts": (OrganizationAccount(A, "prod"),)},
        {"guardrails": (FULL, replace(FULL, targets=None))},
    ],
)
def test_what_the_file_lacks_is_unknown_never_absent(lacking: dict[str, object]) -> None:
    assert standing(replace(ORGANIZATION, **lacking)) == "unknown"  # type: ignore[arg-type]


def test_a_tree_that_bites_its_tail_is_unknown() -> None:
    ring = (OrganizationalUnit("ou-1", "Work", "ou-2"), OrganizationalUnit("ou-2", "Prod", "ou-1"))
    assert standing(replace(ORGANIZATION, units=ring)) == "unknown"
