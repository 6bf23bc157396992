"""The condition keys that a snapshot tells, and those that nobody can have."""

from __future__ import annotations

from dataclasses import replace

from iamviz.inventory.known_keys import keys_of_principal, keys_of_resource
from iamviz.inventory.model import Organization, Role, User
from tests.builders import A, X, document
from tests.inventory.test_guardrails import ORGANIZATION

EVE = User(f"arn:aws:iam::{A}:user/eve", "eve", "AIDAEVE", tags={"team": "web"})
DEPLOY = Role(f"arn:aws:iam::{A}:role/ci/deploy", "deploy", "AROADEPLOY", document(), tags={"team": "ci"})


def test_a_user_has_its_name_its_id_and_its_tags() -> None:
    keys = keys_of_principal(EVE, A, None)
    assert (keys["aws:username"], keys["aws:userid"], keys["aws:PrincipalTag/team"]) == ("eve", "AIDAEVE", "web")
    assert "aws:MultiFactorAuthPresent" not in keys


def test_a_role_session_never_has_mfa_nor_a_user_name() -> None:
    keys = keys_of_principal(DEPLOY, A, None)
    assert (keys["aws:MultiFactorAuthPresent"], keys["aws:username"]) == ("false", None)
    assert keys["aws:PrincipalArn"] == DEPLOY.arn
    assert "aws:userid" not in keys
    assert keys_of_principal(DEPLOY, A, None, "friday")["aws:userid"] == "AROADEPLOY:friday"


def test_the_organization_gives_its_id_and_the_path() -> None:
    keys = keys_of_principal(EVE, A, ORGANIZATION)
    assert keys["aws:PrincipalOrgID"] == "o-1"
    assert keys["aws:PrincipalOrgPaths"] == ("o-1/r-1/ou-1/ou-2/",)


def test_a_stranger_has_no_organization_and_an_unknown_place_says_nothing() -> None:
    assert keys_of_principal(EVE, X, ORGANIZATION)["aws:PrincipalOrgID"] is None
    assert "aws:PrincipalOrgID" not in keys_of_principal(EVE, A, Organization("o-1"))
    assert "aws:PrincipalOrgPaths" not in keys_of_principal(EVE, A, replace(ORGANIZATION, units=()))


def test_a_role_as_the_resource_has_its_tags() -> None:
    keys = keys_of_resource(DEPLOY, A, ORGANIZATION)
    assert (keys["aws:ResourceAccount"], keys["aws:ResourceOrgID"], keys["iam:ResourceTag/team"]) == (A, "o-1", "ci")
    assert keys_of_resource(None, "", None) == {}
