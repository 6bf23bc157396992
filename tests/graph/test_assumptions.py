"""What is known of the requests decides the conditional edges; nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from iamviz.graph.admin_reach import reach_admin
from iamviz.graph.assumed import assume
from iamviz.graph.assumptions import (
    NOTHING_ASSUMED,
    Assumptions,
    assume_external_id,
    assume_external_ids_known,
    assume_keys,
    assume_member,
    assume_mfa,
    assume_one_of,
    assume_session_tags,
    decide,
)
from iamviz.graph.model import IamGraph
from iamviz.graph.reach import edges_between, outbound
from iamviz.graph.wire import decode_graph, encode_graph
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    All,
    Certainty,
    Condition,
    Expression,
    Missing,
    Test,
    all_of,
    any_of,
    certainty,
    negate,
)
from iamviz.policy.expression import Any as AnyOf
from tests.builders import written
from tests.graph.drawn import Line, draw, drawings, expanded, pairs_of


def on(operator: str, key: str, *values: str) -> Expression:
    return Test(Condition(operator, key, values))


MFA = on("Bool", "aws:MultiFactorAuthPresent", "true")
NO_MFA = on("Bool", "aws:MultiFactorAuthPresent", "false")
RECENT = on("NumericLessThan", "aws:MultiFactorAuthAge", "3600")
EXTERNAL_ID = on("StringEquals", "sts:ExternalId", "b0c9f4e2")
SOME_ID = on("StringLike", "sts:ExternalId", "acme-*-?")
OWN = on("StringEquals", "aws:PrincipalOrgID", "o-acme")
OFFICE = on("IpAddress", "aws:SourceIp", "203.0.113.0/24")
TEAM = on("StringEquals", "aws:RequestTag/team", "ops")
ONLY_TEAM = on("ForAllValues:StringEquals", "aws:TagKeys", "team")


@pytest.mark.parametrize(
    ("expression", "assumptions", "expected"),
    [
        (MFA, assume_mfa(present=True), ALWAYS),
        (MFA, assume_mfa(present=False), NEVER),
        (all_of((MFA, RECENT)), assume_mfa(present=True), ALWAYS),
        (RECENT, assume_mfa(present=False), NEVER),
        (on("BoolIfExists", "aws:MultiFactorAuthPresent", "true"), assume_mfa(present=False), ALWAYS),
        (negate(NO_MFA), assume_mfa(present=False), ALWAYS),
        (NO_MFA, assume_mfa(present=True), ALWAYS),
        (EXTERNAL_ID, assume_external_id("b0c9f4e2"), ALWAYS),
        (EXTERNAL_ID, assume_external_id("other"), NEVER),
        (EXTERNAL_ID, assume_external_id(None), NEVER),
        (EXTERNAL_ID, assume_external_ids_known(), ALWAYS),
        (SOME_ID, assume_external_ids_known(), ALWAYS),
        (on("StringLike", "sts:ExternalId", "*"), assume_external_id(None), ALWAYS),
        (on("Null", "sts:ExternalId", "true"), assume_external_ids_known(), ALWAYS),
        (OWN, assume_member(inside=True), ALWAYS),
        (OWN, assume_member(inside=False), NEVER),
        (on("StringNotEquals", "aws:PrincipalOrgID", "o-acme"), assume_member(inside=False), ALWAYS),
        (OFFICE, assume_keys({"aws:SourceIp": "203.0.113.9"}), ALWAYS),
        (OFFICE, assume_keys({"AWS:sourceip": "198.51.100.9"}), NEVER),
        (all_of((TEAM, ONLY_TEAM)), assume_session_tags({"team": "ops"}), ALWAYS),
        (ONLY_TEAM, assume_session_tags({"team": "ops", "cost": "1"}), NEVER),
        (all_of((MFA, OFFICE)), assume_mfa(present=True), OFFICE),
        (all_of((MFA, Missing("x"))), assume_mfa(present=True), Missing("x")),
        (all_of((MFA, Missing("x"))), assume_mfa(present=False), NEVER),
        (OFFICE, assume_mfa(present=True), OFFICE),
        (MFA, NOTHING_ASSUMED, MFA),
    ],
)
def test_an_expression_holds_where_it_does_for_some_choice_of_the_caller(
    expression: Expression, assumptions: Assumptions, expected: Expression
) -> None:
    assert decide(expression, assumptions) == expected


def test_several_assumptions_hold_together() -> None:
    both = assume_mfa(present=True) + assume_keys({"aws:SourceIp": "203.0.113.9"})
    assert decide(all_of((MFA, OFFICE)), both) == ALWAYS
    assert decide(all_of((MFA, EXTERNAL_ID)), both) == EXTERNAL_ID


def test_more_choices_than_can_be_tried_leave_the_expression_as_it_is() -> None:
    tests = [on("StringEquals", f"saml:k{n}", "x") for n in range(7)]
    many = sum((assume_one_of(f"saml:k{n}", "x", "y") for n in range(7)), NOTHING_ASSUMED)
    assert decide(all_of(tests), many) == all_of(tests)
    assert decide(all_of(tests[:6]), many) == ALWAYS


def test_a_session_tag_settles_a_variable_of_the_resource_where_the_role_is_known() -> None:
    own = on("PolicyVariable", "aws:PrincipalTag/team", "arn:aws:iam::*:role/${aws:PrincipalTag/team}-*")
    ops = assume_session_tags({"team": "ops"})
    assert decide(own, ops, "arn:aws:iam::111111111111:role/ops-deploy") == ALWAYS
    assert decide(own, ops, "arn:aws:iam::111111111111:role/dev-deploy") == NEVER
    assert decide(own, ops) == own


LINES = [
    Line("i0", "i1", certainty=Certainty.CONDITIONAL),
    Line("i0", "i2"),
    Line("i1", "admin:1", "can-escalate", method="iam-005"),
    Line("i2", "i3", certainty=Certainty.UNKNOWN),
]


@pytest.mark.parametrize("stored", [False, True])
def test_edges_that_cannot_hold_are_gone_and_those_that_must_are_certain(stored: bool) -> None:  # noqa: FBT001  # a parameter of the test
    graph = decode_graph(encode_graph(draw(LINES))) if stored else draw(LINES)
    assert edges(assume(graph, assume_mfa(present=True))) == {"i0 i1": 3, "i0 i2": 3, "i1 admin:1": 3, "i2 i3": 1}
    assert edges(assume(graph, assume_mfa(present=False))) == {"i0 i2": 3, "i1 admin:1": 3, "i2 i3": 1}
    assert assume(graph, NOTHING_ASSUMED) is graph
    assert list(reach_admin(graph)) == [("i0", 2, "conditional"), ("i1", 1, "certain")]
    assert list(reach_admin(assume(graph, assume_mfa(present=True)))) == [("i0", 2, "certain"), ("i1", 1, "certain")]
    assert list(reach_admin(assume(graph, assume_mfa(present=False)))) == [("i1", 1, "certain")]


def edges(graph: IamGraph) -> dict[str, int]:
    ends = zip(graph.source, graph.target, graph.edge_certainty, strict=True)
    return {f"{graph.ids[source]} {graph.ids[target]}": int(certainty) for source, target, certainty in ends}


def test_proofs_tell_what_is_left_to_hang_on() -> None:
    graph = assume(draw(LINES), assume_mfa(present=True))
    (relation,) = edges_between(graph, graph.position["i0"], graph.position["i1"])
    assert (relation.expression(graph), relation.certainty) == (ALWAYS, Certainty.CERTAIN)
    assert graph.proofs[:1] == [graph.proofs[0]]
    assert written(graph)["edges"]


@given(drawings)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_graph_under_assumptions_has_the_pairs_that_hold_there(lines: list[Line]) -> None:
    graph = draw(lines)
    for present, held in ((True, ALWAYS), (False, NEVER)):
        settled = assume(graph, assume_mfa(present=present))
        wanted = {
            (pair.source, pair.target)
            for pair in pairs_of(graph)
            if pair.source != pair.target and certainty(replaced(pair.expression, held)) == Certainty.CERTAIN
        }
        assert set(expanded(settled).edges) == wanted
        for node in range(len(settled.ids)):
            if not settled.is_pattern[node]:
                found = [each for each in outbound(settled, node) if each.certainty != Certainty.UNKNOWN]
                assert all(each.expression(settled) == ALWAYS for each in found)


def replaced(expression: Expression, held: Expression) -> Expression:
    """The expression with the one test of these drawings settled."""
    match expression:
        case Test():
            return held
        case All(terms):
            return all_of(replaced(each, held) for each in terms)
        case AnyOf(terms):
            return any_of(replaced(each, held) for each in terms)
        case _:
            return expression
