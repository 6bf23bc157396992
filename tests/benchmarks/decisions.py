"""Decisions a second: `python -m tests.benchmarks.decisions`.

Tiny requests come with policies of their own, every one another; the principal with managed policies and guardrails is
compiled once and asked many different things. The yardsticks were measured once on a machine like the one that
performance was planned for: two shared cores.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from iamviz.policy.catalogue import catalogue, managed_policy
from iamviz.policy.conditions import context_of
from iamviz.policy.decision import decide
from iamviz.policy.document import parse_document
from iamviz.policy.layers import Compiled, Layer, Layers, Policy
from iamviz.policy.lines import evaluate_line
from iamviz.policy.request import Request, make_request, parse_principal
from iamviz.policy.resources import PolicyType

A = "111111111111"
EVE = f"arn:aws:iam::{A}:user/eve"
TINY_YARDSTICK = 41_000
LARGE_YARDSTICK = 203
LARGE_GOAL = 200
REPEATS = 5

MANAGED = (
    "ReadOnlyAccess",
    "PowerUserAccess",
    "SecurityAudit",
    "job-function/ViewOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonEC2FullAccess",
    "AmazonDynamoDBFullAccess",
    "IAMReadOnlyAccess",
)
ACTIONS = (
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:DeleteBucket",
    "ec2:RunInstances",
    "ec2:DescribeInstances",
    "ec2:TerminateInstances",
    "iam:GetRole",
    "iam:PassRole",
    "iam:CreateUser",
    "iam:ListUsers",
    "lambda:InvokeFunction",
    "lambda:GetFunction",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:DeleteTable",
    "kms:Decrypt",
    "kms:DescribeKey",
    "sqs:SendMessage",
    "sqs:ReceiveMessage",
    "sns:Publish",
    "sts:AssumeRole",
    "logs:GetLogEvents",
    "logs:PutLogEvents",
    "cloudtrail:LookupEvents",
    "rds:DescribeDBInstances",
    "rds:DeleteDBInstance",
    "secretsmanager:GetSecretValue",
    "organizations:LeaveOrganization",
    "ecs:RunTask",
)


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def tiny_lines(count: int) -> list[bytes]:
    """Requests that share nothing but their shape."""
    return [
        json.dumps(
            {
                "id": number,
                "principal": EVE,
                "action": "s3:GetObject",
                "resource": f"arn:aws:s3:::bucket-{number}/report.csv",
                "resource_account": A,
                "context": {},
                "identity_policies": [{"name": "own", "document": tiny_document(number)}],
                "resource_policy": None,
            }
        ).encode()
        for number in range(count)
    ]


def tiny_document(number: int) -> dict[str, Any]:
    resource = f"arn:aws:s3:::bucket-{number}/*"
    return document({"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": resource})


def from_objects(count: int) -> Callable[[], None]:
    """Requests and documents that are parsed JSON already, as a caller in the same language hands them over."""
    eve = parse_principal(EVE)
    assert eve is not None
    documents = [tiny_document(number) for number in range(count)]

    def ask() -> None:
        for number, each in enumerate(documents):
            layers = Layers(Layer("identity", (Policy("own", Compiled(parse_document(each))),)))
            decide(make_request(eve, "s3:GetObject", f"arn:aws:s3:::bucket-{number}/report.csv", A), layers)

    return ask


def compiled(name: str, text: dict[str, Any]) -> Policy:
    return Policy(name, Compiled(parse_document(text)))


def level(kind: PolicyType, *statements: dict[str, Any]) -> Layer:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    if kind == "rcp":
        everything["Principal"] = "*"
    return Layer(kind, (compiled("full", document(everything)), compiled("own", document(*statements))))


def large_layers() -> Layers:
    """Eight managed policies, three levels of SCPs and RCPs."""
    managed = []
    for name in MANAGED:
        text = managed_policy(f"arn:aws:iam::aws:policy/{name}")
        if text is None:
            raise SystemExit(f"{name} is not in the bundle")
        managed.append(compiled(name, text))
    regions = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}
    outside = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    scps = (
        level("scp", {"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}),
        level("scp", {"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": regions}),
        level("scp", {"Effect": "Deny", "Action": ["iam:CreateUser", "iam:CreateAccessKey"], "Resource": "*"}),
    )
    deny = {"Effect": "Deny", "Principal": "*", "Resource": "*"}
    rcps = (
        level("rcp", {**deny, "Action": ["s3:*", "kms:*"], "Condition": outside}),
        level("rcp", {**deny, "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
        level("rcp", {**deny, "Action": "sts:AssumeRole", "Condition": outside}),
    )
    return Layers(Layer("identity", managed), scps=scps, rcps=rcps)


def large_requests(count: int) -> list[Request]:
    eve = parse_principal(EVE)
    assert eve is not None
    given = {"aws:RequestedRegion": "eu-west-1", "aws:PrincipalOrgID": "o-1", "aws:SecureTransport": "true"}
    context = context_of({**given, "aws:PrincipalIsAWSService": "false"})
    return [
        make_request(eve, action, resource_of(action, number), A, context)
        for number, action in zip(range(count), cycle(ACTIONS), strict=False)
    ]


def resource_of(action: str, number: int) -> str:
    """An ARN of the first kind of resource that the action takes."""
    arns = catalogue().resource_arns(action)
    if not arns:
        return "*"
    parts = arns[0].replace("${Partition}", "aws").replace("${Account}", A).replace("${Region}", "eu-west-1")
    return "".join(f"name-{number}" if part.startswith("{") else part for part in split_variables(parts))


def split_variables(text: str) -> Iterator[str]:
    head, *rest = text.split("$")
    yield head
    for part in rest:
        variable, _, tail = part.partition("}")
        yield variable
        yield tail


def per_second(count: int, work: Callable[[], object]) -> float:
    """The median of some runs, CPU time."""
    found = []
    for _ in range(REPEATS):
        started = time.process_time()
        work()
        found.append(count / (time.process_time() - started))
    return statistics.median(found)


def catalogue_memory() -> int:
    """Bytes that the catalogue holds once it has answered; measured before anything else asks it."""
    tracemalloc.start()
    catalogue().key_casing("aws:username")
    catalogue().takes_no_resource("s3:ListAllMyBuckets")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    count = parser.parse_args(arguments).requests
    sys.stdout.write(f"catalogue in memory: {catalogue_memory() / 1e6:.1f} MB\n")
    lines = tiny_lines(count)
    figures = (
        (
            "tiny, from JSON lines",
            per_second(count, lambda: [evaluate_line(line) for line in lines]),
            TINY_YARDSTICK,
            1,
        ),
        ("tiny, from parsed JSON", per_second(count, from_objects(count)), TINY_YARDSTICK, 1),
        ("8 managed policies, 3 levels", large(count), LARGE_YARDSTICK, LARGE_GOAL),
    )
    for what, found, yardstick, goal in figures:
        met = "met" if found >= goal * yardstick else "missed"
        times = f"{found / yardstick:8.1f} x {yardstick:,}/s"
        sys.stdout.write(f"{what:30} {found:10,.0f}/s   {times}   goal {goal} x: {met}\n")


def large(count: int) -> float:
    layers, requests = large_layers(), large_requests(count)
    return per_second(count, lambda: [decide(request, layers) for request in requests])


if __name__ == "__main__":
    main(sys.argv[1:])
