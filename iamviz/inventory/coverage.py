"""What the snapshots do not tell although something hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamviz.inventory.managed import is_bundled, managed_document
from iamviz.inventory.model import Group, Inventory, Notice, Role, User
from iamviz.policy.catalogue import managed_policies_source

COMMANDS = {"oidc-provider": "list-open-id-connect-providers", "saml-provider": "list-saml-providers"}


def missing_documents(inventory: Inventory) -> Iterator[Notice]:
    """One line for each policy that something hangs on and whose document the snapshot lacks.

    Where AWS owns the policy and the bundle has it, nothing is unknown: the line says what was taken instead.
    """
    holders: dict[str, list[str]] = {}
    entities: tuple[User | Role | Group, ...] = (*inventory.users, *inventory.roles, *inventory.groups)
    for entity in entities:
        boundary = () if isinstance(entity, Group) or entity.boundary is None else (entity.boundary,)
        for arn in dict.fromkeys((*entity.attached, *boundary)):
            if managed_document(inventory, arn) is None or is_bundled(inventory, arn):
                holders.setdefault(arn, []).append(entity.name)
    for arn, names in sorted(holders.items()):
        who = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        text = f"The document of {arn} is not in the snapshot: what it allows or limits for {who}"
        if managed_document(inventory, arn) is None:
            yield Notice(inventory.account, "", arn, "missing", f"{text} is unknown.")
        else:
            date = managed_policies_source().date
            taken = f"was taken from the bundle of {date}, as AWS published it then."
            yield Notice(inventory.account, "", arn, "warning", f"{text} {taken}")


def uncollected_providers(inventories: Sequence[Inventory]) -> Iterator[Notice]:
    """One line for each kind of identity provider that roles trust in accounts whose list was not collected."""
    for kind, command in COMMANDS.items():
        accounts = [each.account for each in inventories if not _is_collected(each, kind) and _trusts(each, kind)]
        if accounts:
            who = accounts[0] if len(accounts) == 1 else f"{accounts[0]} and {len(accounts) - 1} more accounts"
            text = f"`aws iam {command}` was not collected for {who}:"
            unknown = f"{text} whether the providers that roles trust are still there is not known."
            yield Notice(accounts[0] if len(accounts) == 1 else None, "", kind, "missing", unknown)


def _is_collected(inventory: Inventory, kind: str) -> bool:
    providers = inventory.oidc_providers if kind == "oidc-provider" else inventory.saml_providers
    return providers is not None


def _trusts(inventory: Inventory, kind: str) -> bool:
    documents = (role.trust.document for role in inventory.roles)
    statements = (statement for document in documents if document for statement in document.statements)
    entries = (entry for statement in statements for entry in statement.principals or ())
    return any(entry.kind == "Federated" and f":{kind}/" in entry.value for entry in entries)
