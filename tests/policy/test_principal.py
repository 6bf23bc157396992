"""Whom a Principal element names, and whom NotPrincipal spares."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Not, Test
from iamviz.policy.principal import CALLER_SESSION, Caller, Way, match_principal
from tests.policy.tables import cases

EVE = Caller("arn:aws:iam::222222222222:user/staff/eve", "user", "222222222222", "AIDAEVE00000000000001")
DEPLOY = Caller("arn:aws:iam::222222222222:role/team/deploy", "role", "222222222222", "AROADEPLOY00000000001")
ROLE = "arn:aws:iam::222222222222:role/deploy"
SESSION = "arn:aws:sts::222222222222:assumed-role/deploy/ci"
IS_CI = Test(Condition("StringEquals", CALLER_SESSION, ("ci",)))


def aws(*values: str) -> tuple[PrincipalEntry, ...]:
    return tuple(PrincipalEntry("AWS", value) for value in values)


@pytest.mark.parametrize("case", cases("principals"))
def test_a_principal(case: dict[str, Any]) -> None:
    values = case["aws"] if isinstance(case["aws"], list) else [case["aws"]]
    match = match_principal(Statement(0, "Allow", principals=aws(*values)), EVE if case["caller"] == "user" else DEPLOY)
    assert (match.kind, match.session) == (case["kind"], case.get("session"))
    assert match.matches is (case["kind"] != "none")


def test_naming_a_session_speaks_of_that_session_only() -> None:
    assert match_principal(Statement(0, "Allow", principals=aws(SESSION)), DEPLOY).guard == IS_CI


def test_naming_several_sessions_is_one_test_of_the_name() -> None:
    match = match_principal(Statement(0, "Allow", principals=aws(SESSION, f"{SESSION}2")), DEPLOY)
    assert match.guard == Test(Condition("StringEquals", CALLER_SESSION, ("ci", "ci2")))


def test_the_ways_are_told_in_the_order_of_the_sessions_names() -> None:
    match = match_principal(Statement(0, "Allow", principals=aws(f"{SESSION}2", SESSION)), DEPLOY)
    assert match.ways == (Way("role-session", "ci"), Way("role-session", "ci2"))


@pytest.mark.parametrize(
    ("named", "kind"), [(f"{SESSION}/x", "role-session"), (SESSION, "none"), (f"{SESSION}/y", "none"), (ROLE, "role")]
)
def test_all_behind_the_role_is_the_sessions_name(named: str, kind: str) -> None:
    caller = Caller(f"{SESSION}/x", "session", "222222222222")
    assert match_principal(Statement(0, "Allow", principals=aws(named)), caller).kind == kind


def test_a_service_is_no_star() -> None:
    entries = (PrincipalEntry("Service", "*"),)
    assert match_principal(Statement(0, "Allow", principals=entries), Caller("*", "service", "")).kind == "none"


def test_naming_a_role_and_its_session_speaks_of_every_session() -> None:
    match = match_principal(Statement(0, "Allow", principals=aws(ROLE, SESSION)), DEPLOY)
    assert match.guard == ALWAYS
    assert match.ways == (Way("role-session", "ci"), Way("role"))


def test_services_and_providers_name_no_caller() -> None:
    entries = (PrincipalEntry("Service", "*"), PrincipalEntry("Federated", EVE.arn))
    assert match_principal(Statement(0, "Allow", principals=entries), EVE).guard == NEVER


def test_a_statement_without_a_principal_names_nobody() -> None:
    assert match_principal(Statement(0, "Allow"), EVE).kind == "none"


@pytest.mark.parametrize("spared", [EVE.arn, EVE.account, f"arn:aws:iam::{EVE.account}:root", EVE.unique_id, "*"])
def test_not_principal_spares_whoever_matches_in_any_way(spared: str) -> None:
    assert match_principal(Statement(0, "Deny", not_principals=aws(spared)), EVE).kind == "none"


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_not_principal_names_everyone_else(effect: str) -> None:
    match = match_principal(Statement(0, effect, not_principals=aws(ROLE)), EVE)
    assert (match.kind, match.guard) == ("anyone", ALWAYS)


def test_not_principal_that_spares_a_session_still_speaks_of_the_others() -> None:
    match = match_principal(Statement(0, "Deny", not_principals=aws(SESSION)), DEPLOY)
    assert (match.kind, match.guard) == ("anyone", Not(IS_CI))


def test_a_deny_with_not_principal_spares_nobody_who_has_a_boundary() -> None:
    bounded = replace(EVE, has_boundary=True)
    assert match_principal(Statement(0, "Deny", not_principals=aws(EVE.arn)), bounded).guard == ALWAYS
    assert match_principal(Statement(0, "Allow", not_principals=aws(EVE.arn)), bounded).guard == NEVER
