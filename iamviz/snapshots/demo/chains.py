"""Planted: chains of role assumption over account borders that end at an administrator."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.baseline import PLATFORM
from iamviz.snapshots.demo.documents import Json, allow, document, let_in, let_service_in
from iamviz.snapshots.demo.organization import arn
from iamviz.snapshots.demo.shapes import Account, Role, User

ASSUME = "sts:AssumeRole"
OFFICE = {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "203.0.113.32/28"]}}
WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def may_assume(*roles: str) -> Json:
    return document(allow(ASSUME, roles))


def _ci_to_the_organization() -> Iterator[Account]:
    """A forgotten build user in dev becomes the organization's administrator in three steps, nothing in the way."""
    runner = arn("shared-ci", "role/ci-runner")
    yield Account(
        "dev",
        users=(User("jenkins-legacy", attached=("assume-ci-runner",), keys=(1140,), tags={"owner": "unknown"}),),
        policies={"assume-ci-runner": may_assume(runner)},
    )
    yield Account(
        "shared-ci",
        roles=(
            Role(
                "ci-runner",
                document(let_in(arn("dev", "user/jenkins-legacy")), let_service_in("ec2")),
                ("deploy-anywhere",),
                instance_profile="ci-runner",
            ),
        ),
        policies={"deploy-anywhere": may_assume("arn:aws:iam::*:role/deploy-*")},
    )
    publish = may_assume(arn("management", "role/OrgAdmin"))
    ship = document(allow(("ecs:UpdateService", "ecr:*", "s3:PutObject", "lambda:UpdateFunctionCode")))
    yield Account(
        "prod-core",
        roles=(Role("deploy-prod", document(let_in(runner)), ("ship",), {"publish-account-list": publish}),),
        policies={"ship": ship},
    )
    for account, role in (
        ("staging", "deploy-staging"),
        ("prod-tracking", "deploy-tracking"),
        ("data-lake", "deploy-lake"),
    ):
        yield Account(account, roles=(Role(role, document(let_in(runner)), ("ship",)),), policies={"ship": ship})
    yield Account(
        "management",
        roles=(
            Role(
                "OrgAdmin",
                document(let_in(arn("prod-core", "root"), sid="UntilTheMigrationIsDone")),
                ("AdministratorAccess",),
                used="seldom",
                tags={"review-by": "2025-03-31"},
            ),
        ),
    )


def _responders() -> Account:
    """Two people may become the responder, with MFA only, and the responder administers most accounts."""
    responders = tuple(arn("security-audit", f"user/{name}") for name in ("dmitri.okafor", "hana.sato"))
    everywhere = "arn:aws:iam::*:role/platform/incident-response"
    return Account(
        "security-audit",
        roles=(
            Role(
                "incident-responder",
                document(let_in(*responders, when=WITH_MFA, sid="PeopleWithMfa")),
                ("SecurityAudit",),
                {"enter-accounts": may_assume(everywhere)},
                used="seldom",
            ),
            Role(
                "audit-collector",
                document(let_service_in("lambda")),
                ("service-role/AWSLambdaBasicExecutionRole",),
                {"enter-accounts": may_assume("arn:aws:iam::*:role/platform/security-audit-reader")},
                path=PLATFORM,
            ),
        ),
    )


def _releases() -> Iterator[Account]:
    """A bot in staging becomes the administrator of payments, but from the offices' addresses only."""
    yield Account(
        "staging",
        users=(
            User("deploy-bot", inline={"release": may_assume(arn("staging", "role/release-manager"))}, keys=(212,)),
        ),
        roles=(
            Role(
                "release-manager",
                document(let_in(arn("staging", "root"), when=OFFICE, sid="FromTheOffices")),
                inline={"promote": may_assume(arn("prod-payments", "role/payments-deployer"))},
            ),
        ),
    )
    deployer = arn("prod-payments", "role/payments-deployer")
    yield Account(
        "prod-payments",
        roles=(
            Role(
                "payments-deployer",
                document(let_in(arn("staging", "role/release-manager"))),
                ("ship",),
            ),
            Role("PaymentsAdmin", document(let_in(deployer)), ("AdministratorAccess",), used="seldom"),
        ),
        policies={"ship": document(allow(("ecs:UpdateService", "ecr:*", "lambda:UpdateFunctionCode")))},
    )


def _developers() -> Iterator[Account]:
    """PowerUserAccess leaves out iam:*, not sts:*: every power user of dev reaches a role that trusts the account."""
    yield Account(
        "dev",
        roles=(
            Role("dev-admin", document(let_in(arn("dev", "root"))), ("AdministratorAccess",), used="seldom"),
            Role(
                "seed-reader", document(let_in(arn("dev", "root"), arn("staging", "root"))), ("AmazonS3ReadOnlyAccess",)
            ),
        ),
    )
    yield Account(
        "staging",
        roles=(
            Role("qa-runner", document(let_in(arn("dev", "root"))), ("ReadOnlyAccess",)),
            Role(
                "debug-orders",
                document(let_in(arn("staging", "root"))),
                inline={"look": document(allow(("ecs:ExecuteCommand", "logs:*")))},
            ),
        ),
    )


def _networkers() -> Iterator[Account]:
    """`sts:AssumeRole` on `*`: whatever trusts the network account is open to the operator on duty."""
    yield Account(
        "network-hub",
        users=(User("noc.on-call", inline={"assume-all": document(allow(ASSUME))}, password=True, keys=(655,)),),
        roles=(
            Role(
                "network-operator",
                document(let_in(arn("network-hub", "root"))),
                ("job-function/NetworkAdministrator",),
                hours=8,
            ),
        ),
    )
    for account in ("prod-core", "prod-tracking", "staging"):
        publisher = document(let_in(arn("network-hub", "root")))
        routes = document(allow(("ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DescribeRouteTables")))
        yield Account(account, roles=(Role("route-publisher", publisher, inline={"routes": routes}),))


def chains() -> Iterator[Account]:
    yield from _ci_to_the_organization()
    yield _responders()
    yield from _releases()
    yield from _developers()
    yield from _networkers()
