"""What every account of the demo has: service-linked, Identity Center and landing-zone roles."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.documents import (
    Json,
    allow,
    document,
    let_in,
    let_saml_in,
    let_service_in,
)
from iamviz.snapshots.demo.ids import hexadecimal
from iamviz.snapshots.demo.managed import SERVICE_LINKED
from iamviz.snapshots.demo.organization import IDS, MEMBERS, Member, arn
from iamviz.snapshots.demo.shapes import Account, Role

PLATFORM = "/platform/"
_EVERYWHERE = ("Support", "TrustedAdvisor", "Organizations", "SSO", "AmazonGuardDuty")
_COMPUTE = ("AutoScaling", "ECS", "ElasticLoadBalancing", "RDS")
_LINKED_BY_UNIT = {"Production": _COMPUTE, "Non-production": _COMPUTE, "Sandbox": ("AutoScaling",)}
_LINKED_BY_ACCOUNT = {
    "management": ("CloudFormationStackSetsOrgAdmin",),
    "network-hub": ("VPCTransitGateway", "ElasticLoadBalancing"),
    "prod-tracking": ("AmazonEKS",),
}
_DEVELOPER: Json = document(
    allow(("logs:Get*", "logs:StartQuery", "cloudwatch:Get*", "ecs:Describe*", "lambda:Get*", "xray:Get*")),
    allow("sts:AssumeRole", "arn:aws:iam::*:role/debug-*", sid="DebugRoles"),
)
_DATA_ENGINEER: Json = document(
    allow(("athena:*", "glue:*", "s3:GetObject", "s3:ListBucket", "states:*")),
    allow("sts:AssumeRole", "arn:aws:iam::*:role/lake-*", sid="LakeRoles"),
)
PERMISSION_SETS: dict[str, tuple[tuple[str, ...], Json | None]] = {
    "AdministratorAccess": (("AdministratorAccess",), None),
    "ReadOnly": (("ReadOnlyAccess",), None),
    "PowerUser": (("PowerUserAccess",), None),
    "Billing": (("job-function/Billing",), None),
    "SecurityAudit": (("SecurityAudit",), None),
    "NetworkAdmin": (("job-function/NetworkAdministrator",), None),
    "Developer": ((), _DEVELOPER),
    "DataEngineer": ((), _DATA_ENGINEER),
}
_SETS_BY_UNIT = {
    "Root": ("Billing",),
    "Security": ("SecurityAudit",),
    "Production": ("Developer", "SecurityAudit"),
    "Non-production": ("Developer", "PowerUser"),
    "Sandbox": ("PowerUser",),
}
_SETS_BY_ACCOUNT = {
    "network-hub": ("NetworkAdmin",),
    "data-lake": ("DataEngineer",),
    "analytics": ("DataEngineer",),
    "sandbox-ml": ("DataEngineer",),
}


def permission_set_role(permission_set: str, account: str) -> str:
    """The name of the role that Identity Center makes for a permission set in an account."""
    return f"AWSReservedSSO_{permission_set}_{hexadecimal(f'{permission_set} in {account}', 16)}"


def identity_center_provider(account: str) -> str:
    return f"AWSSSO_{hexadecimal(f'identity center in {account}', 16)}_DO_NOT_DELETE"


def _linked(suffix: str) -> Role:
    service, policy, _ = SERVICE_LINKED[suffix]
    return Role(
        f"AWSServiceRoleFor{suffix}",
        document(let_service_in(service)),
        (f"aws-service-role/{policy}",),
        path=f"/aws-service-role/{service}.amazonaws.com/",
        used="seldom" if suffix in ("SSO", "Organizations") else "often",
    )


def _linked_roles(member: Member) -> Iterator[Role]:
    by_unit = _LINKED_BY_UNIT.get(member.unit, ())
    for suffix in (*_EVERYWHERE, *by_unit, *_LINKED_BY_ACCOUNT.get(member.name, ())):
        yield _linked(suffix)


def _permission_set_roles(member: Member) -> Iterator[Role]:
    by_unit = _SETS_BY_UNIT.get(member.unit, ())
    provider = arn(member.name, f"saml-provider/{identity_center_provider(member.name)}")
    for name in ("AdministratorAccess", "ReadOnly", *by_unit, *_SETS_BY_ACCOUNT.get(member.name, ())):
        attached, inline = PERMISSION_SETS[name]
        yield Role(
            permission_set_role(name, member.name),
            document(let_saml_in(provider, tags=True)),
            attached,
            {"AwsSSOInlinePolicy": inline} if inline else {},
            path="/aws-reserved/sso.amazonaws.com/eu-west-1/",
            hours=4 if name == "AdministratorAccess" else 12,
            used="seldom" if name == "AdministratorAccess" else "often",
        )


def _doors_of_the_management_account(member: Member) -> Iterator[Role]:
    if member.name == "management":
        return
    yield Role(
        "OrganizationAccountAccessRole",
        document(let_in(arn("management", "root"))),
        ("AdministratorAccess",),
        used="seldom",
    )
    administration = "aws-service-role/stacksets.cloudformation.amazonaws.com/"
    stack_sets = arn("management", f"role/{administration}AWSServiceRoleForCloudFormationStackSetsOrgAdmin")
    yield Role(
        f"stacksets-exec-{hexadecimal('stack sets ' + member.name, 32)}",
        document(let_in(stack_sets)),
        ("AdministratorAccess",),
        used="seldom",
    )


def _landing_zone_roles(member: Member) -> Iterator[Role]:
    mine = {"StringEquals": {"aws:SourceAccount": IDS[member.name]}}
    yield Role(
        "security-audit-reader",
        document(let_in(arn("security-audit", "role/platform/audit-collector"))),
        ("SecurityAudit",),
        path=PLATFORM,
        description="Read by the security team's nightly collector",
    )
    yield Role(
        "terraform-plan",
        document(let_in(arn("shared-ci", "role/platform/terraform-planner"))),
        ("ReadOnlyAccess",),
        path=PLATFORM,
    )
    yield Role(
        "terraform-apply",
        document(let_in(arn("shared-ci", "role/platform/terraform-runner"))),
        ("AdministratorAccess",),
        path=PLATFORM,
        description="The landing zone is applied with this role and no other",
    )
    yield Role("config-recorder", document(let_service_in("config", when=mine)), ("service-role/AWS_ConfigRole",))
    yield Role(
        "backup-service",
        document(let_service_in("backup")),
        ("service-role/AWSBackupServiceRolePolicyForBackup",),
        path="/service-role/",
    )
    if member.unit not in ("Sandbox", "Root"):
        yield Role(
            "incident-response",
            document(let_in(arn("security-audit", "role/incident-responder"))),
            ("AdministratorAccess",),
            path=PLATFORM,
            used="never",
            description="For the responders on duty; alarms when it is used",
        )


def baseline() -> Iterator[Account]:
    for member in MEMBERS:
        if member.state != "ACTIVE":
            continue
        roles = (
            *_doors_of_the_management_account(member),
            *_landing_zone_roles(member),
            *_permission_set_roles(member),
            *_linked_roles(member),
        )
        provider = identity_center_provider(member.name)
        yield Account(member.name, roles=roles, saml_providers=(provider,))
