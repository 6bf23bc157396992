"""Planted: what holds somebody back. Permissions boundaries, explicit Deny, conditions on who calls."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.baseline import permission_set_role
from iamviz.snapshots.demo.chains import ASSUME, may_assume
from iamviz.snapshots.demo.documents import allow, allow_outside, deny, document, keep_out, let_in, let_service_in
from iamviz.snapshots.demo.organization import IDS, arn
from iamviz.snapshots.demo.shapes import Account, Group, Role, User

BOUNDARY = "contractor-boundary"


def _contractors() -> Account:
    """The boundary has no sts: it stops a role that a trust names by its ARN, not a user that a trust names."""
    inside = document(allow(("s3:*", "ec2:*", "logs:*", "cloudwatch:*", "codecommit:*")))
    return Account(
        "dev",
        users=(
            User("contractor-maya", attached=("AdministratorAccess",), boundary=BOUNDARY, password=True, mfa=True),
            User("contractor-ilya", attached=("IAMUserChangePassword",), boundary=BOUNDARY, password=True, keys=(48,)),
        ),
        roles=(
            Role(
                "contractor-tools",
                document(let_service_in("ec2")),
                ("AmazonSSMManagedInstanceCore",),
                {"publish": may_assume(arn("dev", "role/build-publisher"))},
                boundary=BOUNDARY,
                instance_profile="contractor-tools",
            ),
            Role("build-publisher", document(let_in(arn("dev", "role/contractor-tools"))), ("AmazonS3ReadOnlyAccess",)),
            Role(
                "contractor-workspace",
                document(let_in(arn("dev", "user/contractor-ilya"))),
                ("AmazonS3ReadOnlyAccess",),
            ),
        ),
        policies={BOUNDARY: inside},
    )


def _lake() -> Iterator[Account]:
    """Doors of the lake: for one permission set, with a Deny in the trust, with a Deny at the caller's home."""
    engineers = f"arn:aws:iam::{IDS['analytics']}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_DataEngineer_*"
    analytics = arn("analytics", "root")
    yield Account(
        "data-lake",
        roles=(
            Role(
                "lake-engineer",
                document(let_in(analytics, when={"ArnLike": {"aws:PrincipalArn": engineers}})),
                inline={"lake": document(allow(("glue:*", "athena:*", "s3:*")))},
                hours=4,
            ),
            Role(
                "lake-reader",
                document(
                    let_in(analytics), keep_out(arn("analytics", "role/notebook-instance"), sid="NotebooksStayOut")
                ),
                ("AmazonS3ReadOnlyAccess",),
            ),
            Role("lake-admin", document(let_in(analytics)), ("AdministratorAccess",), used="seldom"),
        ),
    )
    any_lake_role = may_assume(arn("data-lake", "role/lake-*"))
    not_the_admin = deny(ASSUME, arn("data-lake", "role/lake-admin"), sid="NeverTheAdmin")
    yield Account(
        "analytics",
        users=(
            User("report-scheduler", inline={"lake": document(allow(ASSUME), not_the_admin)}, keys=(310, -900)),
            User("bi-lead", inline={"lake": any_lake_role}, password=True, mfa=True, keys=(33,)),
        ),
        groups=(Group("analysts", ("AmazonS3ReadOnlyAccess",), {"no-iam": document(deny("iam:*"))}),),
        roles=(Role("notebook-launcher", document(let_service_in("sagemaker")), inline={"lake": any_lake_role}),),
    )


def _testers() -> Iterator[Account]:
    """NotResource: testers may assume anything but the roles of production."""
    production = [f"arn:aws:iam::{IDS[name]}:role/*" for name in ("management", "prod-core", "prod-payments")]
    yield Account(
        "staging",
        groups=(Group("testers", ("ReadOnlyAccess",), {"assume": document(allow_outside(ASSUME, production))}),),
    )
    session = f"arn:aws:sts::{IDS['staging']}:assumed-role/{permission_set_role('Developer', 'staging')}/irene.moreau"
    yield Account(
        "staging", roles=(Role("chaos-experiments", document(let_in(session)), ("PowerUserAccess",), used="seldom"),)
    )


def _owners_of_tags() -> Account:
    """Only who carries the team's tag may enter; and the door to the vault asks for the responder's role by name."""
    team = {"StringEquals": {"aws:PrincipalTag/team": "cloud-platform"}}
    responder = {"ArnEquals": {"aws:PrincipalArn": arn("security-audit", "role/incident-responder")}}
    return Account(
        "backup-vault",
        roles=(
            Role(
                "vault-operator",
                document(let_in(arn("backup-vault", "root"), when=team)),
                inline={"restore": document(allow(("backup:StartRestoreJob", "backup:List*")))},
            ),
            Role(
                "vault-unlock",
                document(let_in(arn("security-audit", "root"), when=responder)),
                ("AdministratorAccess",),
                used="never",
            ),
        ),
        users=(
            User(
                "vault-clerk",
                inline={"open": may_assume(arn("backup-vault", "role/vault-operator"))},
                tags={"team": "cloud-platform"},
                password=True,
                mfa=True,
            ),
        ),
    )


def guards() -> Iterator[Account]:
    yield _contractors()
    yield from _lake()
    yield from _testers()
    yield _owners_of_tags()
