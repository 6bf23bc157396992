"""Methods that pass a role to something new, beyond the cases that every method has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iamviz.graph.escalation.launches import LAUNCHES, Launch
from iamviz.graph.escalation.prerequisites import EKS_COMMANDS
from iamviz.inventory.model import Inventory, Role
from iamviz.inventory.workloads import StackSet
from tests.builders import A, account, allow, deny, managed, role, trust, unreadable, user
from tests.graph.escalation.cases.launches import GOES_ON, NEEDS, PROFILE, STACK_SET, TARGET
from tests.graph.escalation.worlds import found, refused
from tests.workloads import ecs_cluster, function, task_definition

DEPLOY = "arn:aws:lambda:us-east-1:111111111111:function:deploy"

everyone = pytest.mark.parametrize("launch", LAUNCHES, ids=lambda launch: launch.id)
with_needs = pytest.mark.parametrize(
    "launch", [each for each in LAUNCHES if set(each.needs) & NEEDS.keys()], ids=lambda launch: launch.id
)


def target(launch: Launch) -> Role:
    return role("target", GOES_ON, trusts=trust({"Service": launch.services[0]}))


def around(launch: Launch, *, there: bool = True) -> list[object]:
    """What else the method needs: an execution role, an instance profile, things that are there already."""
    needed = [NEEDS[each] for each in launch.needs if each in NEEDS] if there else []
    things = {id(thing): thing for need in needed for thing in need.things}
    return [*([PROFILE] if launch.profile else []), role("execution", trusts=TARGET), *things.values()]


def world(launch: Launch, *statements: dict[str, Any]) -> Inventory:
    return account(A, user("mallory", *statements), target(launch), *around(launch))


def grants(launch: Launch) -> list[dict[str, Any]]:
    return [allow("iam:PassRole", TARGET), allow(list(launch.actions))]


@everyone
def test_passing_to_this_service_only_is_as_good_as_to_any(launch: Launch) -> None:
    only = {"StringLike": {"iam:PassedToService": launch.services[0]}}
    statements = [allow("iam:PassRole", TARGET, Condition=only), allow(list(launch.actions))]
    assert found(launch.id, world(launch, *statements)) == [("mallory", "target", "certain")]


@everyone
def test_a_deny_of_passing_is_kept_as_what_stands_in_the_way(launch: Launch) -> None:
    denied = world(launch, *grants(launch), deny("iam:PassRole", TARGET))
    assert found(launch.id, denied) == []
    assert set(refused(launch.id, denied)) == {("target", "identity")}


@everyone
def test_a_boundary_without_the_launch_is_kept_as_what_stands_in_the_way(launch: Launch) -> None:
    fence = managed("fence", allow("iam:PassRole"), allow("s3:*"))
    bound = account(A, fence, user("mallory", *grants(launch), boundary=fence.arn), target(launch), *around(launch))
    assert found(launch.id, bound) == []
    assert set(refused(launch.id, bound)) == {("target", "boundary")}


@with_needs
def test_where_nobody_looked_for_what_it_needs_the_edge_is_unknown(launch: Launch) -> None:
    mallory = user("mallory", *grants(launch))
    dark = account(A, mallory, target(launch), *around(launch, there=False))
    (edge,) = found(launch.id, dark)
    assert edge == ("mallory", "target", DARK.get(launch.id, "unknown"))


DARK = {"lambda-002": "conditional", "iviz-eks-pod": "certain"}
"""An event source can be anywhere, a pod association is made for any cluster."""


@pytest.mark.parametrize("command", EKS_COMMANDS)
def test_any_command_that_shows_clusters_tells_by_its_empty_answer_that_there_are_none(command: str) -> None:
    launch = next(each for each in LAUNCHES if each.id == "iviz-eks-pod")
    mallory = user("mallory", *grants(launch))
    assert found(launch.id, account(A, mallory, target(launch), looked_at=[command])) == []
    assert found(launch.id, account(A, mallory, target(launch), looked_at=["eks describe-addon-versions"])) == [
        ("mallory", "target", "certain")
    ]


@pytest.mark.parametrize("method", ["ecs-003", "ecs-004", "iviz-ecs-runtask-override"])
def test_nothing_starts_in_a_cluster_that_is_deleted(method: str) -> None:
    launch = next(each for each in LAUNCHES if each.id == method)
    gone = [ecs_cluster(state="INACTIVE"), task_definition()]
    assert found(method, account(A, user("mallory", *grants(launch)), target(launch), *gone)) == []


def test_no_task_starts_from_a_definition_that_is_no_longer_registered() -> None:
    launch = next(each for each in LAUNCHES if each.id == "iviz-ecs-runtask-override")
    gone = [ecs_cluster(), replace(task_definition(), state="INACTIVE")]
    assert found(launch.id, account(A, user("mallory", *grants(launch)), target(launch), *gone)) == []


@pytest.mark.parametrize("launch", [each for each in LAUNCHES if each.profile], ids=lambda launch: launch.id)
def test_without_an_instance_profile_the_actor_must_be_able_to_make_one(launch: Launch) -> None:
    make = allow(["iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"])
    bare = account(A, user("mallory", *grants(launch)), target(launch))
    assert found(launch.id, bare) == []
    assert found(launch.id, account(A, user("mallory", *grants(launch), make), target(launch))) == [
        ("mallory", "target", "certain")
    ]


STACK_SETS = [each for each in LAUNCHES if each.id in {"cloudformation-003", "cloudformation-004"}]


@pytest.mark.parametrize("launch", STACK_SETS, ids=lambda launch: launch.id)
def test_stack_sets_need_an_administration_role_that_goes_on_to_another(launch: Launch) -> None:
    alone = role("target", trusts=trust({"Service": launch.services[0]}))
    assert found(launch.id, account(A, user("mallory", *grants(launch)), alone, STACK_SET)) == []


@pytest.mark.parametrize(
    "unfit",
    [
        replace(STACK_SET, permission_model="SERVICE_MANAGED"),
        replace(STACK_SET, state="DELETED"),
        replace(STACK_SET, execution_role=None, permission_model=None),
    ],
    ids=["it works with AWS's own role", "it is deleted", "it has no execution role"],
)
def test_no_role_is_passed_to_a_stack_set_that_takes_none(unfit: StackSet) -> None:
    launch = next(each for each in LAUNCHES if each.id == "cloudformation-004")
    execution = role("execution", trusts=TARGET)
    assert found(launch.id, account(A, user("mallory", *grants(launch)), target(launch), execution, unfit)) == []


def test_a_grant_on_another_stack_set_updates_none_there_is() -> None:
    launch = next(each for each in LAUNCHES if each.id == "cloudformation-004")
    other = "arn:aws:cloudformation:us-east-1:111111111111:stackset/other:*"
    own = [allow("iam:PassRole", TARGET), allow("cloudformation:UpdateStackSet", other)]
    assert found(launch.id, world(launch, *own)) == []
    own = [allow("iam:PassRole", TARGET), allow("cloudformation:UpdateStackSet", other.replace("other", "baseline"))]
    assert found(launch.id, world(launch, *own)) == [("mallory", "target", "certain")]


def test_a_grant_on_some_names_of_what_is_yet_to_be_made_suffices() -> None:
    names = "arn:aws:lambda:*:*:function:dev-*"
    own = [allow("iam:PassRole", TARGET), allow(["lambda:CreateFunction", "lambda:InvokeFunction"], names)]
    launch = next(each for each in LAUNCHES if each.id == "lambda-001")
    assert found("lambda-001", world(launch, *own)) == [("mallory", "target", "certain")]


def test_a_grant_on_a_name_that_something_has_already_makes_nothing() -> None:
    own = [allow("iam:PassRole", TARGET), allow(["lambda:CreateFunction", "lambda:InvokeFunction"], DEPLOY)]
    target = role("target", trusts=trust({"Service": "lambda.amazonaws.com"}))
    assert found("lambda-001", account(A, user("mallory", *own), target)) == [("mallory", "target", "certain")]
    assert found("lambda-001", account(A, user("mallory", *own), target, function("deploy"))) == []


def test_all_that_is_done_to_a_new_thing_must_be_granted_on_one_name() -> None:
    launch = next(each for each in LAUNCHES if each.id == "lambda-001")
    apart = [
        allow("iam:PassRole", TARGET),
        allow("lambda:CreateFunction", "arn:aws:lambda:*:*:function:dev-*"),
        allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:prod-*"),
    ]
    assert found("lambda-001", world(launch, *apart)) == []


def test_a_grant_on_another_account_is_none() -> None:
    launch = next(each for each in LAUNCHES if each.id == "lambda-001")
    away = [
        allow("iam:PassRole", TARGET),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:*:999999999999:function:*"),
    ]
    assert found("lambda-001", world(launch, *away)) == []


def test_a_role_whose_trust_policy_cannot_be_read_may_trust_any_service() -> None:
    launch = next(each for each in LAUNCHES if each.id == "lambda-001")
    dark = role("target", trusts=unreadable())
    assert found("lambda-001", account(A, user("mallory", *grants(launch)), dark)) == [("mallory", "target", "unknown")]


def test_service_linked_roles_and_those_of_identity_center_cannot_be_passed() -> None:
    launch = next(each for each in LAUNCHES if each.id == "lambda-001")
    lets_in = trust({"Service": "lambda.amazonaws.com"})
    kept = [
        role("linked", trusts=lets_in, path="/aws-service-role/lambda.amazonaws.com/"),
        role("reserved", trusts=lets_in, path="/aws-reserved/sso.amazonaws.com/"),
    ]
    mallory = user("mallory", allow("iam:PassRole"), allow(list(launch.actions)))
    assert found("lambda-001", account(A, mallory, *kept)) == []
