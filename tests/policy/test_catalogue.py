"""What AWS publishes about its actions, condition keys and managed policies, and how it is extracted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.catalogue import catalogue, managed_policies_source, managed_policy
from iamviz.policy.catalogue.files import (
    FOLDER,
    INDEX,
    MANAGED,
    SERVICES,
    ManagedPolicies,
    Shipped,
    Source,
    read_shipped,
)
from iamviz.policy.catalogue.keys import Keys
from iamviz.policy.catalogue.lookup import Catalogue
from iamviz.policy.catalogue.refresh import NOTICE, write
from iamviz.policy.document import parse_document

AWS = "arn:aws:iam::aws:policy/"


@pytest.mark.parametrize("action", ["s3:ListAllMyBuckets", "S3:LISTALLMYBUCKETS", "kms:ListKeys", "ec2:DescribeVpcs"])
def test_some_actions_take_no_resource(action: str) -> None:
    assert catalogue().takes_no_resource(action)


@pytest.mark.parametrize("action", ["s3:GetObject", "sts:AssumeRole", "iam:PassRole", "s3:NoSuchAction", "s3", "", ":"])
def test_an_action_with_a_resource_or_that_aws_does_not_list_is_not_one_without(action: str) -> None:
    assert not catalogue().takes_no_resource(action)


@pytest.mark.parametrize("prefix", ["sqs", "SQS"])
def test_a_service_has_the_resource_types_that_aws_lists(prefix: str) -> None:
    assert catalogue().resource_types(prefix) == ("arn:${Partition}:sqs:${Region}:${Account}:${QueueName}",)


def test_a_service_that_aws_does_not_list_has_no_resource_types() -> None:
    assert catalogue().resource_types("nosuch") == ()


@pytest.mark.parametrize("prefix", ["sts", "s3", "kms", "sqs", "secretsmanager", "STS"])
def test_the_first_services_that_resource_control_policies_covered_are_on_the_list(prefix: str) -> None:
    assert catalogue().is_rcp_service(prefix)


@pytest.mark.parametrize("prefix", ["iam", "ec2", "lambda", "", "s3:"])
def test_a_service_that_is_not_on_the_list_is_not_covered(prefix: str) -> None:
    assert not catalogue().is_rcp_service(prefix)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("aws:principalorgid", "aws:PrincipalOrgID"),
        ("AWS:SOURCEIP", "aws:SourceIp"),
        ("aws:UserId", "aws:userid"),
        ("STS:externalid", "sts:ExternalId"),
        ("saml:AUD", "saml:aud"),
        ("token.actions.githubusercontent.com:repository", "token.actions.githubusercontent.com:repository"),
    ],
)
def test_a_key_is_spelled_as_aws_spells_it(written: str, spelled: str) -> None:
    assert catalogue().key_casing(written) == spelled


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("aws:principaltag/Team", "aws:PrincipalTag/Team"),
        ("AWS:RequestTAG/a/B:c", "aws:RequestTag/a/B:c"),
        ("s3:existingobjecttag/Secret", "s3:ExistingObjectTag/Secret"),
        ("secretsmanager:resourcetag/Own", "secretsmanager:ResourceTag/Own"),
        ("kms:encryptioncontext:AppName", "kms:EncryptionContext:AppName"),
        ("codebuild:FILEsystemLocations/Mine.TYPE", "codebuild:fileSystemLocations/Mine.type"),
        ("Token.Actions.Acme.ghe.com:ACTOR", "token.actions.Acme.ghe.com:actor"),
        ("aws:principaltag/İstanbul", "aws:PrincipalTag/İstanbul"),
    ],
)
def test_the_users_own_part_of_a_key_stays_as_it_is(written: str, spelled: str) -> None:
    assert catalogue().key_casing(written) == spelled


@pytest.mark.parametrize("key", ["acme:Custom", "login.example.com:SUB", "", "aws:principaltag/", "/", "aws:"])
def test_a_key_that_aws_does_not_list_stays_as_it_is(key: str) -> None:
    assert catalogue().key_casing(key) == key
    assert not catalogue().is_multivalued(key)


@given(st.text(max_size=60) | st.text(alphabet="awsAWS:/.-{}$sttagTAG", max_size=60).map("aws:PrincipalTag/".__add__))
def test_spelling_a_key_changes_the_case_of_letters_only_and_only_once(key: str) -> None:
    spelled = catalogue().key_casing(key)
    assert len(spelled) == len(key)
    assert spelled.lower() == key.lower()
    assert catalogue().key_casing(spelled) == spelled


@pytest.mark.parametrize(
    "key",
    ["aws:TagKeys", "aws:calledvia", "aws:PrincipalOrgPaths", "aws:SourceOrgPaths", "dynamodb:Attributes",
     "cognito-identity.amazonaws.com:amr", "saml:edupersonaffiliation", "events:Metadata/q/Matcher"],
)  # fmt: skip
def test_some_keys_hold_several_values(key: str) -> None:
    assert catalogue().is_multivalued(key)


@pytest.mark.parametrize(
    "key", ["aws:SourceIp", "aws:PrincipalTag/TagKeys", "aws:CalledViaFirst", "aws:PrincipalOrgID"]
)
def test_most_keys_hold_one_value(key: str) -> None:
    assert not catalogue().is_multivalued(key)


def test_an_action_comes_with_its_access_level_resources_and_condition_keys() -> None:
    action = catalogue().action("S3:getobject")
    assert action is not None
    assert (action.name, action.access_level) == ("s3:GetObject", "Read")
    assert "object" in action.resource_types
    assert "s3:ExistingObjectTag/${TagKey}" in action.condition_keys
    assert "arn:${Partition}:s3:::${BucketName}/${ObjectName}" in catalogue().resource_arns("s3:GetObject")


def test_an_action_that_changes_permissions_says_so() -> None:
    action = catalogue().action("iam:AttachRolePolicy")
    assert action is not None
    assert action.access_level == "Permissions management"


@pytest.mark.parametrize("name", ["s3:NoSuchAction", "nothing:Here", "s3", "", "*", "s3:*"])
def test_an_action_that_aws_does_not_list_is_not_known(name: str) -> None:
    assert catalogue().action(name) is None
    assert catalogue().resource_arns(name) == ()


def test_every_action_without_a_resource_type_is_known_to_take_none() -> None:
    fresh = Catalogue()
    names = {f"{prefix}:{name}" for prefix in fresh._packed for name in getattr(fresh._service(prefix), "actions", ())}
    assert len(names) > 20_000
    none = {name for name in names if (found := fresh.action(name)) is not None and not found.resource_types}
    assert none == fresh._without_resource


def test_the_administrators_policy_allows_everything() -> None:
    assert managed_policy(f"{AWS}AdministratorAccess") == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
    }


def test_a_managed_policy_is_found_by_its_path_and_name() -> None:
    assert managed_policy(f"{AWS}service-role/AWSLambdaBasicExecutionRole") is not None
    assert managed_policy(f"{AWS}AWSLambdaBasicExecutionRole") is None


def test_a_managed_policy_names_the_partition_that_it_was_asked_for() -> None:
    name = "policy/IAMUserChangePassword"
    assert '"arn:aws:iam::*:user/${aws:username}"' in json.dumps(managed_policy(f"arn:aws:iam::aws:{name}"))
    assert '"arn:aws-cn:iam::*:user/${aws:username}"' in json.dumps(managed_policy(f"arn:aws-cn:iam::aws:{name}"))


@pytest.mark.parametrize(
    "arn",
    [f"{AWS}Gone", AWS, "", "AdministratorAccess", "arn:aws:iam::111122223333:policy/AdministratorAccess",
     "arn:gcp:iam::aws:policy/AdministratorAccess", f"{AWS}AdministratorAccess\n"],
)  # fmt: skip
def test_a_policy_that_is_not_aws_own_or_not_in_the_bundle_has_no_document(arn: str) -> None:
    assert managed_policy(arn) is None


def test_every_managed_policy_can_be_read() -> None:
    names = read_shipped(MANAGED, ManagedPolicies).policies
    unread = [name for name in names if not parse_document(managed_policy(AWS + name)).statements]
    assert len(names) > 1_500
    assert unread == []


@pytest.mark.parametrize("name", [INDEX, SERVICES, MANAGED])
def test_every_file_carries_its_date_version_licence_and_origin(name: str) -> None:
    source = read_shipped(name, Shipped).source
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", source.date)
    assert source.version
    assert source.licence in {"MIT", "Apache-2.0"}
    notice = (FOLDER / NOTICE).read_text(encoding="utf-8")
    assert all(
        fact in notice for fact in (name, source.package, source.version, source.date, source.licence, source.address)
    )


def test_the_notice_holds_the_licence_that_must_come_with_the_data() -> None:
    notice = (FOLDER / NOTICE).read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in notice
    assert catalogue().source.licence == "MIT"
    assert managed_policies_source().licence == "Apache-2.0"


KEY_OF_TAGS = "q:Tag/${TagKey}"
ABOUT = {"name": "@x/data", "version": "1.2.3", "updatedAt": "2026-01-02T03:04:05Z", "license": "MIT"}
KEYS = {"q:list": {"key": "q:List", "type": "ArrayOfString"}, "q:tag/<key>": {"key": "q:Tag/<key>", "type": "String"}}
ACTIONS = {
    "put": {
        "name": "Put",
        "accessLevel": "Permissions management, Write",
        "resourceTypes": [{"name": "Box", "conditionKeys": ["q:List"]}],
        "conditionKeys": [],
    },
    "list": {"name": "List", "accessLevel": "List", "resourceTypes": [], "conditionKeys": ["q:Own"]},
    "look": {"name": "Look", "accessLevel": "Read", "resourceTypes": [], "conditionKeys": []},
}
GLOBAL = """export const globalConditionKeys = [
    {
        key: 'aws:Tag/tag-key',
        category: 'c',
        type: 'ARN',
    },
];"""


def packages(folder: Path) -> tuple[Path, Path]:
    """The smallest packages of the shape that the script reads."""
    for name, content in {
        "package.json": ABOUT,
        "data/rcpSupportedServices.json": ["z", "q", "y", "x"],
        "data/actions/q.json": ACTIONS,
        "data/actions/bare.json": {
            "go": {"name": "Go", "accessLevel": "Write", "resourceTypes": [], "conditionKeys": []}
        },
        "data/conditionKeys/q.json": KEYS,
        "data/resourceTypes/q.json": {
            "box": {"arn": "arn:${Partition}:q:::${Box}", "conditionKeys": ["q:Tag/<key>"]},
            "bag": {"arn": "arn:${Partition}:q:::bag"},
        },
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / "dist" / "esm").mkdir(parents=True)
    (folder / "dist" / "esm" / "globalConditionKeys.js").write_text(GLOBAL, encoding="utf-8")
    (folder / "LICENSE.txt").write_text("Do as you like.", encoding="utf-8")
    module = folder / "policies.py"
    policies = {"Read": {"Path": "/x/", "UpdateDate": "2026-03-04T00:00:00+00:00", "Document": {"Statement": []}}}
    before = 'text: str = "x"\nmodule.name = "y"\nother = "z"\n'
    module.write_text(f'# made\n{before}aws_managed_policies_data = """{json.dumps(policies)}"""\n', encoding="utf-8")
    return folder, module


def test_the_files_are_extracted_from_the_packages(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    write(*packages(tmp_path), "9.9", into)
    found = Catalogue(into)
    assert found.source == Source(
        "@x/data", "1.2.3", "2026-01-02", "MIT", "https://github.com/act-security-labs/iam-data"
    )
    named = ("q:List", "q:Look", "bare:Go", "q:Put", "q:list look")
    assert [found.takes_no_resource(name) for name in named] == [True, True, True, False, False]
    assert [getattr(found.action(name), "access_level", None) for name in named] == [
        "List",
        "Read",
        "Write",
        "Permissions management",
        None,
    ]
    assert getattr(found.action("q:List"), "condition_keys", None) == ("q:Own",)
    assert (found.is_rcp_service("q"), found.is_rcp_service("s3")) == (True, False)
    assert [found.key_casing(key) for key in ("q:tag/a", "AWS:tag/a", "q:LIST")] == ["q:Tag/a", "aws:Tag/a", "q:List"]
    assert (found.is_multivalued("q:list"), found.is_multivalued("q:tag/a")) == (True, False)
    action = found.action("q:put")
    assert action is not None
    assert (action.access_level, action.resource_types) == ("Permissions management", ("Box",))
    assert (action.resource_arns, action.condition_keys) == (("arn:${Partition}:q:::${Box}",), ("q:List", KEY_OF_TAGS))


def test_the_same_packages_give_the_same_files(tmp_path: Path) -> None:
    package, module = packages(tmp_path)
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        write(package, module, "9.9", tmp_path / name)
    assert {path.name for path in (tmp_path / "once").iterdir()} == {INDEX, SERVICES, MANAGED, NOTICE}
    for path in (tmp_path / "once").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    policies = read_shipped(MANAGED, ManagedPolicies, tmp_path / "once")
    assert policies.source == Source("moto", "9.9", "2026-03-04", "Apache-2.0", "https://github.com/getmoto/moto")
    assert {name: msgspec.json.decode(packed) for name, packed in policies.policies.items()} == {
        "x/Read": {"Statement": []}
    }


def test_what_a_file_lists_is_sorted(tmp_path: Path) -> None:
    write(*packages(tmp_path), "9.9", tmp_path)
    packed = (tmp_path / INDEX).read_bytes()
    held = msgspec.json.decode(zstandard.ZstdDecompressor().decompress(packed))
    assert held["resource_control"] == ["q", "x", "y", "z"]
    assert list(held) == sorted(held)


def test_a_key_whose_own_part_is_empty_is_not_known() -> None:
    keys = Keys(["q:Place/${Name}.type"], [])
    assert keys.casing("Q:PLACE/a.TYPE") == "q:Place/a.type"
    assert keys.casing("Q:PLACE/.TYPE") == "Q:PLACE/.TYPE"


def test_without_keys_none_is_known() -> None:
    assert Keys([], []).casing("aws:SourceIp") == "aws:SourceIp"


def test_a_package_that_keeps_the_policies_elsewhere_is_refused_by_name(tmp_path: Path) -> None:
    package, module = packages(tmp_path)
    module.write_text("nothing = 1\n", encoding="utf-8")
    with pytest.raises(LookupError, match="aws_managed_policies_data"):
        write(package, module, "9.9", tmp_path)
