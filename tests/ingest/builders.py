"""Small snapshots as AWS prints them, and short ways to read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.bundle import read_entries
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.entry import Entry
from iamviz.ingest.parts import Reading
from iamviz.inventory.model import Inventory, Notice

ACCOUNT = "111122223333"
OTHER = "444455556666"
ALLOW_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
HEADER = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
    "cert_2_last_rotated"
)

Json = dict[str, Any]


def trust(principal: object = None) -> Json:
    statement = {
        "Effect": "Allow",
        "Principal": principal or {"Service": "ec2.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def user(name: str, account: str = ACCOUNT, **more: object) -> Json:
    return {
        "Path": "/",
        "UserName": name,
        "UserId": f"AIDA{name.upper()}",
        "Arn": f"arn:aws:iam::{account}:user/{name}",
        "CreateDate": "2019-05-20T20:16:17+00:00",
        "GroupList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
    } | more


def group(name: str, account: str = ACCOUNT, **more: object) -> Json:
    return {
        "Path": "/",
        "GroupName": name,
        "GroupId": f"AGPA{name.upper()}",
        "Arn": f"arn:aws:iam::{account}:group/{name}",
        "CreateDate": "2019-05-20T20:16:17+00:00",
        "GroupPolicyList": [],
        "AttachedManagedPolicies": [],
    } | more


def role(name: str, account: str = ACCOUNT, **more: object) -> Json:
    return {
        "Path": "/",
        "RoleName": name,
        "RoleId": f"AROA{name.upper()}",
        "Arn": f"arn:aws:iam::{account}:role/{name}",
        "CreateDate": "2019-05-20T20:16:17+00:00",
        "AssumeRolePolicyDocument": trust(),
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
        "RoleLastUsed": {},
    } | more


def policy(name: str, account: str = ACCOUNT, document: object = None, **more: object) -> Json:
    version = {
        "Document": document or ALLOW_ALL,
        "VersionId": "v1",
        "IsDefaultVersion": True,
        "CreateDate": "2019-05-20T20:16:17+00:00",
    }
    return {
        "PolicyName": name,
        "PolicyId": f"ANPA{name.upper()}",
        "Arn": f"arn:aws:iam::{account}:policy/{name}",
        "Path": "/",
        "DefaultVersionId": "v1",
        "PolicyVersionList": [version],
    } | more


def attached(arn: str) -> list[Json]:
    return [{"PolicyName": arn.rsplit("/", maxsplit=1)[-1], "PolicyArn": arn}]


def details(
    users: Iterable[Json] = (),
    groups: Iterable[Json] = (),
    roles: Iterable[Json] = (),
    policies: Iterable[Json] = (),
    **more: object,
) -> Json:
    lists = {
        "UserDetailList": [*users],
        "GroupDetailList": [*groups],
        "RoleDetailList": [*roles],
        "Policies": [*policies],
    }
    return lists | more


def entry(content: object, name: str = "account.json", modified: datetime | None = None) -> Entry:
    """A file; anything but bytes is written as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content, indent=4).encode()
    return Entry(name, len(data), modified, lambda: data)


def read(*contents: object) -> Reading:
    """Each content as a file of its own, alone if it is the only one."""
    if len(contents) == 1:
        return read_entries([entry(contents[0])])
    return read_entries(entry(content, f"file{index}.json") for index, content in enumerate(contents))


def inventory(*contents: object, account: str = ACCOUNT) -> Inventory:
    reading = read(*contents)
    assert reading.rejections == (), reading.rejections
    return build_inventory(account, reading.parts, DocumentCache())


class Noticed(Protocol):
    @property
    def notices(self) -> tuple[Notice, ...]: ...


def texts(found: Noticed) -> str:
    """All notices, to look for a word in."""
    return "\n".join(f"{each.kind}: {each.place}: {each.text}" for each in found.notices)


def report(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def report_row(name: str, account: str = ACCOUNT, **values: str) -> str:
    defaults = dict.fromkeys(HEADER.split(","), "N/A")
    arn = f"arn:aws:iam::{account}:root" if name == "<root_account>" else f"arn:aws:iam::{account}:user/{name}"
    defaults |= {"user": name, "arn": arn, "password_enabled": "false", "mfa_active": "false"}
    defaults |= {"access_key_1_active": "false", "access_key_2_active": "false"}
    return ",".join((defaults | values).values())
