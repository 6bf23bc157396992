"""The conftest of the mutated copy: the same few examples for every mutant, and nothing remembered from another."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=4,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")


def _caches(*, of_catalogue: bool) -> list[Any]:
    """What remembers answers in the policy room: functions with a cache."""
    modules = [module for name, module in sys.modules.items() if name.startswith("iamviz.policy")]
    found = [value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")]
    return [each for each in found if of_catalogue or "catalogue" not in each.__module__]


@pytest.fixture(scope="module")
def caches(request: pytest.FixtureRequest) -> list[Any]:
    """The catalogue's files are read anew only where they are what is tested."""
    return _caches(of_catalogue=request.path.stem == "test_catalogue")


@pytest.fixture(autouse=True)
def nothing_remembered(caches: list[Any]) -> None:
    """What a function answered before it was mutated would hide the mutant."""
    for each in caches:
        each.cache_clear()
