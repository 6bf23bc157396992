"""Pages and files of one account made into one part of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import msgspec

from iamviz.ingest.command_contents import CommandOutputs, identity
from iamviz.ingest.contents import AuthorizationDetails, CredentialReport, ProfileContent, named_policies
from iamviz.ingest.parts import Kind, Part, decode_content, encode_content
from iamviz.inventory.model import Notice

_EVER = datetime.min.replace(tzinfo=UTC)
_LISTS = ("users", "groups", "roles", "policies")
_WORDS = {"users": "user", "groups": "group", "roles": "role", "policies": "policy"}


def merge_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """One part for each account, kind and region: pages joined, the newer of two snapshots kept.

    A page that holds AWS's own policies alone (account "") is joined to the accounts that name them; where
    there is none yet it stays, for a later merge.
    """
    groups: dict[tuple[str, str, str], list[Part]] = {}
    for part in parts:
        groups.setdefault((part.kind, part.account, part.region), []).append(part)
    shared = groups.pop(("authorization-details", "", ""), [])
    owners = [key for key in groups if key[0] == "authorization-details"]
    for key in owners:
        groups[key] = [*groups[key], *_wanted(shared, groups[key])]
    if shared and not owners:
        groups["authorization-details", "", ""] = shared
    return tuple(_merge(groups[key]) for key in sorted(groups))


def _wanted(shared: list[Part], own: list[Part]) -> list[Part]:
    """AWS's policies from pages without an account, cut down to those that this account names."""
    if not shared:
        return []
    named = set(chain.from_iterable(_named(decode_content(part, AuthorizationDetails)) for part in own))
    found: list[Part] = []
    for part in shared:
        content = decode_content(part, AuthorizationDetails)
        policies = tuple(each for each in content.policies if each.arn in named)
        if policies:
            cut = msgspec.structs.replace(content, policies=policies)
            found.append(_with_content(replace(part, account=own[0].account), cut))
    return found


def _named(content: AuthorizationDetails) -> set[str]:
    return named_policies(content.users, content.groups, content.roles)


def _merge(parts: list[Part]) -> Part:
    distinct = {part.sha256: part for part in reversed(parts)}
    ordered = sorted(distinct.values(), key=lambda part: (part.collected or _EVER, part.sha256), reverse=True)
    repeated = [] if len(ordered) == len(parts) else [_repeated(parts)]
    if len(ordered) == 1:
        return replace(ordered[0], notices=(*ordered[0].notices, *repeated))
    joined = _JOINERS[parts[0].kind](ordered)
    return replace(joined, notices=(*joined.notices, *repeated))


def _repeated(parts: list[Part]) -> Notice:
    files = ", ".join(sorted({part.file for part in parts}))
    return Notice(parts[0].account or None, files, "", "warning", "The same content was given more than once.")


def _with_content(part: Part, content: msgspec.Struct) -> Part:
    encoded, digest = encode_content(content)
    return replace(part, content=encoded, sha256=digest)


def _joined(parts: Sequence[Part], content: msgspec.Struct, notices: Iterable[Notice]) -> Part:
    """The parts as one; as old as the oldest of them, so that no age is hidden."""
    oldest = min(parts, key=lambda part: part.collected or _EVER)
    files = ", ".join(dict.fromkeys(sorted(part.file for part in parts)))
    told = (*chain.from_iterable(part.notices for part in parts), *notices)
    return replace(_with_content(oldest, content), file=files, notices=told)


def _replaced(kept: Part, old: Sequence[Part], what: str) -> Part:
    notices = [
        Notice(part.account or None, part.file, "", "ignored", f"{what} {kept.file} is newer and was used instead.")
        for part in old
    ]
    return replace(kept, notices=(*kept.notices, *notices))


def _join_details(parts: list[Part]) -> Part:
    contents = [decode_content(part, AuthorizationDetails) for part in parts]
    if _are_snapshots(contents):
        return _replaced(parts[0], parts[1:], "Another collection of the same account:")
    notices: list[Notice] = []
    where = [(part.account, part.file) for part in parts]
    merged = {name: _unique(contents, name, where, notices) for name in _LISTS}
    content = AuthorizationDetails(
        **merged,
        profiles=join_profiles(chain.from_iterable(each.profiles for each in contents)),
        lists=tuple(sorted({name for each in contents for name in each.lists})),
        more="" if any(not each.more for each in contents) else max(each.more for each in contents),
    )
    return _joined(parts, content, notices)


