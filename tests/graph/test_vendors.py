"""The list of vendors' accounts, and the names that it gives to foreign ones."""

from __future__ import annotations

from collections import Counter
from datetime import date

from iamviz.graph.model import IamGraph
from iamviz.graph.vendors import foreign_name, vendor_list, vendor_of
from iamviz.policy.arn import is_account
from tests.builders import A, X, account, arn, graph, role, root

DATADOG = "464622532012"
EXAMPLES = {"123456789012", "111122223333"}
"""AWS's own examples stand in demos and in documentation: they are nobody's (snapshot.md, W35)."""


def name_of(built: IamGraph, node: str) -> str:
    return built.names[built.position[node]]


def test_an_account_of_a_vendor_is_called_by_its_name() -> None:
    built = graph(account(A, role("monitor", trusts=root(DATADOG))))
    assert name_of(built, f"account:{DATADOG}") == f"Datadog ({DATADOG})"
    (note,) = [each for each in built.accounts if each.id == DATADOG]
    assert note.name == f"Datadog ({DATADOG})"


def test_a_role_of_a_vendor_belongs_to_its_named_account() -> None:
    built = graph(account(A, role("monitor", trusts=arn(DATADOG, "role/collector"))))
    assert [each.name for each in built.accounts if each.id == DATADOG] == [f"Datadog ({DATADOG})"]


def test_an_account_that_no_list_names_is_called_by_its_id() -> None:
    assert foreign_name(X) == X
    assert name_of(graph(account(A, role("r", trusts=root(X)))), f"account:{X}") == X


def test_ones_own_account_keeps_its_own_name() -> None:
    built = graph(account(A, role("r", trusts=root(DATADOG))), account(DATADOG, alias="prod"))
    assert name_of(built, f"account:{DATADOG}") == "prod"


def test_the_list_says_where_each_account_was_read_and_when() -> None:
    shipped = vendor_list()
    accounts = Counter(each for vendor in shipped.vendors for each in vendor.accounts)
    assert date.fromisoformat(shipped.date).year >= 2026
    assert shipped.licence
    assert all(vendor.source.startswith("https://") and vendor.accounts for vendor in shipped.vendors)
    assert set(accounts.values()) == {1}
    assert all(map(is_account, accounts))


def test_examples_of_the_documentation_are_nobodys() -> None:
    assert [each for each in EXAMPLES if vendor_of(each)] == []
