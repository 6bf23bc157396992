"""The organization's part to an Organization: what its file lacks is unknown, never absent."""

from __future__ import annotations

from iamviz.ingest.contents import DelegatedContent, GuardrailContent, OrganizationContent, UnitContent
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.parts import Part, decode_content
from iamviz.inventory.model import (
    DelegatedAdministrator,
    Guardrail,
    Notice,
    Organization,
    OrganizationAccount,
    OrganizationalUnit,
)

GUARDRAIL_TYPES = frozenset({"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"})
_MISSING = {
    "roots": ("Roots", "Which policy types are enabled, and what hangs at the root, is unknown."),
    "units": ("OrganizationalUnits", "Which policies an account inherits is unknown."),
    "accounts": ("Accounts", "Names and places of the accounts are unknown."),
    "guardrails": ("Policies", "Service and resource control policies are unknown; they are not taken for absent."),
    "delegated": ("DelegatedAdministrators", "Which member accounts administer services for all is unknown."),
    "enabled_features": ("EnabledFeatures", "Whether root access is managed centrally is unknown."),
}


def build_organization(part: Part, documents: DocumentCache | None = None) -> Organization:
    """Of a part of kind organization."""
    content = decode_content(part, OrganizationContent)
    notices = [*part.notices, *_missing(content, part.file)]
    cache = documents or DocumentCache()
    return Organization(
        content.id,
        content.management_account,
        content.feature_set,
        tuple(_unit(each) for each in content.roots or ()),
        tuple(_unit(each) for each in content.units or ()),
        tuple(
            OrganizationAccount(each.id, each.name, each.state, each.parent, each.email, dict(each.tags))
            for each in content.accounts or ()
        ),
        _guardrails(content, cache, part.file, notices),
        None if content.enabled_types is None else frozenset(content.enabled_types),
        None if content.enabled_features is None else frozenset(content.enabled_features),
        part.collected,
        tuple(notices),
        None if content.delegated is None else tuple(_delegated(each) for each in content.delegated),
    )


def _delegated(value: DelegatedContent) -> DelegatedAdministrator:
    return DelegatedAdministrator(value.account, None if value.services is None else frozenset(value.services))


def _missing(content: OrganizationContent, file: str) -> list[Notice]:
    notices = [
        Notice(None, file, key, "missing", f"The file has no {key}. {effect}")
        for name, (key, effect) in _MISSING.items()
        if getattr(content, name) is None
    ]
    homeless = [each.id for each in content.accounts or () if each.parent is None]
    if homeless:
        text = f"{len(homeless)} accounts have no ParentId, the first is {homeless[0]}: what they inherit is unknown."
        notices.append(Notice(None, file, "Accounts", "missing", text))
    if any(each.targets is None for each in content.guardrails or ()):
        text = "The file has no PolicyTargets: what the policies are attached to is unknown."
        notices.append(Notice(None, file, "PolicyTargets", "missing", text))
    return notices


def _unit(value: UnitContent) -> OrganizationalUnit:
    return OrganizationalUnit(value.id, value.name, value.parent)


def _guardrails(
    content: OrganizationContent, documents: DocumentCache, file: str, notices: list[Notice]
) -> tuple[Guardrail, ...] | None:
    if content.guardrails is None:
        return None
    found: list[Guardrail] = []
    for each in content.guardrails:
        if each.type in GUARDRAIL_TYPES:
            found.append(_guardrail(each, documents, file, notices))
        else:
            text = f"A policy of type {each.type} neither allows nor denies anything; it was left out."
            notices.append(Notice(None, file, f"Policies {each.id}", "ignored", text))
    return tuple(found)


def _guardrail(value: GuardrailContent, documents: DocumentCache, file: str, notices: list[Notice]) -> Guardrail:
    document = documents.read(value.text)
    place = f"Policies {value.id} Content"
    if document.document is None:
        text = f"This control policy cannot be read: {document.problem}."
        notices.append(Notice(None, file, place, "unreadable", text))
    else:
        texts = [f"In this control policy: {problem}" for problem in document.document.problems]
        notices += [Notice(None, file, place, "warning", text) for text in texts]
    return Guardrail(value.id, value.name, value.type, document, value.targets)
