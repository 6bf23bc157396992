"""AWS's shapes to a part's content: sorted, dated, documents in one spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec

from iamviz.ingest import answers
from iamviz.ingest.contents import (
    GroupContent,
    InlineText,
    PolicyContent,
    ProfileContent,
    RoleContent,
    UserContent,
    VersionContent,
)
from iamviz.ingest.dates import DateLog
from iamviz.ingest.documents import normalise


def user(value: answers.User, dates: DateLog, place: str) -> UserContent:
    return UserContent(
        value.arn,
        value.user_name,
        value.user_id,
        value.path,
        dates.read(value.create_date, place),
        tuple(sorted(value.group_list or ())),
        _inline(value.user_policy_list),
        _attached(value.attached_managed_policies),
        _boundary(value.permissions_boundary),
        tags(value.tags),
    )


def group(value: answers.Group, dates: DateLog, place: str) -> GroupContent:
    return GroupContent(
        value.arn,
        value.group_name,
        value.group_id,
        value.path,
        dates.read(value.create_date, place),
        _inline(value.group_policy_list),
        _attached(value.attached_managed_policies),
    )


def role(value: answers.Role, dates: DateLog, place: str) -> RoleContent:
    last = value.role_last_used or answers.LastUsed()
    return RoleContent(
        value.arn,
        value.role_name,
        value.role_id,
        value.path,
        dates.read(value.create_date, place),
        document(value.assume_role_policy_document),
        _inline(value.role_policy_list),
        _attached(value.attached_managed_policies),
        _boundary(value.permissions_boundary),
        tags(value.tags),
        dates.read(last.last_used_date, place),
        last.region,
    )


def policy(value: answers.Policy, dates: DateLog, place: str) -> PolicyContent:
    versions = value.policy_version_list or ()
    flagged = any(each.is_default_version is True for each in versions)
    return PolicyContent(
        value.arn,
        value.policy_name,
        value.policy_id,
        value.path or "/",
        text(value.description),
        tuple(
            VersionContent(
                each.version_id,
                each.is_default_version is True if flagged else each.version_id == value.default_version_id,
                document(each.document),
                dates.read(each.create_date, place),
            )
            for each in sorted(versions, key=lambda version: (len(version.version_id), version.version_id))
        ),
    )


def profile(value: answers.Profile, role_arn: str | None = None) -> ProfileContent:
    """An instance profile; one that is embedded in a role holds that role."""
    roles = {each.arn for each in value.roles or ()}
    return ProfileContent(
        value.arn, value.instance_profile_name, tuple(sorted(roles | ({role_arn} if role_arn else set())))
    )


def document(raw: msgspec.Raw) -> str | None:
    """None where the key is absent."""
    return normalise(raw) if bytes(raw) else None


def tags(values: Iterable[answers.Tag] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((text(each.key) or "", text(each.value) or "") for each in values)) if values else ()


def text(value: str | None) -> str | None:
    """Free text in one Unicode form, so that what looks the same is the same."""
    return value if value is None or value.isascii() else unicodedata.normalize("NFC", value)


def _inline(values: list[answers.Inline] | None) -> tuple[InlineText, ...]:
    if not values:
        return ()
    found = [InlineText(each.policy_name, normalise(each.policy_document)) for each in values]
    return tuple(sorted(found, key=_by_name) if len(found) > 1 else found)


def _by_name(value: InlineText) -> tuple[str, str]:
    return value.name, value.text


def _attached(values: list[answers.Attached] | None) -> tuple[str, ...]:
    return tuple(sorted({each.policy_arn for each in values})) if values else ()


def _boundary(value: answers.Boundary | None) -> str | None:
    return value.permissions_boundary_arn if value else None
