"""Identity Center: permission sets, who has them where, and the people and groups of its store."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from iamviz.ingest import normal
from iamviz.ingest.commands.reader import AGAIN, Answer, CommandReader, Printed, Reader
from iamviz.ingest.source import Refusal
from iamviz.inventory.identity_center import Assignment, GroupMembership, PermissionSet, Person, PrincipalType
from iamviz.policy.arn import is_account

_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?")


class CenterInstance(Printed):
    instance_arn: str


class SetShape(Printed):
    permission_set_arn: str
    name: str | None = None
    session_duration: str | None = None


class AssignmentShape(Printed):
    account_id: str
    permission_set_arn: str
    principal_type: PrincipalType
    principal_id: str


class PersonShape(Printed):
    user_id: str
    user_name: str | None = None
    display_name: str | None = None


class PeopleShape(Printed):
    group_id: str
    display_name: str | None = None


class MemberId(Printed):
    user_id: str | None = None


class MembershipShape(Printed):
    group_id: str
    member_id: MemberId


def instances(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("center_instances", reader.listed(raw, "Instances", CenterInstance, place, _instance))


def _instance(_reader: CommandReader, value: CenterInstance, _answer: Answer) -> str:
    return value.instance_arn


def listed_sets(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("listed_sets", (arn for arn, _ in reader.strings(raw, "PermissionSets", place)))


def permission_sets(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("permission_sets", reader.one(raw, "PermissionSet", SetShape, place, _permission_set))


def _permission_set(_reader: CommandReader, value: SetShape, answer: Answer) -> PermissionSet:
    seconds = _seconds(value.session_duration, f"{answer.place}.SessionDuration") if value.session_duration else None
    return PermissionSet(value.permission_set_arn, value.name, seconds)


def _seconds(duration: str, place: str) -> int:
    """Of an ISO 8601 duration such as PT8H."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise Refusal("a duration such as PT8H", AGAIN, place=place)
    hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def assignments(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("assignments", reader.each(raw, "AccountAssignments", AssignmentShape, place, _assignment))


def _assignment(_reader: CommandReader, value: AssignmentShape, answer: Answer) -> Assignment:
    if not is_account(value.account_id):
        raise Refusal("an account id of 12 digits", AGAIN, place=f"{answer.place}.AccountId")
    return Assignment(value.account_id, value.permission_set_arn, value.principal_type, value.principal_id)


def people(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("people", reader.each(raw, "Users", PersonShape, place, _person))


def _person(_reader: CommandReader, value: PersonShape, _answer: Answer) -> Person:
    name = value.user_name or value.display_name or value.user_id
    return Person(value.user_id, "USER", normal.text(name) or name)


def groups(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("people", reader.each(raw, "Groups", PeopleShape, place, _group))


def _group(_reader: CommandReader, value: PeopleShape, _answer: Answer) -> Person:
    name = value.display_name or value.group_id
    return Person(value.group_id, "GROUP", normal.text(name) or name)


def memberships(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.each(raw, "GroupMemberships", MembershipShape, place, _membership)
    reader.add("memberships", (each for each in found if each.person))


def _membership(_reader: CommandReader, value: MembershipShape, _answer: Answer) -> GroupMembership:
    return GroupMembership(value.group_id, value.member_id.user_id or "")


COMMANDS: Mapping[str, Reader] = {
    "sso-admin list-instances": instances,
    "sso-admin list-permission-sets": listed_sets,
    "sso-admin describe-permission-set": permission_sets,
    "sso-admin list-account-assignments": assignments,
    "identitystore list-users": people,
    "identitystore list-groups": groups,
    "identitystore list-group-memberships": memberships,
}
