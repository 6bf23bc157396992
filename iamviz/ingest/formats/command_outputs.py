"""Outputs of AWS CLI commands: an object keyed by account id and command, or one command's answer as it was printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from iamviz.ingest import answers, normal
from iamviz.ingest.contents import CommandOutputs, KeyContent, ListedRole, ListedUser
from iamviz.ingest.dates import DateLog
from iamviz.ingest.json_text import Page
from iamviz.ingest.mending import Shape, first_upper, read_items, read_members, read_more, read_object
from iamviz.ingest.source import Draft, Refusal, Source
from iamviz.policy.arn import account_of, is_account

WORDS = "command outputs (an object keyed by account id, then by AWS CLI command; or the answer of one IAM command)"
_PLAIN = {"AccountId", "Alias", "Region"}
_WRAP = 'Put it into an object such as {"111122223333": {"%s": …}}.'
_ACCOUNT_IN_TEXT = re.compile(rb'"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):')

S = TypeVar("S", bound=Shape)


class _Commands:
    """Reads the answers of one account. `found` collects fields of CommandOutputs."""

    def __init__(self, account: str | None, source: Source) -> None:
        self.account = account
        self.source = source
        self.dates = DateLog()
        self.found: dict[str, Any] = {}
        self.notices: list[Any] = []

    def items(self, raw: msgspec.Raw, key: str, type_: type[S], place: str) -> Iterator[S]:
        """The items of a listing; one that is cut off is noted."""
        members = {first_upper(name): value for name, value in read_members(raw, place).items()}
        if read_more(members):
            text = "The listing is cut off: it says that it goes on. What it lacks counts as not collected."
            self.notices.append(self.source.note("incomplete", text, place=place, account=self.account))
        if key not in members:
            raise Refusal(
                f"the key {key}, which this command prints", "Put the command's whole output here.", place=place
            )
        for item in read_items(members[key], type_, f"{place}.{key}", self.source):
            if item.value is None:
                raise item.refusal or Refusal("an object", "Collect it again.", place=item.place)
            self._check_account(getattr(item.value, "arn", None), item.place)
            yield item.value

    def _check_account(self, arn: str | None, place: str) -> None:
        if arn is None:
            return
        account = account_of(arn)
        if account is None:
            raise Refusal("an ARN with a 12-digit account id", "Collect it again.", place=f"{place}.Arn")
        if self.account is None:
            self.account = account
        if account != self.account:
            rule = f"ARNs of the account {self.account} only; this one is of {account}"
            raise Refusal(rule, "Put each account's outputs under its own id.", place=f"{place}.Arn")

    def by_user(self, raw: msgspec.Raw, place: str) -> Iterator[tuple[str, msgspec.Raw, str]]:
        for name, value in sorted(read_members(raw, place).items()):
            if bytes(value).strip() != b"null":
                yield name, value, f'{place}["{name}"]'

    def list_roles(self, raw: msgspec.Raw, place: str) -> None:
        self.found["roles"] = _sorted(
            ListedRole(each.arn, normal.text(each.description), each.max_session_duration)
            for each in self.items(raw, "Roles", answers.ListedRole, place)
        )

    def list_users(self, raw: msgspec.Raw, place: str) -> None:
        self.found["users"] = _sorted(
            ListedUser(each.arn, each.user_name, self.dates.read(each.password_last_used, place))
            for each in self.items(raw, "Users", answers.ListedUser, place)
        )

    def account_summary(self, raw: msgspec.Raw, place: str) -> None:
        members = {first_upper(name): value for name, value in read_members(raw, place).items()}
        summary = read_members(members.get("SummaryMap", msgspec.Raw(b"null")), f"{place}.SummaryMap")
        try:
            counts = {key: msgspec.json.decode(value, type=int) for key, value in summary.items()}
        except msgspec.ValidationError as error:
            raise Refusal("whole numbers", "Collect it again.", place=f"{place}.SummaryMap") from error
        self.found["summary"] = tuple(sorted(counts.items()))

    def mfa_devices(self, raw: msgspec.Raw, place: str) -> None:
        self.found["mfa_devices"] = tuple(
            (
                name,
                tuple(sorted(each.serial_number for each in self.items(value, "MFADevices", answers.MfaDevice, where))),
            )
            for name, value, where in self.by_user(raw, place)
        )

    def access_keys(self, raw: msgspec.Raw, place: str) -> None:
        self.found["access_keys"] = tuple(
            (name, self._keys(value, where)) for name, value, where in self.by_user(raw, place)
        )

    def _keys(self, raw: msgspec.Raw, place: str) -> tuple[KeyContent, ...]:
        listed = self.items(raw, "AccessKeyMetadata", answers.AccessKeyMetadata, place)
        return tuple(
            KeyContent(each.status.lower() == "active", self.dates.read(each.create_date, place), None, None)
            for each in sorted(listed, key=lambda key: (key.status, str(key.create_date)))
        )

    def login_profiles(self, raw: msgspec.Raw, place: str) -> None:
        found: list[str] = []
        for name, value, where in self.by_user(raw, place):
            members = {first_upper(key): inner for key, inner in read_members(value, where).items()}
            if "LoginProfile" in members:
                profile = read_object(
                    members["LoginProfile"], answers.LoginProfile, f"{where}.LoginProfile", self.source
                )
                found.append(profile.user_name or name)
        self.found["login_profiles"] = tuple(sorted(found))

    def instance_profiles(self, raw: msgspec.Raw, place: str) -> None:
        self.found["profiles"] = _sorted(
            normal.profile(each) for each in self.items(raw, "InstanceProfiles", answers.Profile, place)
        )

    def oidc_providers(self, raw: msgspec.Raw, place: str) -> None:
        listed = self.items(raw, "OpenIDConnectProviderList", answers.Provider, place)
        self.found["oidc_providers"] = tuple(sorted({each.arn for each in listed}))

    def saml_providers(self, raw: msgspec.Raw, place: str) -> None:
        listed = self.items(raw, "SAMLProviderList", answers.Provider, place)
        self.found["saml_providers"] = tuple(sorted({each.arn for each in listed}))

    def oidc_provider(self, raw: msgspec.Raw, place: str) -> None:
        """The details of a provider say nothing that a list lacks: which providers exist."""
        for arn, value, where in self.by_user(raw, place):
            self._check_account(arn, where)
            read_members(value, where)


Reader = Callable[[_Commands, msgspec.Raw, str], None]
COMMANDS: dict[str, Reader] = {
    "iam list-roles": _Commands.list_roles,
    "iam list-users": _Commands.list_users,
    "iam get-account-summary": _Commands.account_summary,
    "iam list-mfa-devices": _Commands.mfa_devices,
    "iam list-access-keys": _Commands.access_keys,
    "iam get-login-profile": _Commands.login_profiles,
    "iam list-instance-profiles": _Commands.instance_profiles,
    "iam list-open-id-connect-providers": _Commands.oidc_providers,
    "iam get-open-id-connect-provider": _Commands.oidc_provider,
    "iam list-saml-providers": _Commands.saml_providers,
}
RAW_ANSWERS = {
    "Roles": "iam list-roles",
    "Users": "iam list-users",
    "InstanceProfiles": "iam list-instance-profiles",
    "OpenIDConnectProviderList": "iam list-open-id-connect-providers",
    "SAMLProviderList": "iam list-saml-providers",
    "MFADevices": "iam list-mfa-devices",
}
"""Answers whose ARNs tell the account."""
WITHOUT_ACCOUNT = {
    "SummaryMap": "iam get-account-summary",
    "AccessKeyMetadata": "iam list-access-keys",
    "LoginProfile": "iam get-login-profile",
    "ClientIDList": "iam get-open-id-connect-provider",
}
NOT_USED = {
    "Functions": "lambda list-functions",
    "Reservations": "ec2 describe-instances",
    "LaunchTemplates": "ec2 describe-launch-templates",
    "AutoScalingGroups": "autoscaling describe-auto-scaling-groups",
    "Stacks": "cloudformation describe-stacks",
    "Buckets": "s3api list-buckets",
    "VirtualMFADevices": "iam list-virtual-mfa-devices",
    "PasswordPolicy": "iam get-account-password-policy",
}


def recognises(page: Page) -> bool:
    """Every key a 12-digit account id."""
    return bool(page.members) and all(is_account(key) for key in page.members)


def read(pages: Iterable[Page], source: Source) -> None:
    """One draft for each account and region; an account that cannot be read fails alone."""
    for page in pages:
        for account, raw in page.members.items():
            place = f'{page.place}["{account}"]'
            try:
                source.drafts.append(_read_account(account, raw, place, source))
            except Refusal as refusal:
                refusal.account = account
                source.refuse(refusal)


def _read_account(account: str, raw: msgspec.Raw, place: str, source: Source) -> Draft:
    members = read_members(raw, place)
    commands = _Commands(account, source)
    for command, value in members.items():
        where = f'{place}["{command}"]'
        if command in COMMANDS:
            if bytes(value).strip() == b"null":
                text = f"The output of aws {command} is null: it counts as not collected."
                commands.notices.append(source.note("missing", text, place=where, account=account))
            else:
                COMMANDS[command](commands, value, where)
        elif command not in _PLAIN:
            commands.notices.append(_not_used(command, where, account, source))
    commands.found["alias"] = _string(members.get("Alias"), f"{place}.Alias")
    inside = _string(members.get("AccountId"), f"{place}.AccountId")
    if inside not in {None, account}:
        rule = f"one account id; the key says {account}, AccountId says {inside}"
        raise Refusal(rule, "Put each account's outputs under its own id.", place=f"{place}.AccountId")
    return _draft(account, _string(members.get("Region"), f"{place}.Region") or "", commands)


def _draft(account: str, region: str, commands: _Commands) -> Draft:
    notices = [*commands.notices, *commands.dates.notices(commands.source, account)]
    content = CommandOutputs(**commands.found)
    return Draft("command-outputs", account, region, content, commands.dates.newest, notices=notices)


def recognises_answer(page: Page) -> bool:
    """The answer of one command, as the CLI printed it."""
    return _answer_key(page) is not None


def _answer_key(page: Page) -> str | None:
    keys = {first_upper(key) for key in page.members}
    return next((key for table in (RAW_ANSWERS, WITHOUT_ACCOUNT, NOT_USED) for key in table if key in keys), None)


def read_answers(pages: Iterable[Page], source: Source) -> None:
    """Each answer belongs to the account of its ARNs."""
    for page in pages:
        key = _answer_key(page) or ""
        if key in NOT_USED:
            source.notices.append(_not_used(NOT_USED[key], page.place, None, source))
            continue
        if key in WITHOUT_ACCOUNT:
            command = WITHOUT_ACCOUNT[key]
            raise Refusal(
                f"an account id; what aws {command} prints holds none", _WRAP % command, place=page.place + key
            )
        source.drafts.append(_read_answer(key, page, source))


def _read_answer(key: str, page: Page, source: Source) -> Draft:
    command = RAW_ANSWERS[key]
    raw = msgspec.Raw(msgspec.json.encode(page.members))
    match = _ACCOUNT_IN_TEXT.search(bytes(raw))
    if match is None:
        rule = f"an ARN that tells the account; this output of aws {command} has none"
        raise Refusal(rule, _WRAP % command, place=page.place + key)
    commands = _Commands(match[1].decode(), source)
    if key == "MFADevices":
        raw = _devices_by_user(commands, raw, page.place)
    COMMANDS[command](commands, raw, page.place.removesuffix("."))
    return _draft(match[1].decode(), "", commands)


def _devices_by_user(commands: _Commands, raw: msgspec.Raw, place: str) -> msgspec.Raw:
    """One user's devices, in the form that an object of all users has."""
    users: dict[str, list[dict[str, str]]] = {}
    for each in commands.items(raw, "MFADevices", answers.MfaDevice, place.removesuffix(".")):
        users.setdefault(each.user_name or "", []).append({"SerialNumber": each.serial_number})
    return msgspec.Raw(msgspec.json.encode({name: {"MFADevices": found} for name, found in users.items()}))


def _not_used(command: str, place: str, account: str | None, source: Source) -> Any:
    text = f"The output of aws {command} was read; nothing in this version uses it."
    return source.note("ignored", text, place=place, account=account)


def _string(raw: msgspec.Raw | None, place: str) -> str | None:
    if raw is None or bytes(raw).strip() == b"null":
        return None
    try:
        return msgspec.json.decode(raw, type=str)
    except msgspec.ValidationError as error:
        raise Refusal("a string", "Collect it again.", place=place) from error


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    found = {value.arn: value for value in values}
    return tuple(found[arn] for arn in sorted(found))
