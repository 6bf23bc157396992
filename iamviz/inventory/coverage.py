"""What the snapshots do not tell although something hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from iamviz.inventory.guardrails import Guardrails, GuardrailType, guardrails_of
from iamviz.inventory.managed import is_bundled, managed_document
from iamviz.inventory.model import Group, Inventory, Notice, Organization, Role, User
from iamviz.policy.catalogue import managed_policies_source
from iamviz.policy.document import Document

COMMANDS = {"oidc-provider": "list-open-id-connect-providers", "saml-provider": "list-saml-providers"}
RUNNING: Mapping[str, tuple[str, ...]] = {
    "lambda.amazonaws.com": ("lambda list-functions",),
    "ec2.amazonaws.com": (
        "ec2 describe-instances",
        "ssm describe-instance-information",
        "ec2 describe-launch-templates",
        "autoscaling describe-auto-scaling-groups",
    ),
    "ecs-tasks.amazonaws.com": ("ecs describe-clusters", "ecs describe-tasks", "ecs describe-task-definition"),
    "pods.eks.amazonaws.com": ("eks describe-cluster", "eks describe-pod-identity-association"),
    "cloudformation.amazonaws.com": ("cloudformation describe-stacks", "cloudformation describe-stack-set"),
    "codebuild.amazonaws.com": ("codebuild batch-get-projects",),
    "glue.amazonaws.com": ("glue get-jobs", "glue get-dev-endpoints"),
    "sagemaker.amazonaws.com": ("sagemaker describe-notebook-instance",),
    "tasks.apprunner.amazonaws.com": ("apprunner describe-service",),
    "bedrock-agentcore.amazonaws.com": ("bedrock-agentcore-control get-code-interpreter",),
    "rolesanywhere.amazonaws.com": ("rolesanywhere list-profiles", "rolesanywhere list-trust-anchors"),
}
"""What tells of the things that run as a role which trusts the service."""
RESOURCES: Mapping[str, str] = {
    "buckets": "s3api get-bucket-policy",
    "keys": "kms get-key-policy",
    "queues": "sqs get-queue-attributes",
    "topics": "sns get-topic-attributes",
    "functions": "lambda get-policy",
    "secrets": "secretsmanager get-resource-policy",
    "repositories": "ecr get-repository-policy",
}


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
            text = f"`aws iam {command}` was not collected for {_who(accounts)}:"
            unknown = f"{text} whether the providers that roles trust are still there is not known."
            yield Notice(_only(accounts), "", kind, "missing", unknown)


def uncollected_workloads(inventories: Sequence[Inventory]) -> Iterator[Notice]:
    """One line for each service that roles trust in accounts where not all that runs as them was looked at."""
    accounts: dict[str, list[str]] = {}
    missing: dict[str, dict[str, None]] = {}
    seen: dict[int, tuple[str, ...]] = {}
    for inventory in inventories:
        for service in _trusted_services(inventory, seen):
            lacking = [command for command in RUNNING[service] if not inventory.looked_at(command)]
            if lacking:
                accounts.setdefault(service, []).append(inventory.account)
                missing.setdefault(service, {}).update(dict.fromkeys(lacking))
    for service in (each for each in RUNNING if each in accounts):
        found = accounts[service]
        text = f"{_commands(missing[service])} not collected for {_who(found)}: what runs there as the roles that"
        unknown = f"{text} trust {service} is not known. Escalations by taking it over are potential ones only."
        yield Notice(_only(found), "", service, "missing", unknown)


def uncollected_resources(inventories: Sequence[Inventory]) -> Iterator[Notice]:
    """One line for all kinds of resources whose policies were not collected in the same accounts."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, command in RESOURCES.items():
        accounts = tuple(each.account for each in inventories if not each.looked_at(command))
        if accounts:
            kinds.setdefault(accounts, []).append(kind)
    for accounts, found in kinds.items():
        text = f"The policies of {', '.join(found)} were not collected for {_who(accounts)}: who may reach them from"
        unknown = f"{text} outside is not known. Run {_listed(RESOURCES[kind] for kind in found)}."
        yield Notice(_only(accounts), "", "resources", "missing", unknown)


def collected_regions(inventories: Sequence[Inventory]) -> Iterator[Notice]:
    """One line for all accounts in which the same regions were looked at."""
    accounts: dict[tuple[str, ...], list[str]] = {}
    commands = frozenset(command for listed in RUNNING.values() for command in listed)
    for inventory in inventories:
        asked = {region for command in commands & inventory.commands.keys() for region in inventory.commands[command]}
        if asked - {""}:
            accounts.setdefault(tuple(sorted(asked - {""})), []).append(inventory.account)
    for regions, found in accounts.items():
        text = f"What runs in {_who(found)} was looked at in {', '.join(regions)} only: other regions are not known."
        yield Notice(_only(found), "", "Region", "warning", text)


def _trusted_services(inventory: Inventory, seen: dict[int, tuple[str, ...]]) -> set[str]:
    """Those of RUNNING that roles trust. Equal documents are one object: `seen` keeps what each says."""
    found: set[str] = set()
    for role in inventory.roles:
        document = role.trust.document
        if document is not None:
            services = seen.get(id(document))
            if services is None:
                services = seen[id(document)] = _services(document)
            found.update(services)
    return found


def _services(document: Document) -> tuple[str, ...]:
    entries = (entry for statement in document.statements for entry in statement.principals or ())
    named = (entry.value.lower().removesuffix(".cn") for entry in entries if entry.kind == "Service")
    return tuple(name for name in named if name in RUNNING)


def _who(accounts: Sequence[str]) -> str:
    return accounts[0] if len(accounts) == 1 else f"{accounts[0]} and {len(accounts) - 1} more accounts"


def _only(accounts: Sequence[str]) -> str | None:
    return accounts[0] if len(accounts) == 1 else None


def _commands(commands: Iterable[str]) -> str:
    listed = [*commands]
    return f"{_listed(listed)} {'was' if len(listed) == 1 else 'were'}"


def _listed(commands: Iterable[str]) -> str:
    return ", ".join(f"`aws {command}`" for command in commands)


def _is_collected(inventory: Inventory, kind: str) -> bool:
    providers = inventory.oidc_providers if kind == "oidc-provider" else inventory.saml_providers
    return providers is not None


def _trusts(inventory: Inventory, kind: str) -> bool:
    documents = (role.trust.document for role in inventory.roles)
    statements = (statement for document in documents if document for statement in document.statements)
    entries = (entry for statement in statements for entry in statement.principals or ())
    return any(entry.kind == "Federated" and f":{kind}/" in entry.value for entry in entries)


def doubtful_guardrails(organization: Organization, accounts: Sequence[str]) -> Iterator[Notice]:
    """What is not known of the control policies above the accounts, each doubt once."""
    doubts: dict[tuple[str, str], list[str]] = {}
    for kind in get_args(GuardrailType):
        for account in accounts:
            for doubt in _doubts(guardrails_of(organization, account, kind), kind):
                doubts.setdefault(doubt, []).append(account)
    for (kind_of_notice, text), concerned in doubts.items():
        yield Notice(concerned[0] if len(concerned) == 1 else None, "", "", kind_of_notice, text)


def _doubts(found: Guardrails, kind: str) -> Iterator[tuple[str, str]]:
    """Kinds and texts of notices."""
    if found.standing == "unknown":
        yield "missing", f"{found.reason} What they deny is unknown."
    for level in found.levels:
        if not level.policies:
            text = f"{level.name} has no policy of the type {kind}, which AWS does not allow: the export is incomplete."
            yield "incomplete", f"{text} It is taken as full access."
