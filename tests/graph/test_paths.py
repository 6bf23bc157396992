"""Paths, reach and neighbourhood, on graphs with and without pattern nodes."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamviz.graph import meeting
from iamviz.graph.model import IamGraph
from iamviz.graph.neighbourhood import around
from iamviz.graph.paths import PathSet, Question, find_paths
from iamviz.graph.reach import blocked_between, degrees, edges_between, inbound, outbound
from iamviz.policy.expression import Certainty
from tests.builders import A, account, allow, arn, graph, managed, role, root, trust, user

MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def at(built: IamGraph, name: str) -> int:
    return next(node for node, identifier in enumerate(built.ids) if identifier.rsplit("/", 1)[-1] == name)


def ask(built: IamGraph, source: str, target: str, **more: object) -> PathSet:
    return find_paths(built, Question(sources=[at(built, source)], targets=[at(built, target)], **more))  # type: ignore[arg-type]  # the options under test


def stops(built: IamGraph, found: PathSet) -> list[str]:
    names = [[path.relations[0].source, *(step.target for step in path.relations)] for path in found.paths]
    return [" ".join(built.names[node] for node in nodes) for nodes in names]


def may(*names: str) -> dict[str, object]:
    return allow(resource=[arn(A, f"role/{name}") for name in names])


def chain() -> IamGraph:
    return graph(
        account(
            A,
            user("alice", may("ci", "ops")),
            role("ci", may("deploy"), trusts=root(A)),
            role("ops", may("deploy"), trusts=trust(root(A), Condition=MFA)),
            role("deploy", may("admin"), trusts=root(A)),
            role("admin", trusts=root(A)),
        )
    )


def test_the_shortest_paths_come_first_and_among_them_the_one_without_a_condition() -> None:
    built = chain()
    assert stops(built, ask(built, "alice", "admin")) == ["alice ci deploy admin", "alice ops deploy admin"]


def test_a_path_says_how_sure_it_is() -> None:
    built = chain()
    assert [path.certainty for path in ask(built, "alice", "admin").paths] == [
        Certainty.CERTAIN,
        Certainty.CONDITIONAL,
    ]
    assert stops(built, ask(built, "alice", "admin", conditional=False)) == ["alice ci deploy admin"]


def test_via_avoid_limit_and_hops_narrow_the_paths() -> None:
    built = chain()
    ops, ci = at(built, "ops"), at(built, "ci")
    assert stops(built, ask(built, "alice", "admin", via=(ops,))) == ["alice ops deploy admin"]
    assert stops(built, ask(built, "alice", "admin", avoid=(ci,))) == ["alice ops deploy admin"]
    assert ask(built, "alice", "admin", max_hops=2).paths == ()
    limited = ask(built, "alice", "admin", limit=1)
    assert (len(limited.paths), limited.more) == (1, True)


def test_where_there_is_no_path_it_says_how_much_was_searched() -> None:
    built = chain()
    found = ask(built, "deploy", "alice")
    assert (found.paths, found.searched_nodes, found.searched_edges) == ((), 2, 1)


def test_an_unknown_edge_is_walked_only_when_asked_for() -> None:
    built = graph(account(A, user("eve", attached=("arn:aws:iam::aws:policy/X",)), role("r", trusts=root(A))))
    assert ask(built, "eve", "r").paths == ()
    assert stops(built, ask(built, "eve", "r", unknown=True)) == ["eve r"]


def test_a_relation_joins_the_proofs_of_both_hops_of_a_pattern() -> None:
    users = [user(f"u{n}", allow()) for n in range(8)]
    roles = [role(f"r{n}", trusts=root(A)) for n in range(8)]
    built = graph(account(A, *users, *roles))
    assert built.is_pattern.any()
    (relation,) = edges_between(built, at(built, "u3"), at(built, "r5"))
    (proof,) = relation.proofs(built)
    assert [(each.side, each.owner.rsplit("/", 1)[-1]) for each in proof.evidence] == [
        ("identity", "u3"),
        ("trust", "r5"),
    ]
    assert stops(built, ask(built, "u3", "r5", max_hops=1)) == ["u3 r5"]


def test_what_blocks_is_found_through_a_pattern_too() -> None:
    fence = managed("fence", allow("s3:*"))
    users = [user(f"u{n}", allow(), boundary=fence.arn) for n in range(8)]
    roles = [role(f"r{n}", trusts=root(A)) for n in range(8)]
    built = graph(account(A, fence, *users, *roles))
    (link,) = blocked_between(built, at(built, "u3"), at(built, "r5"))
    assert (link.layer, outbound(built, at(built, "u3"))) == ("boundary", [])


def test_a_neighbourhood_folds_what_it_does_not_show() -> None:
    users = [user(f"u{n:02}") for n in range(30)]
    built = graph(account(A, *users, role("r", trusts=[trust(arn(A, f"user/u{n:02}")) for n in range(30)])))
    found = around(built, at(built, "r"), cap=20)
    assert (found.shown, found.total, [fold.count for fold in found.folds]) == (10, 30, [20])
    assert nx.number_of_nodes(found.view) == 11


NAMES = "abcdef"
edges_drawn = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]))


def drawn(pairs: set[tuple[str, str]]) -> IamGraph:
    grants = {name: sorted(target for source, target in pairs if source == name) for name in NAMES}
    roles = [role(name, *([may(*grants[name])] if grants[name] else []), trusts=root(A)) for name in NAMES]
    return graph(account(A, *roles))


@given(edges_drawn)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_simple_path_is_found_and_no_other_with_patterns_or_without(pairs: set[tuple[str, str]]) -> None:
    plain = nx.DiGraph(pairs)
    plain.add_nodes_from(NAMES)
    wanted = sorted(" ".join(path) for path in nx.all_simple_paths(plain, "a", "b", 4))
    for worth in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(meeting, "PATTERN_FROM", 0 if worth else 10**9)
            built = drawn(pairs)
        assert sorted(stops(built, ask(built, "a", "b", limit=200, max_hops=4))) == wanted


def test_a_walk_may_pass_one_pattern_twice() -> None:
    users = [user(f"u{n}", allow()) for n in range(20)]
    roles = [role(f"r{n}", allow(), trusts=root(A)) for n in range(3)]
    built = graph(account(A, *users, *roles))
    assert built.is_pattern.sum() == 1
    found = ask(built, "u0", "r2", via=(at(built, "r0"),), max_hops=2)
    assert stops(built, found) == ["u0 r0 r2"]


@given(edges_drawn)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_degrees_are_the_lengths_of_the_lists(pairs: set[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting, "PATTERN_FROM", 0)
        built = drawn(pairs)
    identities = [at(built, name) for name in NAMES]
    inwards, outwards = degrees(built, inwards=True), degrees(built, inwards=False)
    assert [int(inwards[node]) for node in identities] == [len(inbound(built, node)) for node in identities]
    assert [int(outwards[node]) for node in identities] == [len(outbound(built, node)) for node in identities]
