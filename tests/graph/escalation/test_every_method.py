"""Every method that an edge can name is found in one small world, and not found where any one thing is missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from iamviz.graph.escalation import rule
from tests.graph.escalation.cases import CASES
from tests.graph.escalation.cases.case import Case, World, denying

RULES = Path(rule.__file__).parent
METHOD = re.compile(r"iviz-[a-z0-9]+(-[a-z0-9]+)*|[a-z0-9]+-[0-9]{3}")
DECOYS = [(case, lack) for case in CASES for lack in case.closed]


def methods() -> Iterator[str]:
    """The ids that the rules spell."""
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and METHOD.fullmatch(node.value):
                yield node.value


def named(case: Case, lack: str = "") -> str:
    return f"{case.method} {lack}" if lack else f"{case.method} {case.actions[:1]}"


def test_every_method_of_the_rules_has_a_case_and_no_case_is_of_another() -> None:
    assert {case.method for case in CASES} == set(methods())


def test_every_case_has_decoys() -> None:
    assert [case.method for case in CASES if not case.decoys] == []


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_method_leads_where_all_agrees(case: Case) -> None:
    assert case.edges(case.world) == sorted((case.source, target, case.certainty) for target in case.leads_to)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_organization_that_denies_something_else_changes_nothing(case: Case) -> None:
    if not isinstance(case.world, World):
        assert case.edges(World((case.world,), denying("backup:*"))) == case.edges(case.world)


@pytest.mark.parametrize(("case", "lack"), DECOYS, ids=[named(case, lack) for case, lack in DECOYS])
def test_the_method_leads_nowhere_where_one_thing_is_missing(case: Case, lack: str) -> None:
    assert case.edges(case.closed[lack]) == []
