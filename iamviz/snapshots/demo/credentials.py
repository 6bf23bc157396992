"""The demo's credential reports, and what other IAM commands say of two of its accounts."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from iamviz.snapshots.demo.cli import Printer, created
from iamviz.snapshots.demo.documents import Json
from iamviz.snapshots.demo.ids import DAY, access_key_id, days_before, hexadecimal, iso
from iamviz.snapshots.demo.organization import IDS
from iamviz.snapshots.demo.shapes import Account, Role, User

_KEY = ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
COLUMNS = (
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    *(f"access_key_{number}_{column}" for number in (1, 2) for column in _KEY),
    "cert_1_active",
    "cert_1_last_rotated",
    "cert_2_active",
    "cert_2_last_rotated",
)
_NO_KEY = ("false", "N/A", "N/A", "N/A", "N/A")
_NO_CERTIFICATES = ("false", "N/A", "false", "N/A")


def _word(*, value: bool) -> str:
    return "true" if value else "false"


def _rotated(age: int) -> str:
    return iso(DAY - timedelta(days=abs(age), hours=abs(age) % 9))


def _key(user: User, arn: str, position: int) -> tuple[str, ...]:
    if position >= len(user.keys):
        return _NO_KEY
    age = user.keys[position]
    service = "sts" if any("assume" in name for name in (*user.attached, *user.inline)) else "s3"
    used = iso(days_before(f"{arn} key {position}", 0, min(abs(age), 40)))
    return (_word(value=age > 0), _rotated(age), used, "eu-west-1", service)


def _password(user: User, arn: str) -> tuple[str, ...]:
    if not user.password:
        return ("false", "N/A", "N/A", "N/A")
    return ("true", iso(days_before(arn + " password", 0, 30)), created(user, arn), "N/A")


def _row(user: User, arn: str) -> tuple[str, ...]:
    keys = (*_key(user, arn, 0), *_key(user, arn, 1))
    return (user.name, arn, created(user, arn), *_password(user, arn), _word(value=user.mfa), *keys, *_NO_CERTIFICATES)


def _root_row(account: str) -> tuple[str, ...]:
    """Members' root users have no credentials any more, the management account's has a password and a device."""
    managed = account == "management"
    password = ("not_supported", "no_information") if managed else ("false", "N/A")
    born = iso(days_before(account + " root", 900, 1900))
    changes = ("not_supported", "not_supported") if managed else ("N/A", "N/A")
    arn = f"arn:aws:iam::{IDS[account]}:root"
    return (
        "<root_account>",
        arn,
        born,
        *password,
        *changes,
        _word(value=managed),
        *_NO_KEY,
        *_NO_KEY,
        *_NO_CERTIFICATES,
    )


def credential_report(account: Account) -> str:
    printer = Printer(account)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(_root_row(account.name))
    writer.writerows(_row(user, printer.arn("user", user.name, user.path)) for user in account.users)
    return text.getvalue()


def _devices(user: User, arn: str) -> list[Json]:
    if not user.mfa:
        return []
    serial = arn.replace(":user/", ":mfa/")
    return [{"UserName": user.name, "SerialNumber": serial, "EnableDate": created(user, arn)}]


def _keys(user: User, arn: str) -> list[Json]:
    return [
        {
            "UserName": user.name,
            "AccessKeyId": access_key_id(arn, number),
            "Status": "Active" if age > 0 else "Inactive",
            "CreateDate": _rotated(age),
        }
        for number, age in enumerate(user.keys, 1)
    ]


def _listed_role(printer: Printer, role: Role) -> Json:
    described: Json = {"Description": role.description} if role.description else {}
    return printer.bare_role(role) | described | {"MaxSessionDuration": role.hours * 3600}


def _listed_user(printer: Printer, user: User) -> Json:
    arn = printer.arn("user", user.name, user.path)
    used: Json = {"PasswordLastUsed": iso(days_before(arn + " password", 0, 30))} if user.password else {}
    details = printer.user(user)
    return {key: details[key] for key in ("Path", "UserName", "UserId", "Arn", "CreateDate")} | used


def _provider_commands(printer: Printer, account: Account) -> Json:
    hosts = {printer.arn("oidc-provider", host): host for host in account.oidc_providers}
    details = {
        arn: {
            "Url": host,
            "ClientIDList": ["sts.amazonaws.com"],
            "ThumbprintList": [hexadecimal(host, 40)],
            "CreateDate": iso(days_before(arn, 300, 900)),
            "Tags": [],
        }
        for arn, host in hosts.items()
    }
    saml = [printer.arn("saml-provider", name) for name in account.saml_providers]
    valid = iso(DAY + timedelta(days=4000))
    return {
        "iam list-open-id-connect-providers": {"OpenIDConnectProviderList": [{"Arn": arn} for arn in hosts]},
        "iam get-open-id-connect-provider": details,
        "iam list-saml-providers": {
            "SAMLProviderList": [
                {"Arn": arn, "ValidUntil": valid, "CreateDate": iso(days_before(arn, 300, 1200))} for arn in saml
            ]
        },
    }


def _summary(account: Account) -> Json:
    counts = {
        "Users": len(account.users),
        "Groups": len(account.groups),
        "Roles": len(account.roles),
        "Policies": len(account.policies),
        "Providers": len(account.saml_providers) + len(account.oidc_providers),
        "MFADevices": sum(user.mfa for user in account.users),
        "AccountMFAEnabled": 0,
        "AccountAccessKeysPresent": 0,
        "AccountPasswordPresent": 0,
    }
    return {"SummaryMap": counts}


def command_outputs(account: Account) -> Json:
    """One account's entry of a command-output file: key = the command as typed after `aws`."""
    printer = Printer(account)
    arns = {user.name: printer.arn("user", user.name, user.path) for user in account.users}
    profiles = {
        user.name: {
            "LoginProfile": {
                "UserName": user.name,
                "CreateDate": created(user, arns[user.name]),
                "PasswordResetRequired": False,
            }
        }
        for user in account.users
        if user.password
    }
    return {
        "AccountId": IDS[account.name],
        "Alias": f"northquay-{account.name}",
        "Region": "eu-west-1",
        "iam list-roles": {"Roles": [_listed_role(printer, role) for role in account.roles]},
        "iam list-users": {"Users": [_listed_user(printer, user) for user in account.users]},
        "iam get-account-summary": _summary(account),
        "iam list-mfa-devices": {user.name: {"MFADevices": _devices(user, arns[user.name])} for user in account.users},
        "iam list-access-keys": {
            user.name: {"AccessKeyMetadata": _keys(user, arns[user.name])} for user in account.users
        },
        "iam get-login-profile": profiles,
        "iam list-instance-profiles": {
            "InstanceProfiles": [each for role in account.roles for each in printer.instance_profiles(role)]
        },
        **_provider_commands(printer, account),
    }
