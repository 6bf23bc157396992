"""Northquay, an invented freight company: its accounts, organizational units and service control policies."""

from __future__ import annotations

import json
from dataclasses import dataclass

from iamviz.snapshots.demo.documents import Json, allow, deny, document
from iamviz.snapshots.demo.ids import days_before, hexadecimal, iso

ORGANIZATION_ID = "o-nq7f3h2kxm"
ROOT = "r-nq4w"


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    id: str
    unit: str
    environment: str
    owner: str
    state: str = "ACTIVE"


MEMBERS = (
    Member("management", "305844172963", "Root", "management", "cloud-platform"),
    Member("log-archive", "640917283355", "Security", "security", "security-operations"),
    Member("security-audit", "718263945081", "Security", "security", "security-operations"),
    Member("backup-vault", "852704619327", "Security", "security", "cloud-platform"),
    Member("network-hub", "437195028864", "Infrastructure", "infrastructure", "network"),
    Member("shared-ci", "591638204776", "Infrastructure", "infrastructure", "developer-experience"),
    Member("shared-services", "264830957119", "Infrastructure", "infrastructure", "cloud-platform"),
    Member("prod-core", "970418362258", "Production", "production", "freight-core"),
    Member("prod-payments", "386052917744", "Production", "production", "payments"),
    Member("prod-tracking", "529473806193", "Production", "production", "tracking"),
    Member("data-lake", "813620574492", "Production", "production", "data-platform"),
    Member("analytics", "745981036627", "Production", "production", "analytics"),
    Member("staging", "168359472806", "Non-production", "staging", "developer-experience"),
    Member("dev", "482716039558", "Non-production", "development", "developer-experience"),
    Member("sandbox", "936047125881", "Sandbox", "sandbox", "developer-experience"),
    Member("sandbox-ml", "607294518346", "Sandbox", "sandbox", "data-platform"),
    Member("legacy-rates", "251970684433", "Suspended", "retired", "freight-core", "SUSPENDED"),
)
UNITS = (
    ("Security", "Root"),
    ("Infrastructure", "Root"),
    ("Workloads", "Root"),
    ("Production", "Workloads"),
    ("Non-production", "Workloads"),
    ("Sandbox", "Root"),
    ("Suspended", "Root"),
)
IDS = {member.name: member.id for member in MEMBERS}
MANAGEMENT = IDS["management"]


def arn(account: str, resource: str) -> str:
    """The ARN of an IAM resource ("role/deploy-prod", "root") in an account that is given by name."""
    return f"arn:aws:iam::{IDS[account]}:{resource}"


_ABROAD: Json = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1", "us-east-1"]}}
GUARDRAILS = (
    ("FullAWSAccess", ("Root", *(name for name, _ in UNITS), *IDS), document(allow("*"))),
    (
        "keep-the-audit-trail",
        ("Root",),
        document(
            deny(("cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "config:StopConfigurationRecorder")),
            deny("organizations:LeaveOrganization", sid="NobodyLeaves"),
        ),
    ),
    (
        "stay-in-our-regions",
        ("Workloads", "Sandbox"),
        document(
            {
                "Sid": "NoForeignRegions",
                "Effect": "Deny",
                "NotAction": ["iam:*", "sts:*", "organizations:*", "route53:*", "cloudfront:*", "support:*"],
                "Resource": "*",
                "Condition": _ABROAD,
            }
        ),
    ),
    (
        "no-new-keys-in-production",
        ("Production",),
        document(deny(("iam:CreateUser", "iam:CreateAccessKey"), sid="FederateInstead")),
    ),
    ("quarantine", ("Suspended",), document(deny("*", sid="NothingRunsHere"))),
)


def unit_id(name: str) -> str:
    return ROOT if name == "Root" else f"ou-nq4w-{hexadecimal('unit ' + name, 8)}"


def _organization_arn(kind: str, identifier: str) -> str:
    return f"arn:aws:organizations::{MANAGEMENT}:{kind}/{ORGANIZATION_ID}/{identifier}"


def _policy_id(name: str) -> str:
    return "p-FullAWSAccess" if name == "FullAWSAccess" else f"p-{hexadecimal('policy ' + name, 8)}"


def _account(member: Member) -> Json:
    return {
        "Id": member.id,
        "Arn": _organization_arn("account", member.id),
        "Email": f"aws+{member.name}@northquay.example",
        "Name": member.name,
        "State": member.state,
        "JoinedMethod": "CREATED" if member.id != MANAGEMENT else "INVITED",
        "JoinedTimestamp": iso(days_before(member.name + " joined", 500, 1900)),
        "ParentId": unit_id(member.unit),
        "Tags": [{"Key": "environment", "Value": member.environment}, {"Key": "owner", "Value": member.owner}],
    }


def _guardrail(name: str, content: Json) -> Json:
    summary = {
        "Id": _policy_id(name),
        "Name": name,
        "Type": "SERVICE_CONTROL_POLICY",
        "AwsManaged": name == "FullAWSAccess",
    }
    return {"PolicySummary": summary, "Content": json.dumps(content)}


def _targets() -> list[Json]:
    return [
        {"PolicyId": _policy_id(name), "TargetId": IDS.get(target) or unit_id(target)}
        for name, targets, _ in GUARDRAILS
        for target in targets
    ]


def organization_file() -> Json:
    """What the organization commands print, in one object."""
    unit_rows = [(unit_id(name), name, unit_id(parent)) for name, parent in UNITS]
    return {
        "Organization": {
            "Id": ORGANIZATION_ID,
            "Arn": f"arn:aws:organizations::{MANAGEMENT}:organization/{ORGANIZATION_ID}",
            "FeatureSet": "ALL",
            "MasterAccountId": MANAGEMENT,
            "MasterAccountArn": _organization_arn("account", MANAGEMENT),
            "MasterAccountEmail": "aws+management@northquay.example",
        },
        "Roots": [
            {
                "Id": ROOT,
                "Arn": _organization_arn("root", ROOT),
                "Name": "Root",
                "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}],
            }
        ],
        "OrganizationalUnits": [
            {"Id": identifier, "Arn": _organization_arn("ou", identifier), "Name": name, "ParentId": parent}
            for identifier, name, parent in unit_rows
        ],
        "Accounts": [_account(member) for member in MEMBERS],
        "Policies": [_guardrail(name, content) for name, _, content in GUARDRAILS],
        "PolicyTargets": _targets(),
        "EnabledFeatures": ["RootCredentialsManagement"],
        "DelegatedAdministrators": [
            {
                "Id": IDS["security-audit"],
                "Name": "security-audit",
                "DelegationEnabledDate": iso(days_before("delegation", 380, 400)),
                "ServicePrincipals": [f"{service}.amazonaws.com" for service in ("guardduty", "access-analyzer")],
            }
        ],
    }
