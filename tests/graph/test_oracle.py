"""The list of assume-role pairs against a decision about every single pair of an organization."""

from __future__ import annotations

import pytest

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges
from tests.oracle.comparing import compare
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


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_is_sorted_and_says_every_pair_once(seed: int) -> None:
    world = make_world(seed, users=4, roles=8)
    found = list(assume_edges(build_graph(world.inventories, world.organization)))
    assert found == sorted({(source, role): (source, role, certainty) for source, role, certainty in found}.values())
