"""The shapes of IAM's answers as AWS prints them; documents stay undecoded, dates are read later."""

from __future__ import annotations

from typing import Any

import msgspec

from iamviz.ingest.mending import Shape


class Tag(Shape):
    key: str
    value: str | None = None


class Attached(Shape):
    policy_arn: str
    policy_name: str | None = None


class Boundary(Shape):
    permissions_boundary_arn: str | None = None
    permissions_boundary_type: str | None = None


class Inline(Shape):
    policy_name: str
    policy_document: msgspec.Raw = msgspec.Raw(b"null")


class LastUsed(Shape):
    last_used_date: Any = None
    region: str | None = None


class EmbeddedRole(msgspec.Struct, rename="pascal", omit_defaults=True):
    """A role inside an instance profile; its other keys repeat what the role itself says."""

    arn: str
    path: Any = None
    role_name: Any = None
    role_id: Any = None
    create_date: Any = None
    assume_role_policy_document: msgspec.Raw = msgspec.Raw(b"")
    description: Any = None
    max_session_duration: Any = None
    permissions_boundary: Any = None
    tags: Any = None
    role_last_used: Any = None


class Profile(Shape):
    arn: str
    instance_profile_name: str
    roles: list[EmbeddedRole] | None = None
    path: Any = None
    instance_profile_id: Any = None
    create_date: Any = None
    tags: Any = None


class User(Shape):
    arn: str
    user_name: str
    user_id: str = ""
    path: str = "/"
    create_date: Any = None
    user_policy_list: list[Inline] | None = None
    group_list: list[str] | None = None
    attached_managed_policies: list[Attached] | None = None
    permissions_boundary: Boundary | None = None
    tags: list[Tag] | None = None


class Group(Shape):
    arn: str
    group_name: str
    group_id: str = ""
    path: str = "/"
    create_date: Any = None
    group_policy_list: list[Inline] | None = None
    attached_managed_policies: list[Attached] | None = None


class Role(Shape):
    arn: str
    role_name: str
    role_id: str = ""
    path: str = "/"
    create_date: Any = None
    assume_role_policy_document: msgspec.Raw = msgspec.Raw(b"")
    instance_profile_list: list[Profile] | None = None
    role_policy_list: list[Inline] | None = None
    attached_managed_policies: list[Attached] | None = None
    permissions_boundary: Boundary | None = None
    tags: list[Tag] | None = None
    role_last_used: LastUsed | None = None


class Version(Shape):
    version_id: str
    is_default_version: bool | msgspec.UnsetType = msgspec.UNSET
    document: msgspec.Raw = msgspec.Raw(b"")
    create_date: Any = None


class Policy(Shape):
    arn: str
    policy_name: str
    policy_id: str = ""
    path: str | None = None
    default_version_id: str | None = None
    policy_version_list: list[Version] | None = None
    description: str | None = None
    create_date: Any = None
    attachment_count: Any = None
    permissions_boundary_usage_count: Any = None
    is_attachable: Any = None
    update_date: Any = None
    tags: Any = None


class ListedRole(Shape):
    """A role in `iam list-roles`."""

    arn: str
    role_name: str
    role_id: Any = None
    path: Any = None
    create_date: Any = None
    assume_role_policy_document: msgspec.Raw = msgspec.Raw(b"")
    description: str | None = None
    max_session_duration: int | None = None
    permissions_boundary: Any = None
    tags: Any = None
    role_last_used: Any = None
    source_role_template: Any = None


class ListedUser(Shape):
    """A user in `iam list-users`."""

    arn: str
    user_name: str
    user_id: Any = None
    path: Any = None
    create_date: Any = None
    password_last_used: Any = None
    permissions_boundary: Any = None
    tags: Any = None


class MfaDevice(Shape):
    serial_number: str
    user_name: str | None = None
    enable_date: Any = None


class AccessKeyMetadata(Shape):
    status: str
    user_name: str | None = None
    access_key_id: Any = None
    create_date: Any = None


class LoginProfile(Shape):
    user_name: str | None = None
    create_date: Any = None
    password_reset_required: Any = None


class Provider(Shape):
    """An item of list-open-id-connect-providers or list-saml-providers."""

    arn: str
    valid_until: Any = None
    create_date: Any = None
