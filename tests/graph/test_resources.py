"""Resources with policies of their own: who outside reaches them, who inside reads them."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.model import Inventory, ResourceKind
from tests.builders import A, B, X, account, allow, arn, document, edges, graph, managed, role, root, user
from tests.workloads import resource

LOGS = "arn:aws:s3:::logs"
OBJECTS = f"{LOGS}/*"


def lets(principal: object, action: str = "s3:GetObject", target: str = OBJECTS, **more: Any) -> dict[str, Any]:
    who = principal if principal == "*" else {"AWS": principal}
    return {"Effect": "Allow", "Principal": who, "Action": action, "Resource": target, **more}


def keeps(**more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": "s3:*", "Resource": [LOGS, OBJECTS], **more}


def bucket(*statements: dict[str, Any], **more: Any) -> Any:
    return resource("bucket", "logs", document(*statements) if statements else None, **more)


def readers(*inventories: Inventory) -> list[tuple[str, str]]:
    return sorted((source, certainty) for source, _, certainty in edges(graph(*inventories), "can-read"))


READS = allow("s3:GetObject", OBJECTS)


def test_in_one_account_either_side_suffices() -> None:
    named = bucket(lets(arn(A, "user/bob")))
    assert readers(account(A, user("eve", READS), user("bob"), user("amy"), named)) == [
        ("bob", "certain"),
        ("eve", "certain"),
    ]


def test_across_accounts_both_sides_must_agree() -> None:
    there = account(B, user("eve", READS), user("amy"))
    assert readers(account(A, bucket(lets(root(B)))), there) == [("eve", "certain")]
    assert readers(account(A, bucket()), there) == []


def test_a_grant_on_some_objects_reads_something() -> None:
    some = allow("s3:GetObject", f"{LOGS}/public/*")
    assert readers(account(A, user("eve", some), bucket())) == [("eve", "certain")]
    assert readers(account(A, user("eve", allow("s3:GetObject", "arn:aws:s3:::other/*")), bucket())) == []


@pytest.mark.parametrize(
    "exclusive",
    [
        keeps(Principal="*", Condition={"StringNotEquals": {"aws:PrincipalArn": arn(A, "role/reader")}}),
        keeps(Principal="*", Condition={"ArnNotLike": {"aws:PrincipalArn": arn(A, "role/read*")}}),
        keeps(NotPrincipal={"AWS": [arn(A, "role/reader"), root(A)]}),
    ],
    ids=["PrincipalArn", "a pattern", "NotPrincipal"],
)
def test_an_exclusive_bucket_is_read_by_those_that_it_spares(exclusive: dict[str, Any]) -> None:
    world = account(A, role("reader", READS), role("other", READS), bucket(exclusive))
    read = readers(world)
    assert ("reader", "certain") in read
    assert (("other", "certain") in read) == ("NotPrincipal" in exclusive)


def test_a_boundary_keeps_somebody_out() -> None:
    fence = managed("fence", allow("iam:*"))
    assert readers(account(A, fence, user("eve", READS, boundary=fence.arn), bucket())) == []


def test_anyone_reads_a_public_bucket_unless_that_is_blocked() -> None:
    assert readers(account(A, bucket(lets("*")))) == [("anyone", "certain")]
    assert readers(account(A, bucket(lets("*"), public_access_block=True))) == []


def test_a_bucket_for_the_own_organization_is_not_for_anyone() -> None:
    own = {"StringEquals": {"aws:PrincipalAccount": A}}
    assert readers(account(A, bucket(lets("*", Condition=own)))) == []


def test_an_account_outside_reaches_what_names_it() -> None:
    assert readers(account(A, bucket(lets(root(X))))) == [(f"account:{X}", "unknown")]


def test_a_secret_is_read_like_an_object() -> None:
    get = "secretsmanager:GetSecretValue"
    world = account(A, user("eve", allow(get)), user("amy"), resource("secret", "db"))
    assert readers(world) == [("eve", "certain")]


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("key", "kms:Decrypt"),
        ("queue", "sqs:ReceiveMessage"),
        ("topic", "sns:Subscribe"),
        ("function", "lambda:InvokeFunction"),
        ("repository", "ecr:BatchGetImage"),
    ],
)
def test_what_anyone_may_reach_is_said_of_every_kind(kind: ResourceKind, action: str) -> None:
    open_ = document(lets("*", action, "*"))
    shut = document(lets("*", "iam:GetUser", "*"))
    assert readers(account(A, resource(kind, "it", open_))) == [("anyone", "certain")]
    assert readers(account(A, resource(kind, "it", shut))) == []


def test_evidence_names_the_statement_of_the_resource() -> None:
    built = graph(account(A, bucket(lets("*"))))
    (proof,) = built.proofs[0] if len(built.proofs) == 1 else next(p for p in built.proofs if p[0].evidence)
    assert [(each.side, each.policy, each.statement) for each in proof.evidence] == [("resource", LOGS, 0)]


KEY = f"arn:aws:kms:us-east-1:{A}:key/k"
DECRYPTS = allow("kms:Decrypt", KEY)
IAM_DECIDES = document(lets(root(A), "kms:*", "*"))


def encrypted(*statements: dict[str, Any], key: str = KEY) -> Any:
    return bucket(*statements, key=key)


def key_with(*statements: dict[str, Any]) -> Any:
    return resource("key", "k", document(*statements))


KEY_OF_ACCOUNT = resource("key", "k", IAM_DECIDES)


def test_objects_under_a_customer_key_are_read_by_those_who_may_decrypt_with_it_too() -> None:
    world = account(A, user("eve", READS, DECRYPTS), user("amy", READS), encrypted(), KEY_OF_ACCOUNT)
    assert readers(world) == [("eve", "certain")]


def test_a_key_policy_that_leaves_nothing_to_the_account_names_who_decrypts() -> None:
    closed = key_with(lets(arn(A, "user/bob"), "kms:Decrypt", "*"))
    world = account(A, user("eve", READS, DECRYPTS), user("bob", READS), encrypted(), closed)
    assert readers(world) == [("bob", "certain")]


def test_without_the_policy_of_the_key_reading_is_unknown_and_says_why() -> None:
    world = account(A, user("eve", READS, DECRYPTS), user("amy"), encrypted())
    assert readers(world) == [("eve", "unknown")]
    built = graph(world)
    reasons = repr([each.expression for proofs in built.proofs for each in proofs])
    assert f"the policy of {KEY} cannot be read: its policy was not collected" in reasons


def test_of_a_key_by_its_alias_it_is_unknown_who_decrypts_with_it() -> None:
    alias = f"arn:aws:kms:us-east-1:{A}:alias/logs"
    assert readers(account(A, user("eve", READS, DECRYPTS), encrypted(key=alias), KEY_OF_ACCOUNT)) == [
        ("eve", "unknown")
    ]


def test_the_key_of_another_account_must_let_in_and_be_granted() -> None:
    key = KEY.replace(A, B)
    eve = user("eve", READS, allow("kms:Decrypt", key))
    there = account(B, key_with(lets(root(A), "kms:Decrypt", "*")))
    here = account(A, eve, user("amy", READS), encrypted(key=key))
    assert readers(here, there) == [("eve", "certain")]
    assert readers(here, account(B, key_with(lets(root(B), "kms:*", "*")))) == []
    assert readers(here) == [("eve", "unknown")]


def test_a_key_for_the_own_service_lets_readers_of_the_bucket_in_and_nobody_elses() -> None:
    def through(service: str) -> Any:
        condition = {"StringEquals": {"kms:ViaService": f"{service}.us-east-1.amazonaws.com", "kms:CallerAccount": A}}
        return key_with(lets("*", "kms:Decrypt", "*", Condition=condition))

    eve = user("eve", READS)
    assert readers(account(A, eve, encrypted(), through("s3"))) == [("eve", "certain")]
    assert readers(account(A, eve, encrypted(), through("rds"))) == []


def test_a_public_bucket_under_a_key_of_the_account_is_for_nobody_outside() -> None:
    def outside(key: Any) -> list[tuple[str, str, str]]:
        found = edges(graph(account(A, encrypted(lets("*")), key)), "can-read")
        return [each for each in found if each[1] == LOGS]

    own = {"StringEquals": {"kms:CallerAccount": A}}
    assert outside(KEY_OF_ACCOUNT) == []
    assert outside(key_with(lets("*", "kms:Decrypt", "*", Condition=own))) == []
    assert outside(key_with(lets("*", "kms:Decrypt", "*"))) == [("anyone", LOGS, "certain")]


def test_a_condition_of_the_key_policy_is_what_reading_hangs_on() -> None:
    office = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
    guarded = key_with(lets(root(A), "kms:*", "*", Condition=office))
    assert readers(account(A, user("eve", READS, DECRYPTS), encrypted(), guarded)) == [("eve", "conditional")]


def test_a_boundary_that_does_not_decrypt_keeps_somebody_out() -> None:
    fence = managed("fence", allow("s3:*"))
    eve = user("eve", READS, DECRYPTS, boundary=fence.arn)
    assert readers(account(A, fence, eve, encrypted(), KEY_OF_ACCOUNT)) == []


def test_a_secret_under_a_customer_key_is_decrypted_too() -> None:
    get = allow("secretsmanager:GetSecretValue")
    world = account(A, user("eve", get, DECRYPTS), user("amy", get), resource("secret", "db", key=KEY), KEY_OF_ACCOUNT)
    assert readers(world) == [("eve", "certain")]


def test_what_proves_reading_names_the_statements_of_the_key_too() -> None:
    closed = key_with(lets(arn(A, "user/bob"), "kms:Decrypt", "*"))
    built = graph(account(A, user("bob", READS), encrypted(), closed))
    told = {(each.side, each.policy) for proofs in built.proofs for proof in proofs for each in proof.evidence}
    assert ("resource", KEY) in told
