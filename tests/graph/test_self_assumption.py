"""A role that may assume itself, by name or among others behind a pattern: no walk counts that as reaching somebody."""

from __future__ import annotations

import pytest

from iamviz.graph.admin_reach import reaching_admin
from iamviz.graph.between import between
from iamviz.graph.choke_points import choke_points
from iamviz.graph.cuts import smallest_cut
from iamviz.graph.cycles import find_cycles
from iamviz.graph.model import IamGraph
from iamviz.graph.paths import Question, find_paths
from iamviz.graph.radius import count_reached, radius
from iamviz.graph.reach import degrees, edges_between, inbound, outbound
from tests.builders import A, account, allow, arn, edges, graph, pairs, role, root, user

MANY = 30
ROLES = [f"r{number}" for number in range(MANY)]


def in_a_pattern() -> IamGraph:
    """Thirty roles, any of which may assume any, itself too: the pattern stands for both sides."""
    built = graph(account(A, *(role(name, allow(), trusts=root(A)) for name in ROLES)))
    assert "pattern" in {built.kind(node) for node in range(len(built.ids))}
    return built


def by_name() -> IamGraph:
    """A role whose trust names it, and nobody else."""
    return graph(account(A, role("r0", trusts=arn(A, "role/r0"))))


def node(built: IamGraph, name: str) -> int:
    found = built.index(arn(A, f"role/{name}"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("trusts", "expected"),
    [
        (arn(A, "role/r0"), [("r0", "r0", "certain")]),
        (root(A), [("r0", "r0", "certain")]),
        (arn(A, "user/u"), []),
        (None, []),
    ],
)
def test_a_role_assumes_itself_only_where_its_trust_says_so(trusts: object, expected: list) -> None:
    world = account(A, user("u"), role("r0", allow(), trusts=trusts))
    assert [each for each in edges(graph(world), "can-assume") if each[0] == "r0"] == expected


def test_the_trust_in_the_account_needs_the_role_s_own_policy_too() -> None:
    assert edges(graph(account(A, role("r0", trusts=root(A)))), "can-assume") == []


def test_a_boundary_that_keeps_the_role_from_assuming_keeps_it_from_itself() -> None:
    limit = arn(A, "policy/limit")
    found = graph(account(A, role("r0", allow(), trusts=arn(A, "role/r0"), boundary=limit)))
    assert edges(found, "can-assume") == [("r0", "r0", "unknown")]


def test_no_pair_is_listed_of_a_role_with_itself() -> None:
    assert pairs(account(A, role("r0", trusts=arn(A, "role/r0")))) == []
    found = pairs(account(A, *(role(name, allow(), trusts=root(A)) for name in ROLES)))
    assert len(found) == MANY * (MANY - 1)
    assert all(source != target for source, target, _ in found)


def test_nobody_is_its_own_neighbour() -> None:
    built = in_a_pattern()
    first = node(built, "r0")
    others = sorted(node(built, name) for name in ROLES[1:])
    assert [each.target for each in outbound(built, first)] == others
    assert [each.source for each in inbound(built, first)] == others
    assert edges_between(built, first, first) == []
    alone = by_name()
    assert outbound(alone, node(alone, "r0")) == inbound(alone, node(alone, "r0")) == []


@pytest.mark.parametrize("inwards", [True, False])
def test_no_degree_counts_the_node_itself(inwards: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    built, alone = in_a_pattern(), by_name()
    assert {int(degrees(built, inwards=inwards)[node(built, name)]) for name in ROLES} == {MANY - 1}
    assert degrees(alone, inwards=inwards)[node(alone, "r0")] == 0


def test_the_radius_holds_the_others_only() -> None:
    for built, others in ((in_a_pattern(), MANY - 1), (by_name(), 0)):
        start = [node(built, "r0")]
        assert count_reached(built, radius(built, start), start, 100).total == others


def test_no_path_leads_to_where_it_starts_nor_passes_anybody_twice() -> None:
    built = in_a_pattern()
    first, last = node(built, "r0"), node(built, "r29")
    assert find_paths(built, Question(sources=[first], targets=[first])).paths == ()
    for path in find_paths(built, Question(sources=[first], targets=[last], limit=20)).paths:
        stops = [path.relations[0].source, *(each.target for each in path.relations)]
        assert len(stops) == len(set(stops))
    alone = by_name()
    assert find_paths(alone, Question(sources=[node(alone, "r0")], targets=[node(alone, "r0")])).paths == ()


def test_a_role_alone_is_no_cycle() -> None:
    assert find_cycles(by_name()) == []
    (cycle,) = find_cycles(in_a_pattern())
    assert len(cycle.nodes) == MANY


def test_behind_a_pattern_into_which_only_one_of_the_targets_leads_there_is_no_cycle() -> None:
    targets = [role(name, trusts=root(A)) for name in ROLES[1:]]
    built = graph(account(A, user("u", allow()), role("r0", allow(), trusts=root(A)), *targets))
    assert find_cycles(built) == []


def test_assuming_itself_is_no_way_to_the_administration() -> None:
    assert reaching_admin(in_a_pattern()) == []
    assert reaching_admin(by_name()) == []


def test_neither_cut_nor_choke_point_is_a_role_that_leads_to_itself() -> None:
    world = account(
        A,
        user("u"),
        role("gate", allow(resource=arn(A, "role/*")), trusts=[arn(A, "user/u"), arn(A, "role/gate")]),
        role("end", trusts=root(A)),
    )
    built = graph(world)
    ends = built.index(arn(A, "user/u")), node(built, "end")
    assert ends[0] is not None
    part = between(built, Question(sources=[ends[0]], targets=[ends[1]]))
    (relation,) = smallest_cut(built, part).relations
    assert relation.source != relation.target
    assert [each.node for each in choke_points(built, part) or ()] == [node(built, "gate")]
