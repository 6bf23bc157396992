"""What coverage says of commands that were not run."""

from __future__ import annotations

from iamviz.inventory.coverage import (
    RESOURCES,
    RUNNING,
    collected_regions,
    doubtful_guardrails,
    uncollected_resources,
    uncollected_workloads,
)
from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit
from tests.builders import A, B, X, account, allow, document, role

WORKER = role("worker", trusts={"Service": "lambda.amazonaws.com"})


def test_one_line_for_each_service_whose_roles_nobody_looked_for() -> None:
    (one,) = uncollected_workloads([account(A, WORKER), account(B, role("plain"))])
    assert (one.account, one.kind, one.place) == (A, "missing", "lambda.amazonaws.com")
    assert f"`aws lambda list-functions` was not collected for {A}" in one.text
    (two,) = uncollected_workloads([account(A, WORKER), account(B, WORKER)])
    assert two.account is None
    assert f"{A} and 1 more accounts" in two.text


def test_silence_where_it_was_looked_at_or_no_role_could_run_there() -> None:
    looked = account(A, WORKER, looked_at=["lambda list-functions"])
    assert list(uncollected_workloads([looked, account(B, role("plain"))])) == []


def test_only_the_commands_that_are_missing_are_named() -> None:
    cluster = role("task", trusts={"Service": "ecs-tasks.amazonaws.com.cn"})
    (notice,) = uncollected_workloads([account(A, cluster, looked_at=["ecs describe-clusters", "ecs describe-tasks"])])
    assert notice.text.startswith("`aws ecs describe-task-definition` was not collected")


def test_kinds_of_resources_whose_policies_are_missing_in_the_same_accounts_share_a_line() -> None:
    some = account(A, looked_at=["s3api get-bucket-policy"])
    both, buckets = sorted(uncollected_resources([some, account(B)]), key=lambda notice: notice.account or "")
    assert "The policies of keys, queues, topics, functions, secrets, repositories were not" in both.text
    assert (buckets.account, "The policies of buckets were not" in buckets.text) == (B, True)
    assert list(uncollected_resources([account(A, looked_at=RESOURCES.values())])) == []


def test_the_regions_that_were_looked_at_are_named_once_for_all_accounts() -> None:
    commands = [command for listed in RUNNING.values() for command in listed]
    (notice,) = collected_regions([account(A, looked_at=commands), account(B, looked_at=commands)])
    assert f"What runs in {A} and 1 more accounts was looked at in us-east-1 only" in notice.text
    assert list(collected_regions([account(A)])) == []


def test_a_level_without_a_control_policy_is_an_incomplete_export_and_said_once() -> None:
    full = Guardrail("p-1", "Full", "SERVICE_CONTROL_POLICY", document(allow("*")), ("r-1",))
    listed = tuple(OrganizationAccount(number, number, "ACTIVE", "r-1") for number in (A, B))
    root = OrganizationalUnit("r-1", "Root", None)
    types = frozenset({"SERVICE_CONTROL_POLICY"})
    organization = Organization("o-1", X, "ALL", (root,), (), listed, (full,), types)
    found = [
        (each.kind, each.account, each.text.split(" has ")[0]) for each in doubtful_guardrails(organization, [A, B])
    ]
    assert found == [("incomplete", A, A), ("incomplete", B, B)]


def test_an_organization_without_its_policies_leaves_the_guardrails_unknown() -> None:
    organization = Organization("o-1", X, "ALL", enabled_types=frozenset({"SERVICE_CONTROL_POLICY"}), guardrails=None)
    (found,) = doubtful_guardrails(organization, [A, B])
    assert found.kind == "missing"
    assert found.account is None
    assert "unknown" in found.text
