"""Which commands were looked at, where; and what one wrong answer costs the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.merge import merge_parts
from tests.ingest.builders import ACCOUNT, OTHER, details, inventory, read, role, texts
from tests.ingest.test_workloads import APP, arn, function, instance, outputs

FUNCTIONS = {"Functions": [function("pay")]}


def test_a_command_that_found_nothing_was_looked_at_and_one_that_is_absent_was_not() -> None:
    found = inventory(outputs(lambda__list_functions={"Functions": []}))
    assert found.looked_at("lambda list-functions")
    assert not found.looked_at("ec2 describe-instances")
    assert found.workloads.functions == ()
    assert not inventory(details(roles=[role("app")])).looked_at("lambda list-functions")


def test_a_command_was_looked_at_in_the_regions_where_it_ran() -> None:
    blocks = [outputs(region, lambda__list_functions={"Functions": []}) for region in ("us-west-2", "eu-west-1")]
    assert inventory(*blocks).commands["lambda list-functions"] == ("eu-west-1", "us-west-2")


@pytest.mark.parametrize(
    ("empty", "implied"),
    [
        ({"lambda__list_functions": {"Functions": []}}, "lambda get-policy"),
        ({"codebuild__list_projects": {"projects": []}}, "codebuild batch-get-projects"),
        ({"ecs__list_clusters": {"clusterArns": []}}, "ecs describe-tasks"),
        ({"eks__describe_cluster": {}}, "eks describe-pod-identity-association"),
        ({"s3api__list_buckets": {"Buckets": []}}, "s3api get-bucket-policy"),
    ],
)
def test_where_a_listing_is_empty_there_was_nothing_more_to_ask(empty: dict[str, Any], implied: str) -> None:
    assert inventory(outputs(**empty)).looked_at(implied)


def test_a_listing_with_something_in_it_does_not_answer_for_other_commands() -> None:
    found = inventory(outputs(codebuild__list_projects={"projects": ["build"]}, lambda__list_functions=FUNCTIONS))
    assert not found.looked_at("codebuild batch-get-projects")
    assert not found.looked_at("lambda get-policy")


def test_a_listing_that_was_cut_off_has_what_it_shows_and_was_not_looked_at() -> None:
    found = inventory(outputs(lambda__list_functions=FUNCTIONS | {"NextToken": "x"}))
    assert [each.name for each in found.workloads.functions] == ["pay"]
    assert not found.looked_at("lambda list-functions")
    assert "The listing is cut off" in texts(found)


def test_a_list_of_providers_that_was_cut_off_does_not_say_which_are_missing() -> None:
    found = inventory({ACCOUNT: {"iam list-saml-providers": {"SAMLProviderList": [], "NextToken": "x"}}})
    assert found.saml_providers is None


def test_the_audiences_of_a_provider_are_those_registered_with_it() -> None:
    provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
    commands = {"iam get-open-id-connect-provider": {provider: {"Url": "x", "ClientIDList": ["sts.amazonaws.com"]}}}
    assert inventory({ACCOUNT: commands}).oidc_clients == {provider: frozenset({"sts.amazonaws.com"})}


@pytest.mark.parametrize(
    ("commands", "place", "rule"),
    [
        ({"lambda__list_functions": []}, '["lambda list-functions"]', "an object"),
        ({"lambda__list_functions": {"Functions": {}}}, ".Functions", "a list"),
        ({"lambda__list_functions": {}}, '["lambda list-functions"]', "the key Functions, which this command prints"),
        ({"lambda__list_functions": {"Functions": [5]}}, ".Functions[0]", "an object"),
        ({"lambda__list_functions": {"Functions": [function("f", Role=5)]}}, ".Functions[0].Role", "a string or null"),
        (
            {"lambda__list_functions": {"Functions": [function("f", FunctionArn="arn:aws:lambda:x:*:function:*")]}},
            ".Functions[0].FunctionArn",
            "an ARN with a 12-digit account id",
        ),
        (
            {"lambda__list_functions": {"Functions": [function("f", FunctionArn=arn("lambda", "function:*"))]}},
            ".Functions[0].FunctionArn",
            "a name without wildcards",
        ),
        (
            {"ec2__describe_instances": {"Reservations": [{"Instances": [instance("i-*")]}]}},
            ".Reservations[0].Instances[0].InstanceId",
            "a name without wildcards",
        ),
        (
            {"ec2__describe_instances": {"Reservations": [{"OwnerId": OTHER, "Instances": []}]}},
            ".Reservations[0].OwnerId",
            f"instances of the account {ACCOUNT} only",
        ),
        (
            {"ec2__describe_instances": {"Reservations": [{"Instances": [instance("i-1", Tags=[{"Key": 5}])]}]}},
            ".Instances[0].Tags",
            "tags of strings",
        ),
        ({"ssm__describe_instance_information": {"InstanceInformationList": [{}]}}, "[0]", "InstanceId"),
        ({"lambda__list_tags": {"f": 5}}, '["f"]', "an object"),
        ({"glue__list_jobs": {"JobNames": 5}}, ".JobNames", "a list"),
        ({"eks__list_access_entries": {"accessEntries": ["x"]}}, "list-access-entries", "by the name of the cluster"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_place_and_costs_no_other_command_anything(
    commands: dict[str, Any], place: str, rule: str
) -> None:
    reading = read(details(roles=[role("app")]), outputs(glue__get_jobs={"Jobs": [{"Name": "job"}]}, **commands))
    (rejection,) = reading.rejections
    assert place in rejection.place
    assert rule in rejection.rule
    assert (rejection.account, bool(rejection.remedy)) == (ACCOUNT, True)
    found = build_inventory(ACCOUNT, reading.parts, DocumentCache())
    assert [each.name for each in found.workloads.of_kind("glue-job")] == ["job"]
    (command,) = commands
    assert not found.looked_at(command.replace("__", " ").replace("_", "-"))


def test_a_wrong_item_costs_no_other_item_anything() -> None:
    reading = read(outputs(lambda__list_functions={"Functions": [5, function("pay"), {"FunctionName": "x"}]}))
    found = build_inventory(ACCOUNT, reading.parts, DocumentCache())
    assert [each.name for each in found.workloads.functions] == ["pay"]
    assert [each.place.split(" ")[1] for each in reading.rejections] == [
        'list-functions"].Functions[0]',
        'list-functions"].Functions[2]',
    ]


@pytest.mark.parametrize("region", ["us west", "../../x", "x" * 41, "us-*"])
def test_a_region_that_is_none_is_refused(region: str) -> None:
    (rejection,) = read(outputs(region, lambda__list_functions=FUNCTIONS)).rejections
    assert "the name of a region" in rejection.rule


def test_an_error_in_the_place_of_an_answer_means_none_of_that_name() -> None:
    found = inventory(
        outputs(
            lambda__list_functions=FUNCTIONS,
            lambda__get_policy={"pay": {"Error": {"Code": "ResourceNotFoundException"}}, "other": None},
        )
    )
    assert found.looked_at("lambda get-policy")
    assert [each.document for each in found.resource_policies] == [None]


def test_parts_of_several_files_and_regions_join_to_the_same_in_any_order() -> None:
    blocks = [
        outputs(lambda__list_functions=FUNCTIONS, lambda__get_policy={"pay": {"Policy": "{}"}}),
        outputs("us-east-1", lambda__list_functions={"Functions": [function("pay", "us-east-1")]}),
        outputs(lambda__list_tags={arn("lambda", "function:pay"): {"Tags": {"a": "b"}}}),
        outputs(lambda__list_functions={"Functions": [function("ship")]}),
        outputs("eu-west-1", glue__get_jobs={"Jobs": [{"Name": "job", "Role": APP}]}),
    ]
    turned = [[*blocks[start:], *blocks[:start]] for start in range(len(blocks))]
    ordered = [
        build_inventory(ACCOUNT, read(*each).parts, DocumentCache()) for turn in turned for each in (turn, turn[::-1])
    ]
    first = ordered[0]
    assert [(each.region, each.name, each.tags) for each in first.workloads.functions] == [
        ("us-east-1", "pay", {}),
        ("us-west-2", "pay", {"a": "b"}),
        ("us-west-2", "ship", {}),
    ]
    for other in ordered:
        assert other.workloads == first.workloads
        assert other.resource_policies == first.resource_policies
        assert other.commands == first.commands


def test_a_part_that_was_stored_before_workloads_were_read_still_reads() -> None:
    (part,) = read(outputs(lambda__list_functions=FUNCTIONS)).parts
    values: list[object] = msgspec.msgpack.decode(part.content)
    old = replace(part, content=msgspec.msgpack.encode(values[:10]))
    assert build_inventory(ACCOUNT, [old], DocumentCache()).commands == {}


def test_merging_twice_changes_nothing() -> None:
    reading = read(outputs(lambda__list_functions=FUNCTIONS), outputs(lambda__list_functions=FUNCTIONS, iam__x={}))
    assert [part.sha256 for part in merge_parts(reading.parts)] == [part.sha256 for part in reading.parts]


@pytest.mark.parametrize(
    ("answer", "command", "region"),
    [
        (FUNCTIONS, "lambda list-functions", "us-west-2"),
        ({"Reservations": [{"OwnerId": ACCOUNT, "Instances": [instance("i-1")]}]}, "ec2 describe-instances", ""),
        (
            {"tasks": [{"taskArn": arn("ecs", "task/main/1"), "clusterArn": arn("ecs", "cluster/main")}]},
            "ecs describe-tasks",
            "us-west-2",
        ),
        (
            {"projects": [{"name": "b", "arn": arn("codebuild", "project/b")}]},
            "codebuild batch-get-projects",
            "us-west-2",
        ),
        (
            {"cluster": {"name": "prod", "arn": arn("eks", "cluster/prod")}},
            "eks describe-cluster",
            "us-west-2",
        ),
    ],
)
def test_an_answer_as_it_was_printed_belongs_to_the_account_and_region_of_its_arns(
    answer: object, command: str, region: str
) -> None:
    (part,) = read(answer).parts
    assert (part.account, part.region) == (ACCOUNT, region)
    assert inventory(answer).commands[command] == (region,)


@pytest.mark.parametrize(
    ("answer", "command"),
    [
        ({"LaunchTemplates": []}, "ec2 describe-launch-templates"),
        ({"Jobs": []}, "glue get-jobs"),
        ({"Buckets": []}, "s3api list-buckets"),
        ({"Functions": []}, "lambda list-functions"),
    ],
)
def test_an_answer_that_tells_no_account_names_the_command_to_put_it_under(answer: object, command: str) -> None:
    (rejection,) = read(answer).rejections
    assert f'"{command}"' in rejection.remedy
