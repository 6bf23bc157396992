"""Storing a graph and laying it out."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamviz.graph import layout
from iamviz.graph.account_map import identity_level
from iamviz.graph.build import _Draft
from iamviz.graph.drawing import Level
from iamviz.graph.export import counts
from iamviz.graph.folding import group_level, organization_level
from iamviz.graph.levels import account_level, map_slots
from iamviz.graph.model import AccountNote, Edge, IamGraph, Node, Proof
from iamviz.graph.neighbourhood import around
from iamviz.graph.wire import decode_graph, encode_graph, pack_expression, unpack_expression
from iamviz.inventory.model import Organization, OrganizationAccount, OrganizationalUnit
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Missing, Test, all_of, any_of, negate
from tests.builders import A, B, X, account, allow, arn, graph, group, role, root, trust, user, written

ORGANIZATION = Organization(
    "o-1",
    roots=(OrganizationalUnit("r-1", "Root", None),),
    units=(OrganizationalUnit("ou-core", "Core", "r-1"),),
    accounts=(
        OrganizationAccount(A, "prod", "ACTIVE", "ou-core"),
        OrganizationAccount(B, "ci", "ACTIVE", "ou-core"),
        OrganizationAccount("333333333333", "quiet", "ACTIVE", "r-1"),
    ),
)


def world(*more: Any) -> IamGraph:
    prod = account(
        A,
        user("eve", allow(), groups=("ops",)),
        group("ops"),
        role("r", trusts=root(B)),
        role("vendor", trusts=trust(root(X), Condition={"StringEquals": {"sts:ExternalId": "é"}})),
        role("open", trusts="*"),
        role("gone", trusts="AIDADEAD"),
    )
    return graph(prod, account(B, user("ci", allow())), *more, organization=ORGANIZATION)


def test_a_stored_graph_reads_back_the_same() -> None:
    built = replace(world(), slots={"unit:ou-core": 3})
    stored = decode_graph(encode_graph(built))
    assert written(stored) == written(built)
    assert (stored.trusts, stored.slots, list(stored.accounts)) == (built.trusts, built.slots, built.accounts)
    assert encode_graph(stored) == encode_graph(built)


leaves = st.sampled_from(
    [ALWAYS, NEVER, Missing("x"), Test(Condition("Bool", "a", ("1",))), Test(Condition("Null", "b", ()))]
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(all_of), st.lists(inner, max_size=3).map(any_of), inner.map(negate)
    ),
    max_leaves=8,
)


@given(expressions)
@settings(derandomize=True)
def test_a_packed_expression_unpacks_to_itself(term: Expression) -> None:
    assert unpack_expression(pack_expression(term)) == term


def test_accounts_lie_in_their_unit_and_strangers_outside() -> None:
    level = account_level(world())
    units = {each.id: each for each in level.groups}
    for number, kind in enumerate(level.kind):
        inside = [
            math.hypot(level.x[number] - unit.x, level.y[number] - unit.y) + level.r[number] <= unit.r
            for unit in units.values()
        ]
        assert any(inside) == (kind == "account"), level.label[number]
    assert level.legend["account"] == 3
    assert {(level.label[s], level.label[t]) for s, t in zip(level.source, level.target, strict=True)} == {
        ("ci", "prod"),
        ("Anyone", "prod"),
        (X, "prod"),
    }


def test_an_account_keeps_its_place_when_others_come_and_go() -> None:
    before = map_slots(world(), {})
    others = [account(f"44444444444{n}", user("u")) for n in range(5)]
    after = map_slots(world(*others), before)
    assert {key: after[key] for key in before} == before
    assert len(set(after)) == len(before) + len(others) + 1


def test_an_opened_account_shows_its_identities_and_stubs_for_the_rest() -> None:
    level = identity_level(world(), A)
    shown = {level.label[number]: kind for number, kind in enumerate(level.kind)}
    assert shown["eve"] == "user"
    assert shown["ci"] == "account"
    assert (level.shown, level.total, level.edges_left_out) == (8, 8, 0)
    drawn = {(level.label[s], level.label[t]) for s, t in zip(level.source, level.target, strict=True)}
    assert {("ci", "r"), ("Anyone", "open"), ("eve", "ops"), (X, "vendor")} <= drawn


def test_the_providers_of_identity_center_are_one_mark() -> None:
    names = "AWSSSO_1a_DO_NOT_DELETE", "AWSSSO_2b_DO_NOT_DELETE", "okta"
    accounts = [
        account(number, saml_providers=frozenset({arn(number, f"saml-provider/{name}")}))
        for number, name in zip((A, B, X), names, strict=True)
    ]
    level = account_level(graph(*accounts))
    marks = {level.label[number]: level.n[number] for number, parent in enumerate(level.parent) if parent == "outside"}
    assert marks == {"IAM Identity Center": 2, "okta": 1}


def test_an_account_larger_than_the_cap_says_how_much_is_shown() -> None:
    level = identity_level(graph(account(A, *(user(f"u{n}") for n in range(30)))), A, cap=10)
    assert (level.shown, level.total) == (10, 32)


def test_slots_of_a_spiral_keep_their_distance_and_lie_closely() -> None:
    spots = [layout.spiral(slot) for slot in range(200)]
    assert min(math.dist(first, second) for first, second in combinations(spots, 2)) > 0.999
    assert all(abs(math.dist(spot, (0, 0))) <= 1.001 for spot in spots[:7])
    assert max(math.dist(spot, (0, 0)) for spot in spots) < 9


@given(st.lists(st.floats(0.5, 8), max_size=12))
@settings(derandomize=True, max_examples=50)
def test_packed_discs_never_overlap(radii: list[float]) -> None:
    for first, second in combinations(layout.pack(radii), 2):
        assert math.hypot(first.x - second.x, first.y - second.y) >= first.r + second.r


def test_counts_tell_kinds_certainties_and_admins() -> None:
    found: Any = counts(graph(account(A, user("eve", allow("*")), role("r", trusts=root(A)))))
    assert found["nodes"] == {"user": 1, "role": 1, "account": 1, "root": 1, "admin": 1}
    assert found["edges"]["can-assume"] == {"unknown": 0, "conditional": 0, "certain": 1}
    assert found["admins"] == {"conditional": 0, "certain": 1}


def test_nothing_depends_on_the_order_of_the_input() -> None:
    first, second = account(A, user("eve", allow())), account(B, role("r", trusts=root(A)))
    assert encode_graph(graph(first, second)) == encode_graph(graph(second, first))


def test_a_drawing_of_very_many_pairs_of_accounts_leaves_out_the_smallest_and_says_so() -> None:
    level = account_level(world(), most=1)
    assert (len(level.source), level.edges_left_out) == (1, 2)


def lines(level: Level) -> set[tuple[str, str, int]]:
    ends = zip(level.source, level.target, level.edge_n, strict=True)
    return {(level.label[source], level.label[target], n) for source, target, n in ends}


def test_units_stand_for_their_accounts_and_add_up_what_leads_out_of_them() -> None:
    level = organization_level(world())
    marks = {label: (level.kind[number], level.n[number]) for number, label in enumerate(level.label)}
    assert marks["Core"] == ("organizational-unit", 7)
    assert marks["Root"] == ("organizational-unit", 0)
    assert lines(level) == {("Anyone", "Core", 1), (X, "Core", 1)}


def test_sorts_of_identities_stand_for_their_members() -> None:
    level = group_level(world(), A)
    marks = {label: (level.kind[number], level.n[number]) for number, label in enumerate(level.label)}
    assert marks["Roles"] == ("identity-group", 4)
    assert marks["ci"] == ("account", 1)
    assert {("ci", "Roles", 2), ("Users", "Groups", 1), ("Users", "Roles", 1)} <= lines(level)


def drawn_in_accounts(*more: Edge) -> IamGraph:
    """ci of one account reaches r of another through two patterns in a row; what else is drawn comes with `more`."""
    draft = _Draft()
    draft.add(Node("ci", "role", "ci", B))
    draft.add(Node("r", "role", "r", A))
    draft.add(Node(f"admin:{A}", "admin", "Administration", A))
    draft.add(Node("issuer", "oidc-provider", "issuer.example", A))
    draft.add(Node("issuer#app", "federated-subject", "app", A))
    draft.add(Node("permission-set:Ops", "permission-set", "Ops"))
    for pattern, number in (("p", B), ("q", A)):
        draft.add(Node(pattern, "pattern", pattern, number))
    for source, target in (("ci", "p"), ("p", "q"), ("q", "r")):
        draft.add(Edge(source, target, "can-assume", Proof(ALWAYS)))
    for edge in more:
        draft.add(edge)
    return draft.columns([AccountNote(A, "prod", in_snapshot=True), AccountNote(B, "ci", in_snapshot=True)], [])


def test_accounts_are_connected_through_patterns_in_a_row() -> None:
    assert lines(account_level(drawn_in_accounts())) == {("ci", "prod", 1)}


def test_subjects_and_permission_sets_stand_with_who_vouches_for_them() -> None:
    into = [Edge(each, "r", "federates-into", Proof(ALWAYS)) for each in ("issuer#app", "permission-set:Ops")]
    level = account_level(drawn_in_accounts(*into))
    assert lines(level) == {("ci", "prod", 1), ("issuer.example", "prod", 1), ("IAM Identity Center", "prod", 1)}


def test_the_administration_of_an_account_lies_in_it() -> None:
    level = identity_level(drawn_in_accounts(Edge("r", f"admin:{A}", "is-admin", Proof(ALWAYS))), A)
    assert ("r", "Administration", 1) in lines(level)
    assert dict(zip(level.label, level.parent, strict=True))["Administration"] == "Administration"


def test_parallel_relations_of_a_neighbourhood_are_all_drawn() -> None:
    graph = drawn_in_accounts(Edge("ci", "r", "can-escalate", Proof(ALWAYS), "iam-012"))
    found = around(graph, graph.position["ci"])
    drawn = [relation for *_, relation in found.view.edges(data="relation")]
    assert [(each.kind, each.methods(graph)) for each in drawn] == [
        ("can-assume", ("sts-001",)),
        ("can-escalate", ("iam-012",)),
    ]
