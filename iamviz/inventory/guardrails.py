"""Which service or resource control policies reach an account: level by level, the root first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount

GuardrailType = Literal["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
Standing = Literal["applies", "none", "exempt", "unknown"]

_NAMES = {"SERVICE_CONTROL_POLICY": "service control policies", "RESOURCE_CONTROL_POLICY": "resource control policies"}


@dataclass(frozen=True, slots=True)
class Level:
    """The root, an organizational unit on the way, or the account itself, with what is attached to it.

    Without a policy of the type the export is incomplete: AWS leaves no target without one.
    """

    target: str
    name: str
    policies: tuple[Guardrail, ...]


@dataclass(frozen=True, slots=True)
class Guardrails:
    """`levels` are empty unless they apply; `reason` says in a sentence why they do not, or what is missing."""

    standing: Standing
    reason: str
    levels: tuple[Level, ...] = ()


def guardrails_of(organization: Organization | None, account: str, kind: GuardrailType) -> Guardrails:
    """What reaches the principals (or, for resource control policies, the resources) of an account.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """
    name = _NAMES[kind]
    if organization is None:
        return Guardrails("none", f"No organization data was uploaded: {name} are taken as absent.")
    if account == organization.management_account:
        return Guardrails("exempt", f"The management account is exempt from {name}.")
    return _off(organization, kind) or _chained(organization, account, kind)


def _off(organization: Organization, kind: GuardrailType) -> Guardrails | None:
    """That the whole organization has none of this type, or that it cannot be told; None where it has."""
    name = _NAMES[kind]
    if organization.feature_set == "CONSOLIDATED_BILLING":
        return Guardrails("none", f"The organization is for consolidated billing only: it has no {name}.")
    if organization.enabled_types is None:
        return Guardrails("unknown", f"The organization file does not say whether {name} are enabled.")
    if kind not in organization.enabled_types:
        return Guardrails("none", f"The organization has not enabled {name}.")
    if organization.guardrails is None:
        return Guardrails("unknown", f"The organization file holds no policies: which {name} apply is not known.")
    return None


def place_of(organization: Organization, account: str) -> list[tuple[str, str]] | None:
    """Ids and names from the root down to the account; None where the account or the way up is not known."""
    found = next((each for each in organization.accounts if each.id == account), None)
    return _chain(organization, found) if found else None


def _chained(organization: Organization, account: str, kind: GuardrailType) -> Guardrails:
    name = _NAMES[kind]
    if organization.accounts and not any(each.id == account for each in organization.accounts):
        return Guardrails("none", f"{account} is not in the organization: its {name} do not apply.")
    chain = place_of(organization, account)
    if chain is None:
        return Guardrails("unknown", f"The organization file does not tell the place of {account}: {name} are unknown.")
    policies = [each for each in organization.guardrails or () if each.type == kind]
    if any(each.targets is None for each in policies):
        return Guardrails("unknown", f"The organization file does not tell what {name} are attached to.")
    levels = tuple(
        Level(target, label, tuple(each for each in policies if target in (each.targets or ())))
        for target, label in chain
    )
    return Guardrails("applies", "", levels)


def _chain(organization: Organization, account: OrganizationAccount) -> list[tuple[str, str]] | None:
    roots = {root.id for root in organization.roots}
    climbed = list(_climb(organization, account))
    return climbed[::-1] if climbed[-1][0] in roots else None


def _climb(organization: Organization, account: OrganizationAccount) -> Iterator[tuple[str, str]]:
    yield account.id, account.name or account.id
    units = {unit.id: unit for unit in (*organization.units, *organization.roots)}
    parent = account.parent
    while parent is not None and parent in units:
        # Taken out, so that a hostile tree that bites its own tail ends.
        unit = units.pop(parent)
        yield unit.id, unit.name or unit.id
        parent = unit.parent
