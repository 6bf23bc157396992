"""IAM's own commands: what authorization details do not tell about users, roles and providers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from iamviz.ingest import answers, normal
from iamviz.ingest.command_contents import ListedRole, ListedUser, ProviderClients
from iamviz.ingest.commands.reader import AGAIN, Answer, CommandReader, Printed, Reader
from iamviz.ingest.contents import KeyContent
from iamviz.ingest.mending import first_upper, read_members, read_object
from iamviz.ingest.source import Refusal


class ProviderDetails(Printed):
    """`iam get-open-id-connect-provider`."""

    client_id_list: list[str] | None = msgspec.field(default=None, name="ClientIDList")


def list_roles(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.found["roles"] = _sorted(
        ListedRole(each.arn, normal.text(each.description), each.max_session_duration)
        for each in reader.items(raw, "Roles", answers.ListedRole, place)
    )


def list_users(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.found["users"] = _sorted(
        ListedUser(each.arn, each.user_name, reader.dates.read(each.password_last_used, place))
        for each in reader.items(raw, "Users", answers.ListedUser, place)
    )


def account_summary(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    members = {first_upper(name): value for name, value in read_members(raw, place).items()}
    summary = read_members(members.get("SummaryMap", msgspec.Raw(b"null")), f"{place}.SummaryMap")
    try:
        counts = {key: msgspec.json.decode(value, type=int) for key, value in summary.items()}
    except msgspec.ValidationError as error:
        raise Refusal("whole numbers", AGAIN, place=f"{place}.SummaryMap") from error
    reader.found["summary"] = tuple(sorted(counts.items()))


def mfa_devices(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.found["mfa_devices"] = tuple(
        (
            name,
            tuple(sorted(each.serial_number for each in reader.items(value, "MFADevices", answers.MfaDevice, where))),
        )
        for name, value, where in reader.by_name(raw, place)
    )


def access_keys(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.found["access_keys"] = tuple(
        (name, _keys(reader, value, where)) for name, value, where in reader.by_name(raw, place)
    )


def _keys(reader: CommandReader, raw: msgspec.Raw, place: str) -> tuple[KeyContent, ...]:
    listed = reader.items(raw, "AccessKeyMetadata", answers.AccessKeyMetadata, place)
    return tuple(
        KeyContent(each.status.lower() == "active", reader.dates.read(each.create_date, place), None, None)
        for each in sorted(listed, key=lambda key: (key.status, str(key.create_date)))
    )


def login_profiles(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found: list[str] = []
    for name, value, where in reader.by_name(raw, place):
        members = {first_upper(key): inner for key, inner in read_members(value, where).items()}
        if "LoginProfile" in members:
            profile = read_object(members["LoginProfile"], answers.LoginProfile, f"{where}.LoginProfile", reader.source)
            found.append(profile.user_name or name)
    reader.found["login_profiles"] = tuple(sorted(found))


def instance_profiles(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.found["profiles"] = _sorted(
        normal.profile(each) for each in reader.items(raw, "InstanceProfiles", answers.Profile, place)
    )


def oidc_providers(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    _providers(reader, "oidc_providers", raw, "OpenIDConnectProviderList", place)


def saml_providers(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    _providers(reader, "saml_providers", raw, "SAMLProviderList", place)


def _providers(reader: CommandReader, name: str, raw: msgspec.Raw, key: str, place: str) -> None:
    """A list that is cut off does not say which providers are missing: it counts as not collected."""
    found = tuple(sorted({each.arn for each in reader.items(raw, key, answers.Provider, place)}))
    if reader.is_whole:
        reader.found[name] = found


def oidc_provider(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("oidc_clients", reader.whole(raw, "ClientIDList", ProviderDetails, place, _clients))


def _clients(reader: CommandReader, value: ProviderDetails, answer: Answer) -> ProviderClients:
    arn = reader.own(answer.names[-1] if answer.names else "", answer.place)
    return ProviderClients(arn, tuple(sorted(set(value.client_id_list or ()))))


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    found = {value.arn: value for value in values}
    return tuple(found[arn] for arn in sorted(found))


COMMANDS: Mapping[str, Reader] = {
    "iam list-roles": list_roles,
    "iam list-users": list_users,
    "iam get-account-summary": account_summary,
    "iam list-mfa-devices": mfa_devices,
    "iam list-access-keys": access_keys,
    "iam get-login-profile": login_profiles,
    "iam list-instance-profiles": instance_profiles,
    "iam list-open-id-connect-providers": oidc_providers,
    "iam get-open-id-connect-provider": oidc_provider,
    "iam list-saml-providers": saml_providers,
}