def _are_snapshots(contents: Sequence[AuthorizationDetails]) -> bool:
    """Whether files that are each whole repeat one another: collections of two dates then, not pages of one."""
    if any(each.more for each in contents):
        return False
    names = [_own_arns(each) for each in contents]
    return any(2 * len(first & other) >= min(len(first), len(other)) > 0 for first, other in _pairs(names))


def _pairs(values: Sequence[set[str]]) -> Iterable[tuple[set[str], set[str]]]:
    return ((values[i], values[j]) for i in range(len(values)) for j in range(i))


def _own_arns(content: AuthorizationDetails) -> set[str]:
    arns = chain(*([each.arn for each in getattr(content, name)] for name in _LISTS))
    return {arn.casefold() for arn in arns if ":aws:policy/" not in arn}


def _unique(
    contents: Sequence[AuthorizationDetails], name: str, where: Sequence[tuple[str, str]], notices: list[Notice]
) -> tuple[Any, ...]:
    """The items of one list, one for each ARN; names that differ only in case are the same for AWS."""
    found: dict[str, Any] = {}
    for content, (account, file) in zip(contents, where, strict=True):
        for item in getattr(content, name):
            other = found.setdefault(item.arn.casefold(), item)
            if other is not item:
                notices.append(_duplicate(item.arn, _WORDS[name], account, file, same=other == item))
                found[item.arn.casefold()] = max(other, item, key=_age)
    return tuple(found[key] for key in sorted(found))


def _age(item: Any) -> tuple[datetime, bytes]:
    """The later created, and among equals always the same one."""
    return getattr(item, "created", None) or _EVER, msgspec.msgpack.encode(item)


def _duplicate(arn: str, word: str, account: str, file: str, *, same: bool) -> Notice:
    how = "and both say the same" if same else "and they differ; the one that was created later was kept"
    return Notice(account or None, file, arn, "warning", f"The {word} stands twice in the input, {how}.")


def join_profiles(profiles: Iterable[ProfileContent]) -> tuple[ProfileContent, ...]:
    """One for each ARN, with the roles of all that name it."""
    found: dict[str, ProfileContent] = {}
    for each in profiles:
        other = found.get(each.arn)
        roles = each.roles if other is None else tuple(sorted({*each.roles, *other.roles}))
        found[each.arn] = ProfileContent(each.arn, each.name, roles)
    return tuple(found[arn] for arn in sorted(found))


def tidy_details(content: AuthorizationDetails, account: str, file: str) -> tuple[AuthorizationDetails, list[Notice]]:
    """One file's lists sorted and free of duplicates: what two readers of the same facts agree on."""
    notices: list[Notice] = []
    where = [(account, file)]
    merged = {name: _unique([content], name, where, notices) for name in _LISTS}
    tidy = msgspec.structs.replace(content, **merged, profiles=join_profiles(content.profiles))
    return tidy, notices


def _join_reports(parts: list[Part]) -> Part:
    rows = [{row.arn for row in decode_content(part, CredentialReport).rows} for part in parts]
    if any(first & other for first, other in _pairs(rows)):
        return _replaced(parts[0], parts[1:], "Another credential report of the same account:")
    merged = chain.from_iterable(decode_content(part, CredentialReport).rows for part in parts)
    return _joined(parts, CredentialReport(tuple(sorted(merged, key=lambda row: row.arn))), ())


def _join_commands(parts: list[Part]) -> Part:
    return _joined(parts, join_commands(parts), ())


def join_commands(parts: Iterable[Part]) -> CommandOutputs:
    """Outputs of one account, whatever the region: the newest first, pages of one listing joined."""
    ordered = sorted(parts, key=lambda part: (part.collected or _EVER, part.sha256), reverse=True)
    contents = [decode_content(part, CommandOutputs) for part in ordered]
    return CommandOutputs(
        **{
            name: _first_or_union([value for each in contents if (value := getattr(each, name)) is not None])
            for name in CommandOutputs.__struct_fields__
        }
    )


def _first_or_union(values: list[Any]) -> Any:
    if not values or isinstance(values[0], str):
        return values[0] if values else None
    found: dict[str, Any] = {}
    for value in chain.from_iterable(values):
        found.setdefault(identity(value), value)
    return tuple(found[key] for key in sorted(found))


def _join_organizations(parts: list[Part]) -> Part:
    return _replaced(parts[0], parts[1:], "Another organization file:")


_JOINERS: dict[Kind, Callable[[list[Part]], Part]] = {
    "authorization-details": _join_details,
    "credential-report": _join_reports,
    "command-outputs": _join_commands,
    "organization": _join_organizations,
}
