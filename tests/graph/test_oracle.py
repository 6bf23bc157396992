"""Assume-role pairs and escalations against a decision about every single one of an organization."""

from __future__ import annotations

import pytest

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges
from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit
from tests.builders import A, account, allow, deny, document, graph, pairs, role, trust, unreadable
from tests.graph.escalation.test_every_method import methods
from tests.oracle.comparing import Comparison, compare
from tests.oracle.escalation.finding import COVERED, UNCOVERED, brute_escalations, graph_escalations
from tests.oracle.escalation.worlds import make_world as make_escalating_world
from tests.oracle.organizations import make_world
from tests.oracle.pairs import brute_pairs

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_is_what_deciding_every_pair_of_twelve_accounts_gives(seed: int) -> None:
    world = make_world(seed)
    expected = brute_pairs(world.inventories, world.organization)
    comparison = compare(expected, assume_edges(build_graph(world.inventories, world.organization)))
    assert comparison.differing == [], str(comparison)
    assert {certainty for _, _, certainty in expected} == {"certain", "conditional", "unknown"}, str(comparison)


@pytest.mark.parametrize("seed", [4, 7])
def test_the_escalations_are_those_that_asking_for_every_request_gives(seed: int) -> None:
    """Small, to be quick; twelve accounts: `python -m tests.oracle --escalation`."""
    world = make_escalating_world(seed, accounts=5, users=9, roles=13)
    expected = brute_escalations(world.inventories, world.organization)
    comparison = Comparison(expected, graph_escalations(build_graph(world.inventories, world.organization)))
    assert comparison.differing == [], str(comparison)
    assert set(expected.values()) == {"certain", "conditional", "unknown"}, str(comparison)


def test_of_every_method_it_is_said_whether_the_oracle_decides_it() -> None:
    assert set(methods()) == COVERED | UNCOVERED
    assert not COVERED & UNCOVERED


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_is_sorted_and_says_every_pair_once(seed: int) -> None:
    world = make_world(seed, users=4, roles=8)
    found = list(assume_edges(build_graph(world.inventories, world.organization)))
    assert found == sorted({(source, role): (source, role, certainty) for source, role, certainty in found}.values())


def test_a_service_linked_role_beside_the_others_does_not_spare_them_the_guardrails_that_spare_it() -> None:
    linked = role("AWSServiceRoleForX", path="/aws-service-role/x.amazonaws.com/")
    world = account(A, linked, role("app"), role("prod", trusts=trust("*")))
    refusing = Guardrail("p-1", "p-1", "SERVICE_CONTROL_POLICY", document(allow("*"), deny()), (A,))
    organization = Organization(
        "o-1",
        management_account="222222222222",
        roots=(OrganizationalUnit("r-1", "Root", None),),
        accounts=(OrganizationAccount(A, "a", "ACTIVE", "r-1"),),
        guardrails=(refusing,),
        enabled_types=frozenset({"SERVICE_CONTROL_POLICY"}),
    )
    found = assume_edges(graph(world, organization=organization))
    assert [source.rpartition("/")[2] for source, _, _ in found] == ["AWSServiceRoleForX"]


def test_nobody_can_tell_whether_a_role_brings_tags_whose_own_trust_cannot_be_read() -> None:
    trusted = trust("*", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}})
    app = role("app", trusts=unreadable(), tags={"team": "blue"})
    assert ("app", "prod", "unknown") in pairs(account(A, app, role("prod", trusts=trusted)))
    tagged = role("app", trusts=unreadable(), tags={"team": "red"})
    assert ("app", "prod", "certain") in pairs(account(A, tagged, role("prod", trusts=trusted)))
