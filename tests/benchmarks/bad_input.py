"""What comes back for bad policy documents, and what that costs: `python -m tests.benchmarks.bad_input`.

Each goes through `evaluate` as the policy of a request, and through the reader of snapshots and the analysis as an
inline policy of a user: CPU time is the best of some runs, memory the peak of what Python allocates in one more.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from iamviz.analysis import analyze
from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.bundle import read_entries
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.entry import Entry
from iamviz.policy import lines

A = "111111111111"
EVE = f"arn:aws:iam::{A}:user/eve"
PLACE = b'"THE DOCUMENT"'
REPEATS = 3
WIDTH = 160
T = TypeVar("T")

ALLOW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
MB = 1_000_000


DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}


def statement(**more: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{**DENY, **more}]})


def documents() -> Iterator[tuple[str, bytes]]:
    """Name and JSON text, or what is none."""
    unknown = {f"StringEqual{number}": {"aws:username": "eve"} for number in range(5_000)}
    yield "a plain document, for comparison", ALLOW.encode()
    yield "a list", b"[]"
    yield "a statement that is a number", b'{"Statement": [1]}'
    yield "an Effect of Audit", statement(Effect="Audit").encode()
    yield "one unknown operator in a Deny", statement(Condition={"StringEqual": {"aws:username": "eve"}}).encode()
    yield "5,000 unknown operators", statement(Condition=unknown).encode()
    yield "5,000 unknown elements", statement(**{f"Action{number}": "*" for number in range(5_000)}).encode()
    yield "5,000 statements", json.dumps({"Statement": [DENY] * 5_000}).encode()
    yield "one string of 1 MB", statement(Sid="x" * MB).encode()
    yield "30,000 actions", statement(Action=[f"s3:Get{number}Xxxxxxxxxxxxxxxx*" for number in range(30_000)]).encode()
    yield "100,000 brackets", b'{"Statement": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    yield "100,000 brackets that never close", b'{"Statement": ' + b"[" * 100_000
    yield "1 MB of brackets side by side", b'{"Statement": [' + b",".join([b"[]"] * (MB // 3)) + b"]}"
    yield "UTF-16", ALLOW.encode("utf-16")
    yield "Latin-1", statement(Sid="\xe9").encode().replace(rb"\u00e9", b"\xe9")
    yield "a byte order mark", b"\xef\xbb\xbf" + ALLOW.encode()
    yield "NaN", ALLOW.replace('"*"', "NaN").encode()
    yield "a key twice", ALLOW.replace('"Effect"', '"Effect":"Deny","Effect"').encode()
    policy = statement(Condition={"StringEquals": {"HERE": 0}})
    keys = ",".join(f'"aws:PrincipalTag/{number}":"x"' for number in [*range(30_000), 0])
    yield "a key twice among 30,000", policy.replace('"HERE": 0', keys).encode()
    yield "nothing", b""


def evaluated(document: bytes) -> dict[str, Any]:
    # Otherwise the second time would cost nothing.
    lines._remembered.cache_clear()
    policies = [{"name": "own", "document": PLACE.decode()[1:-1]}]
    line = {"principal": EVE, "action": "s3:GetObject", "resource": "*", "identity_policies": policies}
    return lines.evaluate_line(json.dumps(line).encode().replace(PLACE, document))


def said(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"error: {answer['error']}"
    problems = answer.get("problems", [])
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{answer['decision']}; {problems[0]}{more}" if problems else str(answer["decision"])


def snapshot(document: bytes) -> bytes:
    policy = [{"PolicyName": "own", "PolicyDocument": PLACE.decode()[1:-1]}]
    user = {"Path": "/", "UserName": "eve", "UserId": "AIDAEVEEVEEVEEVEEVE11", "Arn": EVE, "UserPolicyList": policy}
    account = {"UserDetailList": [user], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
    return json.dumps(account).encode().replace(PLACE, document)


def analysed(data: bytes) -> str:
    """What the analysis says of the document, or the reader of the file."""
    reading = read_entries([Entry("account.json", len(data), None, lambda: data)])
    if reading.rejections:
        first = reading.rejections[0]
        return f"refused: {first.place or 'the file'}: {first.rule}. {first.remedy}"
    inventory = build_inventory(A, reading.parts, DocumentCache())
    told = [each for each in analyze([inventory]).notices if each.kind in {"unreadable", "warning"}]
    return f"{told[0].kind}: {told[0].text}" if told else "read"


def measured(work: Callable[[], T]) -> tuple[T, float, float]:
    """The answer, CPU milliseconds and megabytes."""
    took = []
    for _ in range(REPEATS):
        started = time.process_time()
        found = work()
        took.append(time.process_time() - started)
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return found, min(took) * 1e3, peak / MB


def row(way: str, answer: str, milliseconds: float, megabytes: float) -> str:
    shown = answer if len(answer) <= WIDTH else f"{answer[: WIDTH - 1]}…"
    return f"  {way:8} {milliseconds:9.2f} ms {megabytes:7.1f} MB   {shown}\n"


def main(arguments: list[str]) -> None:
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    evaluated(ALLOW.encode())
    for name, document in documents():
        sys.stdout.write(f"{name} ({len(document):,} bytes)\n")
        answer, milliseconds, megabytes = measured(partial(evaluated, document))
        sys.stdout.write(row("evaluate", said(answer), milliseconds, megabytes))
        sys.stdout.write(row("analyze", *measured(partial(analysed, snapshot(document)))))


if __name__ == "__main__":
    main(sys.argv[1:])
