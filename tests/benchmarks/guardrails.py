"""The organization file: nested units, service and resource control policies with conditions at several levels."""

from __future__ import annotations

import json

from tests.benchmarks.documents import Json, allow, deny, document
from tests.benchmarks.names import Names

ROOT = "r-bench"
_TREE = {
    "ou-bench-security": ROOT,
    "ou-bench-platform": ROOT,
    "ou-bench-workloads": ROOT,
    "ou-bench-prod": "ou-bench-workloads",
    "ou-bench-nonprod": "ou-bench-workloads",
    "ou-bench-payments": "ou-bench-prod",
    "ou-bench-retail": "ou-bench-prod",
    "ou-bench-sandbox": ROOT,
}
_FIRST = (ROOT, "ou-bench-security", "ou-bench-platform")
"""Where the management, the security and the shared account are."""
_REST = ("ou-bench-payments", "ou-bench-retail", "ou-bench-nonprod", "ou-bench-sandbox", "ou-bench-prod")
_SCP, _RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"


def organization(names: Names) -> Json:
    everywhere = [ROOT, *_TREE, *names.accounts]
    return {
        "Organization": {"Id": names.organization, "FeatureSet": "ALL", "MasterAccountId": names.accounts[0]},
        "Roots": [{"Id": ROOT, "Name": "Root", "PolicyTypes": [_enabled(_SCP), _enabled(_RCP)]}],
        "OrganizationalUnits": [
            {"Id": unit, "Name": unit.rpartition("-")[2], "ParentId": parent} for unit, parent in _TREE.items()
        ],
        "Accounts": [_account(account, position) for position, account in enumerate(names.accounts)],
        "Policies": [_policy(*each) for each in _guardrails(names)],
        "PolicyTargets": [
            *({"PolicyId": policy, "TargetId": target} for policy in ("p-full", "p-rcp-full") for target in everywhere),
            *({"PolicyId": policy, "TargetId": target} for policy, target in _ATTACHED),
        ],
    }


_ATTACHED = (
    ("p-stay", ROOT),
    ("p-regions", ROOT),
    ("p-landing", "ou-bench-workloads"),
    ("p-no-admins", "ou-bench-payments"),
    ("p-sandbox", "ou-bench-sandbox"),
    ("p-perimeter", ROOT),
)


def _guardrails(names: Names) -> list[tuple[str, str, Json]]:
    full = document(allow("*"))
    global_services = ["iam:*", "sts:*", "organizations:*", "support:*"]
    elsewhere: Json = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}
    regions: Json = {"Effect": "Deny", "NotAction": global_services, "Resource": "*", "Condition": elsewhere}
    not_deploying: Json = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/lz-deploy"}}
    without_mfa: Json = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
    strangers: Json = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": names.organization},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    perimeter = {**deny("sts:AssumeRole", "*", Condition=strangers), "Principal": "*"}
    return [
        ("p-full", _SCP, full),
        ("p-stay", _SCP, document(deny("organizations:LeaveOrganization"))),
        ("p-regions", _SCP, document(regions)),
        ("p-landing", _SCP, document(deny("iam:*", "arn:aws:iam::*:role/lz-*", Condition=not_deploying))),
        ("p-no-admins", _SCP, document(deny("sts:AssumeRole", "arn:aws:iam::*:role/*-admin-*", Condition=without_mfa))),
        ("p-sandbox", _SCP, document(deny("sts:AssumeRole", "arn:aws:iam::*:role/lz-network-reader"))),
        ("p-rcp-full", _RCP, document({**allow("*"), "Principal": "*"})),
        ("p-perimeter", _RCP, document(perimeter)),
    ]


def _enabled(kind: str) -> Json:
    return {"Type": kind, "Status": "ENABLED"}


def _account(account: str, position: int) -> Json:
    parent = _FIRST[position] if position < len(_FIRST) else _REST[position % len(_REST)]
    return {"Id": account, "Name": f"account-{position:04}", "State": "ACTIVE", "ParentId": parent}


def _policy(identifier: str, kind: str, content: Json) -> Json:
    summary = {"Id": identifier, "Name": identifier, "Type": kind, "AwsManaged": identifier.endswith("full")}
    return {"PolicySummary": summary, "Content": json.dumps(content)}
