"""Methods that take over something that runs, beyond the cases that every method has: blocked, potential, by tags."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.model import Inventory
from tests.builders import A, account, allow, deny, managed, role, trust, user
from tests.graph.escalation.cases.existing import TAKINGS, Taking, running
from tests.graph.escalation.cases.launches import TARGET
from tests.graph.escalation.worlds import found, refused
from tests.workloads import function

everything = pytest.mark.parametrize("taking", TAKINGS, ids=lambda taking: f"{taking.method} {taking.actions[0]}")


@everything
def test_a_kind_that_nobody_looked_at_is_potential(taking: Taking) -> None:
    dark = taking.world(taking.doing(), things=(), looked=False)
    assert found(taking.method, dark) == [("mallory", "target", "unknown")]


@everything
def test_a_deny_is_kept_as_what_stands_in_the_way(taking: Taking) -> None:
    denied = taking.world(taking.doing(), deny(taking.actions[0]))
    assert set(refused(taking.method, denied)) == {("target", "identity")}


@everything
def test_a_boundary_is_kept_as_what_stands_in_the_way(taking: Taking) -> None:
    fence = managed("fence", allow("s3:*"))
    bound = account(A, fence, user("mallory", taking.doing(), boundary=fence.arn), taking.target, *taking.things)
    assert found(taking.method, bound) == []
    assert set(refused(taking.method, bound)) == {("target", "boundary")}


def instances(*statements: dict[str, Any], **more: Any) -> Inventory:
    """A running instance of the role."""
    target = role("target", trusts=trust({"Service": "ec2.amazonaws.com"}))
    return account(A, user("mallory", *statements), target, *running(**more))


def test_whether_systems_manager_reaches_an_instance_may_be_unknown() -> None:
    assert found("ssm-001", instances(allow("ssm:StartSession"))) == [("mallory", "target", "unknown")]


def test_a_command_that_only_runs_a_document_of_the_account_is_potential() -> None:
    on_instance = allow("ssm:SendCommand", "arn:aws:ec2:*:*:instance/*")
    own = allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/restart-web")
    shell = allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/AWS-RunShellScript")
    assert found("ssm-002", instances(on_instance, managed=True)) == []
    assert found("ssm-002", instances(on_instance, own, managed=True)) == [("mallory", "target", "unknown")]
    assert found("ssm-002", instances(on_instance, shell, managed=True)) == [("mallory", "target", "certain")]


def test_a_tag_that_the_instance_lacks_keeps_it_closed() -> None:
    start = allow("ssm:StartSession", Condition={"StringEquals": {"ssm:resourceTag/env": "dev"}})
    assert found("ssm-001", instances(start, managed=True)) == []
    dev = instances(start, managed=True, tags={"env": "dev"})
    assert found("ssm-001", dev) == [("mallory", "target", "certain")]


def test_a_function_whose_tag_is_asked_for_gets_another_role_by_configuring_it() -> None:
    dev = {"StringEquals": {"aws:ResourceTag/env": "dev"}}
    configure = allow("lambda:UpdateFunctionConfiguration", "arn:aws:lambda:*:*:function:*", Condition=dev)
    target = role("target", trusts=trust({"Service": "lambda.amazonaws.com"}))
    mallory = user("mallory", configure, allow("iam:PassRole", TARGET))
    tagged = account(A, mallory, target, function("f", tags={"env": "dev"}))
    assert found("iviz-lambda-updateconfig", tagged) == [("mallory", "target", "certain")]


def test_a_function_gets_another_role_by_configuring_it() -> None:
    configure = allow("lambda:UpdateFunctionConfiguration")
    lets_in = trust({"Service": "lambda.amazonaws.com"})
    roles = [role("target", trusts=lets_in), role("plain", trusts=lets_in), function("f", "plain")]
    method = "iviz-lambda-updateconfig"
    assert found(method, account(A, user("mallory", configure), *roles)) == [("mallory", "plain", "certain")]
    both = [configure, allow("iam:PassRole", TARGET)]
    assert ("mallory", "target", "certain") in found(method, account(A, user("mallory", *both), *roles))
