"""Methods that take over something that runs: confirmed, potential, or absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from iamviz.graph.escalation.existing import TAKES, Take
from iamviz.inventory.model import InstanceProfile, Inventory
from tests.builders import A, account, allow, arn, deny, managed, role, trust, user
from tests.graph.escalation.worlds import found, refused
from tests.workloads import (
    ecs_cluster,
    function,
    instance,
    launch_template,
    project,
    scaling_group,
    task,
    task_definition,
    workload,
)

TARGET = arn(A, "role/target")
PROFILE = InstanceProfile(arn(A, "instance-profile/p"), "p", (TARGET,))
RUNNING = [PROFILE, instance(profile="p", managed=True, root_device="ebs")]

THINGS: Mapping[str, list[object]] = {
    "apprunner-002": [workload("apprunner-service", "web", "target")],
    "bedrock-002": [workload("code-interpreter", "ci", "target")],
    "cloudformation-002": [workload("stack", "net", "target")],
    "cloudformation-005": [workload("stack", "net", "target")],
    "codebuild-002": [project("build", "target")],
    "codebuild-003": [project("build", "target", "target")],
    "ec2instanceconnect-003": RUNNING,
    "ec2-002": RUNNING,
    "ec2-004": [PROFILE, launch_template(profile="p"), scaling_group(template="lt-1")],
    "glue-002": [workload("dev-endpoint", "dev", "target")],
    "lambda-003": [function("f", "target")],
    "lambda-004": [function("f", "target")],
    "lambda-005": [function("f", "target")],
    "sagemaker-004": [workload("notebook", "n", "target", "InService")],
    "sagemaker-005": [workload("notebook", "n", "target", "InService")],
    "ssm-001": RUNNING,
    "ssm-002": RUNNING,
    "iviz-ecs-exec": [ecs_cluster(), task("target", execute_command=True)],
    "iviz-ecs-registerinstance": [ecs_cluster(), task_definition(role="target")],
    "iviz-lambda-updateconfig": [function("f", "target")],
    "iviz-ec2-volumeswap": RUNNING,
}
UNFIT: Mapping[str, list[object]] = {
    "codebuild-003": [project("build", "target")],
    "ec2instanceconnect-003": [PROFILE, instance(profile="p", state="stopped")],
    "ec2-002": [PROFILE, instance(profile="p", state="terminated")],
    "ec2-004": [PROFILE, launch_template(profile="p"), scaling_group(template="lt-1", version="1")],
    "sagemaker-004": [workload("notebook", "n", "target", "Stopped")],
    "ssm-001": [PROFILE, instance(profile="p", managed=False)],
    "ssm-002": [PROFILE, instance(profile="p", managed=True, state="stopped")],
    "iviz-ecs-exec": [ecs_cluster(), task("target")],
    "iviz-ec2-volumeswap": [PROFILE, instance(profile="p", root_device="instance-store")],
}
"""The same kind of thing, in a state or of a make in which it cannot be taken over."""

everything = pytest.mark.parametrize("take", TAKES, ids=lambda take: f"{take.id} {take.actions[0]}")


def world(take: Take, *statements: dict[str, Any], things: list[object] | None = None, **more: Any) -> Inventory:
    target = role("target", trusts=trust({"Service": take.service}))
    found_there = THINGS[take.id] if things is None else things
    return account(A, user("mallory", *statements), target, *found_there, **more)


def grants(take: Take) -> dict[str, Any]:
    return allow(list(take.needed))


@everything
def test_who_may_do_all_of_it_can_become_what_runs_there(take: Take) -> None:
    assert found(take.id, world(take, grants(take))) == [("mallory", "target", "certain")]


@everything
def test_without_any_one_of_its_actions_there_is_nothing(take: Take) -> None:
    for missing in dict.fromkeys(take.needed):
        rest = [action for action in take.needed if action != missing] or ["s3:ListBucket"]
        assert found(take.id, world(take, allow(rest))) == [], missing


@everything
def test_a_kind_that_nobody_looked_at_is_potential(take: Take) -> None:
    assert found(take.id, world(take, grants(take), things=[])) == [("mallory", "target", "unknown")]


@everything
def test_a_kind_of_which_there_is_none_gives_nothing(take: Take) -> None:
    assert found(take.id, world(take, grants(take), things=[], looked_at=[take.command])) == []


@everything
def test_the_action_on_another_thing_does_not_help(take: Take) -> None:
    elsewhere = "arn:aws:service:us-east-1:111111111111:kind/other"
    assert found(take.id, world(take, allow(list(take.needed), elsewhere))) == []


@everything
def test_a_deny_is_kept_as_what_stands_in_the_way(take: Take) -> None:
    denied = world(take, grants(take), deny(take.actions[0]))
    assert found(take.id, denied) == []
    assert set(refused(take.id, denied)) == {("target", "identity")}


@everything
def test_a_boundary_is_kept_as_what_stands_in_the_way(take: Take) -> None:
    fence = managed("fence", allow("s3:*"))
    target = role("target", trusts=trust({"Service": take.service}))
    bound = account(A, fence, user("mallory", grants(take), boundary=fence.arn), target, *THINGS[take.id])
    assert found(take.id, bound) == []
    assert set(refused(take.id, bound)) == {("target", "boundary")}


@pytest.mark.parametrize("method", UNFIT)
def test_a_thing_that_cannot_be_taken_over_is_none(method: str) -> None:
    take = next(each for each in TAKES if each.id == method)
    assert found(method, world(take, grants(take), things=UNFIT[method])) == []


def test_whether_systems_manager_reaches_an_instance_may_be_unknown() -> None:
    take = next(each for each in TAKES if each.id == "ssm-001")
    unasked = [PROFILE, instance(profile="p")]
    assert found("ssm-001", world(take, grants(take), things=unasked)) == [("mallory", "target", "unknown")]


def test_a_command_that_only_runs_a_document_of_the_account_is_potential() -> None:
    take = next(each for each in TAKES if each.id == "ssm-002")
    on_instance = allow("ssm:SendCommand", "arn:aws:ec2:*:*:instance/*")
    own = allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/restart-web")
    shell = allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/AWS-RunShellScript")
    assert found("ssm-002", world(take, on_instance)) == []
    assert found("ssm-002", world(take, on_instance, own)) == [("mallory", "target", "unknown")]
    assert found("ssm-002", world(take, on_instance, shell)) == [("mallory", "target", "certain")]


def test_a_tag_that_the_instance_lacks_keeps_it_closed() -> None:
    take = next(each for each in TAKES if each.id == "ssm-001")
    tagged = {"StringEquals": {"ssm:resourceTag/env": "dev"}}
    start = allow("ssm:StartSession", Condition=tagged)
    assert found("ssm-001", world(take, start)) == []
    dev = [PROFILE, instance(profile="p", managed=True, tags={"env": "dev"})]
    assert found("ssm-001", world(take, start, things=dev)) == [("mallory", "target", "certain")]


def test_a_function_gets_another_role_by_configuring_it() -> None:
    configure = allow("lambda:UpdateFunctionConfiguration")
    lets_in = trust({"Service": "lambda.amazonaws.com"})
    roles = [role("target", trusts=lets_in), role("plain", trusts=lets_in), function("f", "plain")]
    method = "iviz-lambda-updateconfig"
    assert found(method, account(A, user("mallory", configure), *roles)) == [("mallory", "plain", "certain")]
    both = [configure, allow("iam:PassRole", TARGET)]
    assert ("mallory", "target", "certain") in found(method, account(A, user("mallory", *both), *roles))


ASSOCIATE = [allow("iam:PassRole", TARGET), allow(["ec2:AssociateIamInstanceProfile", "ssm:StartSession"])]


def test_an_instance_that_the_actor_can_enter_gets_another_profile() -> None:
    target = role("target", trusts=trust({"Service": "ec2.amazonaws.com"}))
    world_ = account(A, user("mallory", *ASSOCIATE), target, PROFILE, instance())
    assert found("iviz-ec2-associateprofile", world_) == [("mallory", "target", "certain")]


@pytest.mark.parametrize(
    "statements",
    [
        ASSOCIATE[1:],
        [ASSOCIATE[0], allow("ssm:StartSession")],
        [ASSOCIATE[0], allow("ec2:AssociateIamInstanceProfile")],
    ],
    ids=["passes no role", "gives no profile", "cannot enter"],
)
def test_an_instance_gets_no_other_profile_where_one_thing_is_missing(statements: list[dict[str, Any]]) -> None:
    target = role("target", trusts=trust({"Service": "ec2.amazonaws.com"}))
    world_ = account(A, user("mallory", *statements), target, PROFILE, instance())
    assert found("iviz-ec2-associateprofile", world_) == []
