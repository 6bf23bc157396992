"""Who has a password, a second factor and keys: from the credential report and from commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from iamviz.ingest.command_contents import CommandOutputs
from iamviz.ingest.contents import AuthorizationDetails, CredentialReport, KeyContent, ReportRow, UserContent
from iamviz.inventory.model import AccessKey, Credentials, Notice

V = TypeVar("V")

ROOT = "<root_account>"


class CredentialFacts:
    """The report first, since it says most; what it lacks is filled in from the commands that were run."""

    def __init__(self, report: CredentialReport | None, commands: CommandOutputs) -> None:
        rows = report.rows if report is not None else ()
        self._rows = {row.user.casefold(): row for row in rows}
        self._has_report = report is not None
        self._commands = commands
        self._devices = _folded(commands.mfa_devices)
        self._keys = _folded(commands.access_keys)
        self._logins = (
            None if commands.login_profiles is None else {name.casefold() for name in commands.login_profiles}
        )
        self._listed = {each.name.casefold(): each for each in commands.users or ()}

    def of_user(self, user: UserContent) -> Credentials | None:
        """None where nothing about the user's credentials was collected."""
        name = user.name.casefold()
        row = self._rows.get(name)
        listed = self._listed.get(name)
        if row is None and listed is None and self._devices is None and self._keys is None and self._logins is None:
            return None
        used = row.password_last_used if row else None
        return Credentials(
            self._has_password(name, row),
            used or (listed.password_last_used if listed else None),
            row.password_last_changed if row else None,
            self._has_device(name, row),
            self._access_keys(name, row),
        )

    def _has_password(self, name: str, row: ReportRow | None) -> bool | None:
        if row is not None and row.password_enabled is not None:
            return row.password_enabled
        return None if self._logins is None else name in self._logins

    def _has_device(self, name: str, row: ReportRow | None) -> bool | None:
        if row is not None and row.mfa_active is not None:
            return row.mfa_active
        return None if self._devices is None else bool(self._devices.get(name))

    def _access_keys(self, name: str, row: ReportRow | None) -> tuple[AccessKey, ...] | None:
        if row is not None and row.keys is not None:
            return _access_keys(row.keys)
        return None if self._keys is None else _access_keys(self._keys.get(name, ()))

    def root(self) -> Credentials | None:
        """Of the root user; the account summary tells as much as there is no report."""
        row = self._rows.get(ROOT)
        if row is not None:
            keys = None if row.keys is None else _access_keys(row.keys)
            return Credentials(
                row.password_enabled, row.password_last_used, row.password_last_changed, row.mfa_active, keys
            )
        summary = dict(self._commands.summary or ())
        if not summary.keys() & {"AccountMFAEnabled", "AccountAccessKeysPresent", "AccountPasswordPresent"}:
            return None
        count = summary.get("AccountAccessKeysPresent")
        return Credentials(
            _present(summary.get("AccountPasswordPresent")),
            None,
            None,
            _present(summary.get("AccountMFAEnabled")),
            None if count is None else tuple(AccessKey(active=True) for _ in range(min(count, 2))),
        )

    def notices(self, account: str, file: str, details: AuthorizationDetails) -> list[Notice]:
        """Where the parts contradict each other about what exists."""
        texts = [*self._strangers(details), *self._counts(details)]
        return [Notice(account, file, place, "incomplete", text) for place, text in texts]

    def _strangers(self, details: AuthorizationDetails) -> Iterator[tuple[str, str]]:
        if not self._has_report:
            return
        known = {each.name.casefold() for each in details.users}
        if not known and "UserDetailList" not in details.lists:
            return
        for name, row in self._rows.items():
            if name != ROOT and name not in known:
                yield row.arn, "The credential report has this user, the authorization details do not."
        for user in details.users:
            if user.name.casefold() not in self._rows:
                yield user.arn, "The credential report lacks this user: password, MFA and keys are unknown."

    def _counts(self, details: AuthorizationDetails) -> Iterator[tuple[str, str]]:
        """The account summary counts what there is."""
        summary = dict(self._commands.summary or ())
        own = [each for each in details.policies if each.arn.split(":")[4:5] != ["aws"]]
        found = {
            "Users": (details.users, "UserDetailList"),
            "Groups": (details.groups, "GroupDetailList"),
            "Roles": (details.roles, "RoleDetailList"),
            "Policies": (own, "Policies"),
        }
        for name, (listed, key) in found.items():
            count = summary.get(name)
            if count is not None and key in details.lists and count != len(listed):
                how = "it is incomplete" if count > len(listed) else "one of the two is out of date"
                yield key, f"The account summary counts {count} {name.lower()}, the snapshot has {len(listed)}: {how}."


def _folded(values: Iterable[tuple[str, tuple[V, ...]]] | None) -> dict[str, tuple[V, ...]] | None:
    return None if values is None else {name.casefold(): found for name, found in values}


def _access_keys(values: tuple[KeyContent, ...]) -> tuple[AccessKey, ...]:
    return tuple(AccessKey(each.active, each.rotated, each.used, each.service) for each in values)


def _present(count: int | None) -> bool | None:
    return None if count is None else count > 0
