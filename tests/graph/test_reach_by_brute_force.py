"""Reach, paths, cuts and choke points against NetworkX on graphs whose patterns are replaced by pairs."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings

from iamviz.graph.admin_reach import reach_admin
from iamviz.graph.between import Between, between
from iamviz.graph.choke_points import choke_points
from iamviz.graph.cuts import smallest_cut
from iamviz.graph.cycles import find_cycles
from iamviz.graph.export import assume_edges
from iamviz.graph.model import EDGE_KINDS, IamGraph
from iamviz.graph.paths import Question, find_paths
from iamviz.graph.radius import radius
from iamviz.graph.reach import degrees, edges_between, inbound, outbound, reached_from
from iamviz.graph.walking import TAKEOVER, WALKED, distances, walkable
from iamviz.policy.expression import Certainty, any_of
from tests.graph.drawn import ADMINS, IDENTITIES, NODES, Line, Pair, draw, drawings, expanded, pairs_of

STARTS, ENDS = ("i0", "i1"), ADMINS
drawn = settings(max_examples=60, deadline=None, derandomize=True)


def number(graph: IamGraph, *names: str) -> list[int]:
    return [graph.position[name] for name in names]


def question(graph: IamGraph, **more: object) -> Question:
    return Question(sources=number(graph, *STARTS), targets=number(graph, *ENDS), **more)  # type: ignore[arg-type]  # the options under test


@given(drawings)
@drawn
def test_relations_are_the_pairs_with_the_surest_way_and_every_method(lines: list[Line]) -> None:
    graph = draw(lines)
    alike: dict[tuple[str, str, str], list[Pair]] = {}
    for pair in pairs_of(graph):
        if pair.source != pair.target:
            alike.setdefault((pair.source, pair.target, pair.kind), []).append(pair)
    wanted = {
        (*key, max(pair.certainty for pair in found), frozenset(pair.method for pair in found if pair.method))
        for key, found in alike.items()
    }
    people = [node for node in range(len(graph.ids)) if not graph.is_pattern[node]]
    for listed in (
        [each for node in people for each in outbound(graph, node)],
        [each for node in people for each in inbound(graph, node)],
        [each for one in people for other in people if one != other for each in edges_between(graph, one, other)],
    ):
        told = [
            (graph.ids[each.source], graph.ids[each.target], each.kind, each.certainty, frozenset(each.methods(graph)))
            for each in listed
        ]
        assert len(told) == len(wanted)
        assert set(told) == wanted


@given(drawings)
@drawn
def test_a_relation_has_the_expression_of_each_of_its_walks(lines: list[Line]) -> None:
    graph = draw(lines)
    for node in number(graph, *IDENTITIES):
        for relation in outbound(graph, node):
            ends = graph.ids[relation.source], graph.ids[relation.target], relation.kind
            wanted = {pair.expression for pair in pairs_of(graph) if (pair.source, pair.target, pair.kind) == ends}
            assert relation.expression(graph) == any_of(wanted)


@given(drawings)
@drawn
def test_degrees_count_who_takes_over_whom(lines: list[Line]) -> None:
    graph = draw(lines)
    taken = {(pair.source, pair.target) for pair in pairs_of(graph) if pair.kind in TAKEOVER}
    taken = {(source, target) for source, target in taken if source != target}
    outwards, inwards = degrees(graph, inwards=False), degrees(graph, inwards=True)
    for name, node in graph.position.items():
        assert outwards[node] == len({target for source, target in taken if source == name})
        assert inwards[node] == len({source for source, target in taken if target == name})
    reached = {graph.ids[node] for node in reached_from(graph, number(graph, "i0"))} - {"i0"}
    assert reached == {target for source, target in taken if source == "i0"}


@given(drawings)
@drawn
def test_the_pairs_of_assume_role_are_those_between_identities(lines: list[Line]) -> None:
    graph = draw([line for line in lines if line.kind == "can-assume"])
    best: dict[tuple[str, str], Certainty] = {}
    for pair in pairs_of(graph):
        if pair.source in IDENTITIES and pair.target in IDENTITIES and pair.source != pair.target:
            best[pair.source, pair.target] = max(pair.certainty, best.get((pair.source, pair.target), pair.certainty))
    wanted = [(source, target, certainty.name.lower()) for (source, target), certainty in sorted(best.items())]
    assert list(assume_edges(graph)) == wanted


@given(drawings)
@drawn
def test_distances_are_the_shortest_ways_of_the_pairs(lines: list[Line]) -> None:
    graph = draw(lines)
    allowed = walkable(graph, certainties=[Certainty.CERTAIN, Certainty.CONDITIONAL])
    plain = expanded(graph)
    ahead = nx.multi_source_dijkstra_path_length(plain, set(STARTS))
    behind = nx.multi_source_dijkstra_path_length(plain.reverse(), set(ENDS))
    for backwards, starts, wanted in ((False, STARTS, ahead), (True, ENDS, behind)):
        found = distances(graph, number(graph, *starts), allowed, backwards=backwards)
        near = distances(graph, number(graph, *starts), allowed, backwards=backwards, budget=1)
        for name in plain:
            assert found[graph.position[name]] == wanted.get(name, -1)
            assert near[graph.position[name]] == (wanted.get(name, -1) if wanted.get(name, 9) <= 1 else -1)


@given(drawings)
@drawn
def test_who_reaches_admin_is_told_by_a_certain_way_before_a_shorter_one(lines: list[Line]) -> None:
    graph = draw(lines)
    wanted = []
    for name in IDENTITIES:
        if any(line.source == name and line.kind == "is-admin" for line in lines):
            continue
        for certainty in (Certainty.CERTAIN, Certainty.CONDITIONAL):
            lengths = nx.single_source_dijkstra_path_length(expanded(graph, certainty), name)
            hops = [lengths[admin] for admin in ADMINS if admin in lengths]
            if hops:
                wanted.append((name, min(hops), certainty.name.lower()))
                break
    assert list(reach_admin(graph)) == wanted


@given(drawings)
@drawn
def test_a_blast_radius_holds_what_a_walk_reaches_with_its_certainty(lines: list[Line]) -> None:
    graph = draw(lines)
    found = radius(graph, number(graph, "i0"), least=Certainty.UNKNOWN)
    plain = {certainty: expanded(graph, certainty) for certainty in Certainty}
    lengths = {certainty: nx.single_source_dijkstra_path_length(plain[certainty], "i0") for certainty in Certainty}
    for name in plain[Certainty.CERTAIN]:
        sure = [certainty for certainty in sorted(Certainty, reverse=True) if name in lengths[certainty]]
        node = graph.position[name]
        wanted = (int(sure[0]), lengths[sure[0]][name]) if sure else (0, -1)
        assert (found.certainty[node], found.hops[node]) == wanted


@given(drawings)
@drawn
def test_every_simple_path_is_found_and_no_other(lines: list[Line]) -> None:
    graph = draw(lines)
    plain = expanded(graph)
    wanted = {
        tuple(path)
        for start in STARTS
        for end in ENDS
        for path in nx.all_simple_paths(plain, start, end)
        if len({*path} & {*STARTS}) == len({*path} & {*ENDS}) == 1
    }
    hops = {path: nx.path_weight(plain, list(path), "weight") for path in wanted}
    found = find_paths(graph, question(graph, limit=5000, max_hops=3))
    told = {
        tuple(graph.ids[node] for node in (path.relations[0].source, *(each.target for each in path.relations))): path
        for path in found.paths
    }
    assert {path: told[path].hops for path in told} == {path: length for path, length in hops.items() if length <= 3}
    assert [path.hops for path in found.paths] == sorted(path.hops for path in found.paths)
    assert not found.truncated


def separated(graph: IamGraph, part: Between, cut: set[int]) -> bool:
    allowed = walkable(graph, certainties=[Certainty.CERTAIN, Certainty.CONDITIONAL])
    allowed[list(cut)] = False
    sources = [node for node in number(graph, *STARTS) if node not in part.inseparable]
    return bool((distances(graph, sources, allowed)[number(graph, *ENDS)] < 0).all())


@given(drawings)
@drawn
def test_the_smallest_cut_separates_and_no_smaller_set_of_edges_does(lines: list[Line]) -> None:
    graph = draw(lines)
    part = between(graph, question(graph))
    admins = {name for name in STARTS for line in lines if (line.source, line.kind) == (name, "is-admin")}
    known = {line.source for line in lines if line.kind == "is-admin" and line.certainty >= Certainty.CONDITIONAL}
    assert {graph.ids[node] for node in part.inseparable} == admins & known
    cut = {relation.edges[0][0] for relation in smallest_cut(graph, part).relations}
    assert separated(graph, part, cut)
    loose = [edge for edge in map(int, part.edges) if EDGE_KINDS[graph.edge_kind[edge]] != "is-admin"]
    assert cut <= set(loose)
    if 0 < len(cut) <= 3:
        assert not any(separated(graph, part, set(fewer)) for fewer in combinations(loose, len(cut) - 1))


@given(drawings)
@drawn
def test_a_choke_point_keeps_away_just_the_sources_that_cannot_do_without_it(lines: list[Line]) -> None:
    graph = draw(lines)
    part = between(graph, question(graph))
    plain = expanded(graph)
    sources = [graph.ids[node] for node in part.sources]
    wanted = {}
    for name in NODES:
        if name in plain and name not in ADMINS:
            rest = plain.subgraph(set(plain) - {name})
            away = [each for each in sources if each != name and not reaches(rest, each)]
            if away:
                wanted[name] = len(away)
    assert {graph.ids[point.node]: point.sources for point in choke_points(graph, part) or ()} == wanted


def reaches(plain: nx.DiGraph, name: str) -> bool:
    return any(nx.has_path(plain, name, end) for end in ENDS)


@given(drawings)
@drawn
def test_cycles_are_the_strong_components_of_the_pairs(lines: list[Line]) -> None:
    graph = draw(lines)
    plain = expanded(graph)
    wanted = sorted(sorted(each) for each in nx.strongly_connected_components(plain) if len(each) > 1)
    found = find_cycles(graph, kinds=WALKED)
    assert sorted(sorted(graph.ids[node] for node in cycle.nodes) for cycle in found) == wanted


LADDER = [Line("i0", "i2"), Line("i0", "i3"), Line("i2", "i4"), Line("i3", "i4"), Line("i4", "admin:1", "is-admin")]


def test_what_is_too_large_to_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = draw(LADDER)
    monkeypatch.setattr("iamviz.graph.choke_points.MOST_EDGES", 4)
    assert choke_points(graph, between(graph, question(graph))) is None
    monkeypatch.setattr("iamviz.graph.between.MOST_EDGES", 4)
    part = between(graph, question(graph))
    assert (part.truncated, smallest_cut(graph, part).relations) == (True, ())


@pytest.mark.parametrize(("edges", "ways"), [(5, 2), (4, 1)])
def test_of_too_many_edges_the_shortest_way_is_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch, edges: int, ways: int
) -> None:
    graph = draw(LADDER)
    monkeypatch.setattr("iamviz.graph.stretch.MOST_EDGES", edges)
    found = find_paths(graph, question(graph))
    assert (len(found.paths), found.truncated, {path.hops for path in found.paths}) == (ways, ways == 1, {2})


def test_of_too_many_edges_longer_ways_are_left_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = draw([*LADDER, Line("i0", "i5"), Line("i5", "i2")])
    monkeypatch.setattr("iamviz.graph.stretch.MOST_EDGES", 5)
    found = find_paths(graph, question(graph))
    assert (len(found.paths), found.truncated) == (2, True)


@pytest.mark.parametrize("pairs", [100, 1])
def test_patterns_stay_where_their_pairs_are_too_many(monkeypatch: pytest.MonkeyPatch, pairs: int) -> None:
    graph = draw([Line("i0", "p0"), Line("p0", "p1"), Line("p1", "i2"), *LADDER[2:]])
    monkeypatch.setattr("iamviz.graph.stretch.MOST_PAIRS", pairs)
    found = find_paths(graph, question(graph))
    assert [[graph.ids[each.target] for each in path.relations] for path in found.paths] == [["i2", "i4", "admin:1"]]
    assert found.truncated is (pairs == 1)
