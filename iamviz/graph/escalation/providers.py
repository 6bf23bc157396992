"""Methods on identity providers: whoever sets up what a role trusts says who somebody is."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.needs import new
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY, either
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Missing, Test, all_of
from iamviz.policy.principal import Caller

SAML, OIDC = ":saml-provider/", ":oidc-provider/"
CREATE = {SAML: "iam:CreateSAMLProvider", OIDC: "iam:CreateOpenIDConnectProvider"}
TOKEN = {SAML: "sts:AssumeRoleWithSAML", OIDC: "sts:AssumeRoleWithWebIdentity"}
UPDATE_SAML, UPDATE_THUMBPRINT = "iam:UpdateSAMLProvider", "iam:UpdateOpenIDConnectProviderThumbprint"
UPDATE_TRUST = "iam:UpdateAssumeRolePolicy"

ISSUER: Expression = Test(Condition("Null", "iamviz:IssuerHost", ("false",)))
"""That the actor serves the host of the issuer: no key of AWS's, nothing of the request."""


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the roles that trust a provider which the actor makes or changes."""
    if any(asking.covers(actor, (action,)) for action in CREATE.values()):
        yield from ways("iviz-fed-createprovider", FREELY, _created(asking, place, actor))
    if asking.covers(actor, (UPDATE_SAML,)):
        yield from ways("iviz-fed-updatesaml", FREELY, _changed(asking, place, actor, SAML, UPDATE_SAML))
    if asking.covers(actor, (UPDATE_THUMBPRINT,)):
        yield from ways("iviz-fed-oidcthumbprint", FREELY, _changed(asking, place, actor, OIDC, UPDATE_THUMBPRINT))


def _created(asking: Asking, place: Place, actor: Identity) -> Iterator[Aim]:
    """Roles whose provider is gone; and any role whose trust the actor may rewrite."""
    for kind, action in CREATE.items():
        for provider, trusting in _trusts(place, kind):
            missing = _is_missing(place, provider, kind)
            if missing is not NEVER:
                proof = _proof(place, trusting, provider, kind)
                term = all_of((missing, proof.expression, ISSUER if kind == OIDC else ALWAYS))
                yield Aim(trusting.arn, asking.may(actor, action, provider), place.same(Proof(term, proof.evidence)))
    if asking.covers(actor, (UPDATE_TRUST,)):
        made = either(asking.on_new(actor, new(action)) for action in CREATE.values())
        for aim in place.roles_to_change:
            yield Aim(aim.target, asking.together((made, asking.may(actor, UPDATE_TRUST, aim.target))))


def _changed(asking: Asking, place: Place, actor: Identity, kind: str, action: str) -> Iterator[Aim]:
    """Roles that trust a provider of the account; the trust's other conditions stay."""
    for provider, trusting in _trusts(place, kind):
        if _is_missing(place, provider, kind) is not ALWAYS:
            proof = _proof(place, trusting, provider, kind)
            term = all_of((proof.expression, ISSUER if kind == OIDC else ALWAYS))
            yield Aim(trusting.arn, asking.may(actor, action, provider), place.same(Proof(term, proof.evidence)))


def _trusts(place: Place, kind: str) -> Iterator[tuple[str, TrustingRole]]:
    """The account's providers that its roles trust, those that are gone among them."""
    own = f":{place.account}{kind}"
    for trusting in place.roles:
        entries = (entry for statement in trusting.statements for entry in statement.principals or ())
        found = {entry.value: None for entry in entries if entry.kind == "Federated" and own in entry.value}
        yield from ((provider, trusting) for provider in found)


def _is_missing(place: Place, provider: str, kind: str) -> Expression:
    listed = place.inventory.saml_providers if kind == SAML else place.inventory.oidc_providers
    if listed is None:
        return Missing(f"whether {provider} is there was not collected")
    return NEVER if provider in listed else ALWAYS


def _proof(place: Place, trusting: TrustingRole, provider: str, kind: str) -> Proof:
    """Under which conditions the trust lets the provider's users in."""
    verdict = place.admissions.of_token(Caller(provider, "provider", ""), TOKEN[kind], trusting)
    return Proof(verdict.expression, place.admissions.evidence(verdict, trusting))
