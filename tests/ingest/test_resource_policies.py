"""Resources with a policy of their own: which there are, what their policies say, and what guards buckets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamviz.inventory.model import ResourcePolicy
from tests.ingest.builders import ACCOUNT, inventory, read, texts
from tests.ingest.test_workloads import arn, function, outputs

POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}],
}
TEXT = json.dumps(POLICY)
BUCKET = "arn:aws:s3:::logs"


def resources(**commands: Any) -> dict[str, ResourcePolicy]:
    return {each.arn: each for each in inventory(outputs(**commands)).resource_policies}


@pytest.mark.parametrize(
    ("command", "output", "kind", "identifier"),
    [
        ("s3api get-bucket-policy", {"logs": {"Policy": TEXT}}, "bucket", BUCKET),
        ("kms get-key-policy", {arn("kms", "key/1"): {"Policy": TEXT, "PolicyName": "d"}}, "key", arn("kms", "key/1")),
        ("kms get-key-policy", {"1": {"Policy": TEXT}}, "key", arn("kms", "key/1")),
        ("sqs get-queue-attributes", {arn("sqs", "q"): {"Attributes": {"Policy": TEXT}}}, "queue", arn("sqs", "q")),
        (
            "sqs get-queue-attributes",
            {f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/q": {"Attributes": {"Policy": TEXT}}},
            "queue",
            arn("sqs", "q", "eu-west-1"),
        ),
        ("sns get-topic-attributes", {arn("sns", "t"): {"Attributes": {"Policy": TEXT}}}, "topic", arn("sns", "t")),
        ("lambda get-policy", {"pay": {"Policy": TEXT}}, "function", arn("lambda", "function:pay")),
        (
            "secretsmanager get-resource-policy",
            {"s": {"ARN": arn("secretsmanager", "secret:s-AbCdEf"), "Name": "s", "ResourcePolicy": TEXT}},
            "secret",
            arn("secretsmanager", "secret:s-AbCdEf"),
        ),
        (
            "ecr get-repository-policy",
            {arn("ecr", "repository/web"): {"registryId": ACCOUNT, "repositoryName": "web", "policyText": TEXT}},
            "repository",
            arn("ecr", "repository/web"),
        ),
    ],
)
def test_a_policy_belongs_to_the_resource_that_was_asked_about(
    command: str, output: object, kind: str, identifier: str
) -> None:
    found = inventory({ACCOUNT: {"Region": "us-west-2", command: output}})
    (only,) = found.resource_policies
    assert (only.kind, only.arn, only.account) == (kind, identifier, ACCOUNT)
    assert only.document is not None
    assert only.document.document is not None
    assert found.looked_at(command)


def test_a_resource_that_was_asked_about_and_has_no_policy_is_there_without_one() -> None:
    found = resources(
        s3api__list_buckets={"Buckets": [{"Name": "logs"}, {"Name": "site"}]},
        s3api__get_bucket_policy={"site": {"Policy": TEXT}},
        sqs__get_queue_attributes={arn("sqs", "q"): {"Attributes": {"QueueArn": arn("sqs", "q")}}},
        secretsmanager__get_resource_policy={"s": {"ARN": arn("secretsmanager", "secret:s"), "Name": "s"}},
    )
    assert {key: each.document is None for key, each in found.items()} == {
        BUCKET: True,
        "arn:aws:s3:::site": False,
        arn("sqs", "q"): True,
        arn("secretsmanager", "secret:s"): True,
    }


def test_the_policy_of_a_resource_that_was_only_listed_was_not_collected() -> None:
    found = resources(
        s3api__list_buckets={"Buckets": [{"Name": "logs"}]},
        kms__list_keys={"Keys": [{"KeyId": "1", "KeyArn": arn("kms", "key/1")}]},
        sns__list_topics={"Topics": [{"TopicArn": arn("sns", "t")}]},
        secretsmanager__list_secrets={"SecretList": [{"ARN": arn("secretsmanager", "secret:s"), "Name": "s"}]},
        ecr__describe_repositories={"repositories": [{"repositoryArn": arn("ecr", "repository/web")}]},
        lambda__list_functions={"Functions": [function("pay")]},
    )
    assert {each.kind for each in found.values()} == {"bucket", "key", "topic", "secret", "repository", "function"}
    for each in found.values():
        assert each.document is not None
        assert each.document.document is None
        assert each.document.problem == "the snapshot does not hold this document"


def test_a_region_where_nobody_asked_for_policies_is_not_one_without_them() -> None:
    east = outputs("us-east-1", lambda__list_functions={"Functions": [function("pay", "us-east-1")]})
    west = outputs(lambda__list_functions={"Functions": [function("pay")]}, lambda__get_policy={})
    found = {each.region: each.document for each in inventory(east, west).resource_policies}
    assert found["us-west-2"] is None
    assert found["us-east-1"] is not None


def test_an_unreadable_policy_is_said_and_costs_nothing_else() -> None:
    found = inventory(outputs(s3api__get_bucket_policy={"logs": {"Policy": 5}, "site": {"Policy": TEXT}}))
    bad, good = (each.document for each in found.resource_policies)
    assert bad is not None
    assert good is not None
    assert (bad.document, good.document is not None) == (None, True)
    assert f"unreadable: {BUCKET} Policy" in texts(found)


BLOCKED = {"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": True, "BlockPublicPolicy": False}}
OPEN = {"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": False, "BlockPublicPolicy": False}}


@pytest.mark.parametrize(
    ("commands", "blocked"),
    [
        ({}, (None, None)),
        ({"s3api__get_public_access_block": {"logs": BLOCKED}}, (True, False)),
        ({"s3api__get_public_access_block": {"site": BLOCKED}}, (False, False)),
        ({"s3control__get_public_access_block": BLOCKED}, (True, False)),
        (
            {"s3control__get_public_access_block": BLOCKED, "s3api__get_public_access_block": {"logs": OPEN}},
            (True, False),
        ),
        ({"s3control__get_public_access_block": OPEN, "s3api__get_public_access_block": {}}, (False, False)),
    ],
)
def test_public_access_is_blocked_by_the_bucket_or_its_account(commands: dict[str, Any], blocked: object) -> None:
    bucket = resources(s3api__get_bucket_policy={"logs": {"Policy": TEXT}}, **commands)[BUCKET]
    assert (bucket.public_access_block, bucket.public_policies_refused) == blocked


def test_the_tags_of_a_bucket_count_where_its_abac_is_enabled() -> None:
    listed = {"Buckets": [{"Name": "logs"}, {"Name": "site"}]}
    status = {"logs": {"AbacStatus": {"Status": "Enabled"}}}
    assert [each.abac for each in resources(s3api__list_buckets=listed).values()] == [None, None]
    found = resources(s3api__list_buckets=listed, s3api__get_bucket_abac=status)
    assert [each.abac for each in found.values()] == [True, False]


@pytest.mark.parametrize("name", ["*", "lo?s", "a\nb", "", "x" * 300])
def test_a_bucket_of_a_name_that_none_can_have_is_refused_alone(name: str) -> None:
    reading = read(outputs(s3api__get_bucket_policy={name: {"Policy": TEXT}, "site": {"Policy": TEXT}}))
    assert [rejection.rule for rejection in reading.rejections] == ["the name of a bucket"]
    assert len(reading.parts) == 1


KEY = arn("kms", "key/1")


def by_default(algorithm: str, key: str | None = None) -> dict[str, Any]:
    rule: dict[str, Any] = {"SSEAlgorithm": algorithm} | ({} if key is None else {"KMSMasterKeyID": key})
    return {
        "ServerSideEncryptionConfiguration": {
            "Rules": [{"ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": True}]
        }
    }


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (by_default("aws:kms", KEY), KEY),
        (by_default("aws:kms:dsse", KEY), KEY),
        (by_default("aws:kms", "1"), KEY),
        (by_default("aws:kms", "2"), f"arn:aws:kms::{ACCOUNT}:key/2"),
        (by_default("aws:kms", "alias/logs"), arn("kms", "alias/logs")),
        (by_default("aws:kms", "arn:aws:kms:us-west-2:999999999999:key/3"), "arn:aws:kms:us-west-2:999999999999:key/3"),
        (by_default("aws:kms"), ""),
        (by_default("aws:kms", arn("kms", "alias/aws/s3")), ""),
        (by_default("AES256"), ""),
        ({}, ""),
    ],
)
def test_a_bucket_is_encrypted_with_a_customer_key_if_one_is_named(answer: dict[str, Any], key: str) -> None:
    found = resources(
        s3api__list_buckets={"Buckets": [{"Name": "logs"}]},
        kms__list_keys={"Keys": [{"KeyId": "1", "KeyArn": KEY}]},
        s3api__get_bucket_encryption={"logs": answer},
    )
    assert found[BUCKET].key == key


@pytest.mark.parametrize(
    ("printed", "key"), [(KEY, KEY), ("1", KEY), ("alias/aws/secretsmanager", ""), (None, "")], ids=str
)
def test_a_secret_is_encrypted_with_a_customer_key_if_one_is_named(printed: str | None, key: str) -> None:
    secret = {"ARN": arn("secretsmanager", "secret:s"), "Name": "s"} | ({"KmsKeyId": printed} if printed else {})
    found = resources(secretsmanager__list_secrets={"SecretList": [secret]})
    assert found[arn("secretsmanager", "secret:s")].key == key


def test_what_is_no_key_is_refused_at_its_place() -> None:
    wrong = {"logs": by_default("aws:kms", f"arn:aws:iam::{ACCOUNT}:role/key")}
    (rejection,) = read(outputs(s3api__get_bucket_encryption=wrong)).rejections
    assert "KMSMasterKeyID" in rejection.place
    assert rejection.rule == "the ARN of a key of KMS or of its alias"
