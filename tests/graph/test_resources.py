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
