"""The identity providers that a role's trust names: which users of theirs it admits, and why some never get in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iamviz.graph.admission import Admissions
from iamviz.graph.model import Node, NodeKind
from iamviz.graph.subjects import Provider, vouches_for_aws
from iamviz.graph.trust import provider_node
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.actions import covers_action
from iamviz.policy.document import Statement
from iamviz.policy.principal import Caller, CallerKind

ACTION: Mapping[NodeKind, str] = {
    "saml-provider": "sts:AssumeRoleWithSAML",
    "oidc-provider": "sts:AssumeRoleWithWebIdentity",
    "web-identity": "sts:AssumeRoleWithWebIdentity",
}
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""

_CALLER: Mapping[NodeKind, CallerKind] = {
    "saml-provider": "provider",
    "oidc-provider": "provider",
    "web-identity": "web-identity",
}


def named_providers(trusting: TrustingRole) -> Mapping[Node, list[Statement]]:
    """The providers that an Allow of the trust policy names, each with the statements that do."""
    named: dict[Node, list[Statement]] = {}
    for statement in trusting.statements:
        if statement.effect != "Allow":
            continue
        for entry in statement.principals or ():
            if entry.kind == "Federated":
                named.setdefault(provider_node(entry.value), []).append(statement)
    return named


def verdict_on(node: Node, trusting: TrustingRole, admissions: Admissions) -> Verdict:
    """Under which conditions users of the provider may assume the role."""
    caller = Caller(node.id.removeprefix("web:"), _CALLER[node.kind], node.account or "")
    return admissions.of_token(caller, ACTION[node.kind], trusting)


def why_dead(world: World, trusting: TrustingRole, statements: Iterable[Statement], provider: Node) -> str | None:
    """Why no user of the provider can ever assume the role; None where some may."""
    action = ACTION[provider.kind]
    if not any(covers_action(statement, action) for statement in statements):
        return f"the statement does not allow {action}, which is what users of this provider call"
    if provider.kind == "oidc-provider" and vouches_for_aws(Provider(provider.name)):
        return "STS takes no tokens that AWS accounts issue for their own principals"
    if provider.account is None:
        return None
    if provider.account != trusting.account:
        return "the provider belongs to another account: STS accepts only providers of the role's own account"
    inventory = world.inventories[trusting.account]
    providers = inventory.saml_providers if provider.kind == "saml-provider" else inventory.oidc_providers
    if providers is not None and provider.id not in providers:
        return "the account has no such provider"
    return None
