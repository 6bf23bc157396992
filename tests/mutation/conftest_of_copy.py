"""The conftest of the mutated copy: the same few examples for every mutant, and nothing remembered from another."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=8,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")


@pytest.fixture(autouse=True)
def nothing_remembered(request: pytest.FixtureRequest) -> None:
    """What a function answered before it was mutated would hide the mutant.

    The catalogue's files are read anew only where they are what is tested.
    """
    about_catalogue = request.node.path.stem == "test_catalogue"
    for module in list(sys.modules.values()):
        if module.__name__.startswith("iamviz.policy"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and (about_catalogue or "catalogue" not in value.__module__):
                    value.cache_clear()
