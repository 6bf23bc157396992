"""Simulating a request, and reading the message that a real one was answered with."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from rest_framework.test import APIClient

from iamviz.api.rendering import key_of
from iamviz.snapshots.models import Revision
from iamviz.workspaces.models import Workspace
from tests.api.conftest import BASE
from tests.api.world import (
    CONSOLE,
    DEPLOY,
    EVE,
    RUNNER,
    VENDOR,
    A,
    B,
    arn,
    assumes,
    details,
    document,
    role,
    statement,
    trusts,
    user,
)
from tests.snapshots.deliveries import current, upload

pytestmark = pytest.mark.django_db

R = f"{BASE}/revisions/1"
MALLORY = arn(A, "user/mallory")
ASSUME = "sts:AssumeRole"


def ask(client: APIClient, principal: str, action: str = ASSUME, resource: str = DEPLOY, **more: Any) -> Any:
    question = {"principal": principal, "action": action, "resource": resource, **more}
    answer = client.post(f"{R}/evaluate/", question, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def verdicts(answer: Any) -> dict[str, str]:
    return {each["layer"]: each["verdict"] for each in answer["layers"]}


def test_what_is_allowed_shows_both_statements_with_the_lines_that_decide(
    alices: APIClient, revision: Revision
) -> None:
    answer = ask(alices, RUNNER)
    assert (answer["decision"], answer["changes"], answer["blocked_by"]) == ("allowed", [], [])
    identity, trust = answer["documents"]
    assert (identity["layer"], trust["layer"]) == ("identity", "resource")
    for shown, words in ((identity, '"sts:AssumeRole"'), (trust, RUNNER)):
        lines = shown["text"].splitlines()
        marked = [lines[each["first_line"] - 1 : each["last_line"]] for each in shown["highlights"]]
        assert words in json.dumps(marked).replace('\\"', '"')
    assert {each["effect"] for each in answer["because"]} == {"Allow"}


def test_a_group_allows_its_members(bobs: APIClient, revision: Revision) -> None:
    (identity, trust) = ask(bobs, EVE)["because"]
    assert (identity["owner"], trust["owner"], trust["sid"]) == ("group ops", "deploy", "Own")


def test_every_layer_gives_its_verdict(alices: APIClient, revision: Revision) -> None:
    assert verdicts(ask(alices, MALLORY)) == {
        "identity": "allows",
        "trust": "allows",
        "scp": "none-set",
        "rcp": "none-set",
        "boundary": "blocks",
        "session": "not-evaluated",
    }


def test_what_blocks_says_what_would_have_to_change(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, MALLORY)
    assert (answer["decision"], answer["blocked_by"]) == ("implicitly_denied", ["boundary"])
    assert any("boundary of mallory must allow sts:AssumeRole" in change for change in answer["changes"])
    answer = ask(alices, EVE, resource=VENDOR)
    assert answer["blocked_by"] == ["resource"]
    assert any("trust policy of vendor must name" in change for change in answer["changes"])


def test_a_boundary_shows_what_it_lets_through(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, MALLORY, "s3:ListAllMyBuckets", "*")
    assert (answer["decision"], answer["blocked_by"]) == ("implicitly_denied", ["identity"])
    assert verdicts(answer)["boundary"] == "allows"
    assert verdicts(answer)["resource"] == "does-not-apply"


def test_a_session_may_be_asked_about(alices: APIClient, revision: Revision) -> None:
    friday = f"arn:aws:sts::{A}:assumed-role/deploy/friday"
    answer = ask(alices, friday, resource=CONSOLE)
    assert (answer["decision"], answer["caller"], answer["principal"]["id"]) == ("allowed", friday, DEPLOY)
    assert ask(alices, friday.replace("friday", "monday"), resource=CONSOLE)["decision"] == "implicitly_denied"


def test_the_policy_of_a_bucket_is_unknown_and_never_taken_for_absent(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, EVE, "s3:GetObject", "arn:aws:s3:::logs/a")
    assert (answer["decision"], answer["otherwise"]) == ("unknown", "implicitly_denied")
    assert verdicts(answer)["resource"] == "unknown"
    assert any("arn:aws:s3:::logs/a" in missing for missing in answer["missing"])


def test_a_role_that_was_not_collected_is_unknown(alices: APIClient, revision: Revision) -> None:
    answer = ask(alices, RUNNER, resource=arn("333333333333", "role/elsewhere"))
    assert answer["decision"] == "unknown"
    assert "whom it trusts" in answer["missing"][0]


BUCKET = {"action": "s3:GetObject", "resource": "arn:aws:s3:::logs/a", "resource_account": A}


def pasted(*statements: Any) -> str:
    return json.dumps(document(*statements), indent=2)


def on_bucket(effect: str = "Allow", principal: object = None, **more: Any) -> Any:
    return statement(effect, Principal=principal or {"AWS": EVE}, Action="s3:*", Resource="arn:aws:s3:::logs/*", **more)


@pytest.mark.parametrize(("effect", "decision"), [("Allow", "allowed"), ("Deny", "explicitly_denied")])
def test_a_pasted_bucket_policy_decides_and_shows_its_lines(
    alices: APIClient, revision: Revision, effect: str, decision: str
) -> None:
    text = pasted(on_bucket("Allow", {"AWS": DEPLOY}), on_bucket(effect))
    answer = ask(alices, EVE, **BUCKET, resource_policy=text)
    assert (answer["decision"], answer["missing"], answer["remarks"]) == (decision, [], [])
    (shown,) = answer["documents"]
    assert shown["title"] == f"The pasted policy {'allows' if effect == 'Allow' else 'denies'} it"
    assert shown["text"] == text
    lines = text.splitlines()
    first = lines.index("    {", lines.index("    },")) + 1
    assert all(each["first_line"] > first for each in shown["highlights"]), "the second statement decides"
    where = next(each["where"] for each in answer["layers"] if each["layer"] == "resource")
    assert where.startswith("Statement 2 of the pasted policy")


def test_a_pasted_trust_policy_counts_in_place_of_the_one_in_the_snapshot(
    alices: APIClient, revision: Revision
) -> None:
    assert ask(alices, RUNNER)["decision"] == "allowed"
    answer = ask(alices, RUNNER, resource_policy=pasted(trusts({"AWS": EVE})))
    assert (answer["decision"], answer["blocked_by"]) == ("implicitly_denied", ["resource"])
    assert verdicts(answer)["trust"] == "blocks"
    assert any("trust policy of deploy must name" in change for change in answer["changes"])
    assert ask(alices, RUNNER, resource_policy="  ")["decision"] == "allowed", "a blank one is none"


def test_the_trust_policy_of_a_role_that_was_not_collected_may_be_pasted(alices: APIClient, revision: Revision) -> None:
    elsewhere = arn("333333333333", "role/elsewhere")
    answer = ask(alices, RUNNER, resource=elsewhere, resource_policy=pasted(trusts({"AWS": RUNNER})))
    assert (answer["decision"], verdicts(answer)["trust"]) == ("allowed", "allows")


def test_a_policy_may_be_pasted_as_the_command_line_prints_it(alices: APIClient, revision: Revision) -> None:
    printed = json.dumps({"Policy": pasted(on_bucket())})
    assert ask(alices, EVE, **BUCKET, resource_policy=printed)["decision"] == "allowed"


@pytest.mark.parametrize("question", [{"action": "iam:GetRole"}, {"action": "s3:ListAllMyBuckets", "resource": "*"}])
def test_a_pasted_policy_that_cannot_count_is_said_not_to(
    alices: APIClient, revision: Revision, question: dict[str, str]
) -> None:
    answer = ask(alices, EVE, **question, resource_policy=pasted(on_bucket("Deny", "*")))
    assert answer["decision"] == "implicitly_denied"
    assert verdicts(answer)["resource"] == "does-not-apply"
    assert answer["remarks"][0].startswith("It does not count")


def test_what_aws_would_ignore_in_a_pasted_policy_is_said(alices: APIClient, revision: Revision) -> None:
    odd = pasted(on_bucket(Condition={"StringSortOf": {"aws:a": "b"}}), statement(Action="s3:*", Resource="*"))
    answer = ask(alices, EVE, **BUCKET, resource_policy=odd)
    assert "'StringSortOf' is no condition operator" in answer["remarks"][0]
    assert answer["remarks"][1].startswith("Statement 2 names no Principal")


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{\n  "Statement": [\n    {"Effect" "Allow"}\n  ]\n}', 3, 15, "Not JSON"),
        (
            '{"Statement": [\n  {"Effect": "Allow", "Action": "*"},\n  {\n    "Effect": "Maybe"\n  }]}',
            4,
            None,
            "Effect",
        ),
        ('{"Statement": [\n  {"Effect": "Allow"},\n  {"Action": "*"}]}', 3, None, "must be Allow or Deny"),
        ('{"Version": "2012-10-17"}', 1, None, "no statements"),
        ('{"Statement": "x"}', None, None, "must be an object or a list"),
        ('{"Policy": "{"}', None, None, "In the text under Policy"),
        ("[" * 70, None, None, "nested"),
        ("x", 1, 1, "Not JSON"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_with_its_place(
    alices: APIClient, revision: Revision, text: str, line: int | None, column: int | None, words: str
) -> None:
    question = {"principal": EVE, **BUCKET, "resource_policy": text}
    answer = alices.post(f"{R}/evaluate/", question, format="json")
    assert answer.status_code == 400, answer.content
    (error,) = answer.json()["errors"]
    assert (error["field"], error.get("line"), error.get("column")) == ("resource_policy", line, column)
    assert words in error["detail"]


def test_the_principal_may_be_named_by_its_key(alices: APIClient, revision: Revision) -> None:
    assert ask(alices, key_of(EVE)) == ask(alices, EVE)


def test_the_simulation_and_the_graph_say_the_same_of_every_pair(alices: APIClient, revision: Revision) -> None:
    rows = alices.get(f"{R}/identities/?limit=200").json()["results"]
    callers = [row["id"] for row in rows if row["kind"] != "group"]
    roles = [row["id"] for row in rows if row["kind"] == "role"]
    words = {"certain": "allowed", "conditional": "conditional", "unknown": "unknown"}
    for caller, target in product(callers, roles):
        edge = alices.get(f"{R}/edges/", {"source": caller, "target": target}).json()
        assumed = [each["certainty"] for each in edge["relations"] if each["kind"] == "can-assume"]
        if caller != target:
            decision = ask(alices, caller, resource=target, unknown_context=True)["decision"]
            expected = {words[assumed[0]]} if assumed else {"implicitly_denied", "explicitly_denied"}
            assert decision in expected, (caller, target)


@pytest.fixture
def guarded(workspace: Workspace) -> Revision:
    """mia and ci may assume audit, but only with MFA, which ci can never have; the organization has its own say."""
    mfa: dict[str, Any] = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    upload(
        workspace,
        prod=details(
            users=[user(A, "mia", UserPolicyList=[assumes("*")])],
            roles=[
                role(A, "audit", trusts({"AWS": arn(A, "root")}, **mfa)),
                role(A, "ci", trusts({"Service": "ec2.amazonaws.com"}), RolePolicyList=[assumes("*")]),
            ],
        ),
        org=_organization(),
    )
    return current(workspace)


def _organization() -> bytes:
    def policy(identifier: str, kind: str, *statements: Any) -> dict[str, Any]:
        summary = {"Id": identifier, "Name": identifier, "Type": kind, "AwsManaged": False}
        return {"PolicySummary": summary, "Content": json.dumps(document(*statements))}

    scp, rcp = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
    full = policy("p-full", scp, statement(Action="*", Resource="*"))
    regions = policy("p-noec2", scp, statement("Deny", Sid="NoEc2", Action="ec2:*", Resource="*"))
    perimeter = statement(
        "Deny",
        Principal="*",
        Action="sts:*",
        Resource="*",
        Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}},
    )
    return json.dumps(
        {
            "Organization": {
                "Id": "o-1",
                "Arn": f"arn:aws:organizations::{B}:organization/o-1",
                "FeatureSet": "ALL",
                "MasterAccountId": B,
            },
            "Roots": [
                {
                    "Id": "r-1",
                    "Name": "Root",
                    "PolicyTypes": [{"Type": each, "Status": "ENABLED"} for each in (scp, rcp)],
                }
            ],
            "OrganizationalUnits": [{"Id": "ou-1", "Name": "Prod", "ParentId": "r-1"}],
            "Accounts": [
                {"Id": A, "Name": "prod", "ParentId": "ou-1"},
                {"Id": B, "Name": "billing", "ParentId": "r-1"},
            ],
            "Policies": [full, regions, policy("p-perimeter", rcp, perimeter)],
            "PolicyTargets": [
                *({"PolicyId": "p-full", "TargetId": target} for target in ("r-1", "ou-1", A, B)),
                {"PolicyId": "p-noec2", "TargetId": "ou-1"},
                {"PolicyId": "p-perimeter", "TargetId": "r-1"},
            ],
        }
    ).encode()


MIA, AUDIT, CI = arn(A, "user/mia"), arn(A, "role/audit"), arn(A, "role/ci")


def test_a_condition_is_decided_by_the_context(alices: APIClient, guarded: Revision) -> None:
    answer = ask(alices, MIA, resource=AUDIT)
    assert answer["decision"] == "implicitly_denied"
    assert any("would allow it where" in change for change in answer["changes"])
    with_mfa = {"aws:multifactorauthpresent": True}
    assert ask(alices, MIA, resource=AUDIT, context=with_mfa)["decision"] == "allowed"
    open_answer = ask(alices, MIA, resource=AUDIT, unknown_context=True)
    assert (open_answer["decision"], open_answer["depends_on"]) == ("conditional", ["aws:MultiFactorAuthPresent"])
    assert verdicts(open_answer)["trust"] == "allows-if"


def test_what_the_caller_can_never_bring_is_said(alices: APIClient, guarded: Revision) -> None:
    answer = ask(alices, CI, resource=AUDIT, unknown_context=True)
    assert answer["blocked_by"] == ["resource"]
    assert any("never so for ci" in change for change in answer["changes"])


@pytest.mark.parametrize(
    ("asked", "decision"),
    [
        ("AROACI000000000000000:*", "allowed"),
        ("AROACI000000000000000:day", "conditional"),
        ("AROAX:*", "implicitly_denied"),
    ],
)
def test_a_session_s_id_begins_with_the_role_s(alices: APIClient, guarded: Revision, asked: str, decision: str) -> None:
    trust = trusts({"AWS": CI}, Condition={"StringLike": {"aws:userid": asked}})
    context = {"aws:PrincipalOrgID": "o-1"}
    answer = ask(alices, CI, resource=AUDIT, resource_policy=pasted(trust), unknown_context=True, context=context)
    assert answer["decision"] == decision


def test_control_policies_apply_from_the_root_to_the_account(alices: APIClient, guarded: Revision) -> None:
    answer = ask(alices, MIA, "ec2:RunInstances", f"arn:aws:ec2:eu-west-1:{A}:instance/*")
    assert (answer["decision"], answer["blocked_by"]) == ("explicitly_denied", ["identity", "scp"])
    (denial,) = answer["because"]
    assert (denial["policy"], denial["owner"], denial["sid"]) == ("p-noec2", "Prod", "NoEc2")
    assert verdicts(answer)["scp"] == "blocks"
    assert any("NoEc2" in change and "Prod" in change for change in answer["changes"])


def test_the_revision_tells_the_organization_of_the_principal(alices: APIClient, guarded: Revision) -> None:
    with_mfa = {"aws:MultiFactorAuthPresent": "true"}
    answer = ask(alices, MIA, resource=AUDIT, context=with_mfa)
    assert verdicts(answer)["rcp"] == "allows"
    known = {each["key"]: each["values"] for each in answer["context"]}
    assert (known["aws:PrincipalOrgID"], known["aws:PrincipalOrgPaths"]) == (["o-1"], ["o-1/r-1/ou-1/"])
    answer = ask(alices, MIA, resource=AUDIT, context={**with_mfa, "aws:principalorgid": "o-2"})
    assert (answer["decision"], answer["blocked_by"]) == ("explicitly_denied", ["rcp"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"action": "s3:Get*"}, "action"),
        ({"contexts": {}}, "contexts"),
        ({"action": "GetObject"}, "action"),
        ({"resource": "logs"}, "resource"),
        ({"resource_account": "123"}, "resource_account"),
        ({"principal": "service:lambda.amazonaws.com"}, "principal"),
        ({"context": {"aws:SourceIp": {"a": 1}}}, "context.aws:SourceIp"),
        ({"context": {"aws:SourceIp": "\ud800"}}, "context.aws:SourceIp"),
        ({"context": {"k" * 3000: "a"}}, "context"),
        ({"context": {"aws:SourceIp": ["a"] * 200}}, "context.aws:SourceIp"),
        ({"resource_policy": {"Statement": []}}, "resource_policy"),
        ({"resource_policy": " " * 65_537}, "resource_policy"),
    ],
)
def test_what_cannot_be_asked_is_named(alices: APIClient, revision: Revision, wrong: Any, field: str) -> None:
    question = {"principal": EVE, "action": ASSUME, "resource": DEPLOY, **wrong}
    answer = alices.post(f"{R}/evaluate/", json.dumps(question), content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("path", ["evaluate", "read-denial"])
def test_nobody_else_may_ask(charlies: APIClient, revision: Revision, path: str) -> None:
    question = {"principal": EVE, "action": ASSUME, "text": "x"}
    assert charlies.post(f"{R}/{path}/", question, format="json").status_code == 404
    assert APIClient().post(f"{R}/{path}/", question, format="json").status_code == 401


def test_a_message_names_the_identity_of_this_revision(bobs: APIClient, revision: Revision) -> None:
    text = (
        f"User: arn:aws:sts::{B}:assumed-role/runner/build-7 is not authorized to perform: {ASSUME} on resource: "
        f"{VENDOR} because no identity-based policy allows the sts:AssumeRole action"
    )
    answer = bobs.post(f"{R}/read-denial/", {"text": text}, format="json").json()
    assert (answer["principal"]["id"], answer["action"], answer["resource"]) == (RUNNER, ASSUME, VENDOR)
    assert (answer["layer"], answer["explicit"], answer["remarks"]) == ("identity", False, [])


def test_a_stranger_in_a_message_is_said_to_be_one(alices: APIClient, revision: Revision) -> None:
    text = f"User: {arn('333333333333', 'user/x')} is not authorized to perform: {ASSUME} on resource: {DEPLOY}"
    answer = alices.post(f"{R}/read-denial/", {"text": text}, format="json").json()
    assert answer["principal"] is None
    assert "no user or role of this revision" in answer["remarks"][0]


def test_hostile_words_come_back_as_they_were(alices: APIClient, revision: Revision) -> None:
    text = "<script>alert(1)</script> User: arn:aws:iam::1:user/<b>x</b> is not authorized to perform: a:B"
    answer = alices.post(f"{R}/read-denial/", {"text": text}, format="json")
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json()["caller"] == "arn:aws:iam::1:user/<b>x</b>"
