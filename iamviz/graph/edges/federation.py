"""federates-into: SAML, OIDC and web identity providers whose users a role's trust admits. No caller policy counts."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Node, NodeKind
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import provider_node
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.actions import covers_action
from iamviz.policy.document import Statement
from iamviz.policy.principal import Caller, CallerKind

ACTION: dict[NodeKind, str] = {
    "saml-provider": "sts:AssumeRoleWithSAML",
    "oidc-provider": "sts:AssumeRoleWithWebIdentity",
    "web-identity": "sts:AssumeRoleWithWebIdentity",
}
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""

CALLER: dict[NodeKind, CallerKind] = {
    "saml-provider": "provider",
    "oidc-provider": "provider",
    "web-identity": "web-identity",
}

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """One edge for each provider that a trust names with the action that its users call; providers without any too."""
    admissions, world = Admissions(permissions), permissions.world
    for inventory in world.inventories.values():
        for arn in sorted((inventory.oidc_providers or frozenset()) | (inventory.saml_providers or frozenset())):
            yield provider_node(arn)
    for trusting in world.trusting:
        for statement in (each for each in trusting.statements if each.effect == "Allow"):
            for provider in _providers(statement):
                yield from _edges(admissions, trusting, statement, provider)


def _providers(statement: Statement) -> list[Node]:
    return [provider_node(entry.value) for entry in statement.principals or () if entry.kind == "Federated"]


def _edges(admissions: Admissions, trusting: TrustingRole, statement: Statement, provider: Node) -> Iterator[Found]:
    yield provider
    role = trusting.role.arn
    dead = _dead(admissions.permissions.world, trusting, statement, provider)
    if dead is not None:
        yield Block(provider.id, role, "federates-into", "dead", dead, (trusting.evidence(statement),))
        return
    caller = Caller(provider.id.removeprefix("web:"), CALLER[provider.kind], provider.account or "")
    verdict = admissions.of_token(caller, ACTION[provider.kind], trusting)
    yield from edge_from(provider.id, trusting, "federates-into", verdict, admissions)


def _dead(world: World, trusting: TrustingRole, statement: Statement, provider: Node) -> str | None:
    action = ACTION[provider.kind]
    if not covers_action(statement, action):
        return f"the statement does not allow {action}, which is what users of this provider call"
    if provider.account is None:
        return None
    if provider.account != trusting.account:
        return "the provider belongs to another account: STS accepts only providers of the role's own account"
    inventory = world.inventories[trusting.account]
    providers = inventory.saml_providers if provider.kind == "saml-provider" else inventory.oidc_providers
    if providers is not None and provider.id not in providers:
        return "the account has no such provider"
    return None
