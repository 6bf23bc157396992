"""The people and machines that still are IAM users, and their groups."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.documents import Json, allow, deny, document
from iamviz.snapshots.demo.shapes import Account, Group, User

_ADMINS = Group("break-glass", ("AdministratorAccess",))
_NO_MFA: Json = document(
    deny(
        ("iam:*", "organizations:*"), when={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, sid="MfaOrNothing"
    )
)
_GUARDED_ADMINS = Group("break-glass", ("AdministratorAccess",), {"mfa-or-nothing": _NO_MFA})
_CHANGE = "IAMUserChangePassword"
_TOO_NEW = "AmazonSageMakerPreviewAccess"
"""In no bundle: as if AWS had published it yesterday."""


def _break_glass() -> Iterator[Account]:
    user = User("break-glass", groups=("break-glass",), password=True, mfa=True, tags={"purpose": "emergency"})
    for account in ("management", "security-audit", "prod-payments"):
        yield Account(account, users=(user,), groups=(_GUARDED_ADMINS,))
    yield Account("prod-core", users=(user,), groups=(_ADMINS,))


def _machine(name: str, age: int, *actions: str) -> User:
    """A user of a program: one access key of that age and one inline policy."""
    return User(name, inline={"work": document(allow(actions))}, keys=(age,), path="/machines/")


def _machines() -> Iterator[Account]:
    yield Account(
        "management", users=(_machine("org-inventory", 402, "organizations:List*", "organizations:Describe*"),)
    )
    yield Account("security-audit", users=(_machine("siem-export", 95, "sqs:ReceiveMessage", "s3:GetObject"),))
    yield Account("log-archive", users=(_machine("log-ship-depot", 733, "s3:PutObject"),))
    yield Account("backup-vault", users=(_machine("nas-mirror", 521, "s3:PutObject", "s3:ListBucket"),))
    yield Account(
        "shared-ci",
        users=(
            _machine("artifact-push", 188, "ecr:PutImage", "ecr:InitiateLayerUpload", "s3:PutObject"),
            _machine("cache-warm", 61, "s3:GetObject", "s3:PutObject"),
            _machine("sonar-scan", 877, "codecommit:GitPull"),
        ),
    )
    yield Account(
        "shared-services",
        users=(
            _machine("smtp-depots", 1210, "ses:SendRawEmail"),
            _machine("dns-update", 76, "route53:ChangeResourceRecordSets"),
            _machine("directory-sync", 264, "sso:List*", "identitystore:List*"),
        ),
    )
    yield Account("network-hub", users=(_machine("vpn-monitor", 149, "ec2:DescribeVpnConnections"),))
    yield Account(
        "prod-core",
        users=(
            _machine("customs-edi", 689, "sqs:SendMessage", "s3:PutObject"),
            _machine("tariff-feed", 31, "s3:PutObject"),
            _machine("erp-bridge", 455, "dynamodb:Query", "s3:GetObject"),
        ),
    )
    yield Account("prod-payments", users=(_machine("psp-settlement", 82, "s3:PutObject", "s3:GetObject"),))
    yield Account(
        "prod-tracking",
        users=(_machine("carrier-edi", 940, "sqs:SendMessage"), _machine("buoy-telemetry", 17, "kinesis:PutRecord")),
    )
    yield Account("data-lake", users=(_machine("partner-export", 365, "s3:GetObject", "s3:ListBucket"),))
    yield Account("staging", users=(_machine("load-test", 240, "ecs:RunTask", "cloudwatch:PutMetricData"),))
    yield Account("sandbox-ml", users=(_machine("notebook-sync", 510, "s3:*"),))


def _person(name: str, *groups: str, mfa: bool = True, keys: tuple[int, ...] = ()) -> User:
    return User(name, groups=groups, attached=(_CHANGE,), password=True, mfa=mfa, keys=keys)


def _security() -> Account:
    responder = Group("responders", ("SecurityAudit", "IAMReadOnlyAccess"))
    people = (_person("dmitri.okafor", "responders"), _person("hana.sato", "responders"))
    return Account("security-audit", users=people, groups=(responder,))


def _developers() -> Account:
    group = Group("developers", ("PowerUserAccess",))
    names = ("amara.nwosu", "bruno.keller", "chiara.rossi", "emil.sorensen", "farah.haddad", "jonas.weber", "li.wen")
    people = tuple(_person(name, "developers", mfa=name != "jonas.weber", keys=(len(name) * 40,)) for name in names)
    return Account("dev", users=people, groups=(group,))


def _others() -> Iterator[Account]:
    yield Account(
        "management",
        users=(_person("soo-jin.park", "finance"), _person("oskar.lind", "finance", mfa=False)),
        groups=(Group("finance", ("job-function/Billing",)),),
    )
    yield Account(
        "analytics",
        users=(
            _person("lena.brandt", "analysts"),
            _person("tomas.rey", "analysts", mfa=False, keys=(701, 702)),
            _person("nadia.aziz", "analysts"),
        ),
    )
    yield Account("staging", users=(_person("irene.moreau", "testers"), _person("paulo.dias", "testers", mfa=False)))
    yield Account(
        "prod-core",
        users=(
            User(
                "marta.voss", attached=("AdministratorAccess",), password=True, keys=(1330,), tags={"left": "2025-08"}
            ),
        ),
    )
    yield Account("prod-payments", users=(User("audit.external", attached=("SecurityAudit",), password=True),))
    hackers = tuple(User(f"hack-{number:02}", ("hackathon",), password=True) for number in range(1, 9))
    yield Account("sandbox", users=hackers, groups=(Group("hackathon", ("PowerUserAccess",)),))
    yield Account(
        "sandbox-ml",
        users=(User("ml-intern", attached=("AmazonSageMakerFullAccess", _TOO_NEW), password=True),),
        unexported=frozenset({"AmazonSageMakerFullAccess", _TOO_NEW}),
    )


def people() -> Iterator[Account]:
    yield from _break_glass()
    yield from _machines()
    yield _security()
    yield _developers()
    yield from _others()
