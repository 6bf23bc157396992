"""Methods by which somebody runs pods in an EKS cluster: they take the roles of pods, service accounts and nodes.

https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
"""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY, NOT_AT_ALL
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.clusters import AccessEntry, EksCluster
from iamviz.policy.arn import parse_arn
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Missing, Test
from iamviz.policy.principal import Caller

CREATE_ENTRY, ASSOCIATE = "eks:CreateAccessEntry", "eks:AssociateAccessPolicy"
DESCRIBE = "eks describe-cluster"
NOT_DESCRIBED = Verdict(Missing(f"`aws {DESCRIBE}` was not collected"))
BY_ENTRIES = frozenset({"API", "API_AND_CONFIG_MAP"})
ADMIN_POLICIES = ("AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy")
"""Access policies that let somebody make pods."""

HOP_LIMIT: Expression = Test(Condition("Null", "iamviz:HostNetwork", ("false",)))
"""That a pod on the node's own network can be run: no key of AWS's, nothing of the request."""
BY_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the roles of each cluster that the actor can make pods in, or can let itself into."""
    for cluster in place.inventory.workloads.eks_clusters:
        yield from _inside(place, actor, cluster)
        knows_entries = _knows_entries(place, cluster)
        if knows_entries is not NOT_AT_ALL:
            yield from _let_in(asking, place, actor, cluster, knows_entries)


def _knows_entries(place: Place, cluster: EksCluster) -> Verdict:
    """Whether whoever has an access entry is let in: not known of a cluster of which only the name is."""
    if cluster.auth_mode in BY_ENTRIES:
        return FREELY
    if cluster.auth_mode is None and not place.inventory.looked_at(DESCRIBE):
        return NOT_DESCRIBED
    return NOT_AT_ALL


def _let_in(
    asking: Asking, place: Place, actor: Identity, cluster: EksCluster, knows_entries: Verdict
) -> Iterator[Way]:
    entries = [each for each in place.inventory.workloads.access_entries if each.cluster == cluster.arn]
    own = [each for each in entries if each.principal == actor.arn]
    reached = [aim for _, aim in _roles(place, cluster, None)]
    if own:
        for entry in own:
            given = asking.together((knows_entries, asking.may(actor, ASSOCIATE, entry.arn)))
            yield from ways("iviz-eks-accesspolicy", given, reached)
    elif asking.covers(actor, (CREATE_ENTRY, ASSOCIATE)):
        made, policy = asking.may(actor, CREATE_ENTRY, cluster.arn), _new_entry(asking, actor, cluster)
        yield from ways("iviz-eks-accessentry", asking.together((knows_entries, made, policy)), reached)


def _new_entry(asking: Asking, actor: Identity, cluster: EksCluster) -> Verdict:
    parsed = parse_arn(cluster.arn)
    region = parsed.region if parsed else ""
    kind, name = ("role" if actor.is_role else "user"), actor.entity.name
    place = f"arn:{actor.partition}:eks:{region}:{actor.account}"
    return asking.may(actor, ASSOCIATE, f"{place}:access-entry/{cluster.name}/{kind}/{actor.account}/{name}/x")


def _inside(place: Place, actor: Identity, cluster: EksCluster) -> Iterator[Way]:
    """Whoever has an entry with a policy that lets him make pods."""
    for entry in place.inventory.workloads.access_entries:
        if entry.cluster == cluster.arn and entry.principal == actor.arn:
            namespaces = _namespaces(entry)
            if namespaces is not None:
                for method, aim in _roles(place, cluster, namespaces or None):
                    yield from ways(method, FREELY, [aim])


def _namespaces(entry: AccessEntry) -> frozenset[str] | None:
    """Where it may make pods: nowhere (None), in some namespaces, or (empty) in all."""
    if "system:masters" in entry.groups:
        return frozenset()
    fitting = [each for each in entry.policies or () if each.arn.rsplit("/", 1)[-1] in ADMIN_POLICIES]
    if not fitting:
        return None
    if any(each.scope == "cluster" for each in fitting):
        return frozenset()
    return frozenset(name for each in fitting for name in each.namespaces)


def _roles(place: Place, cluster: EksCluster, namespaces: frozenset[str] | None) -> Iterator[tuple[str, Aim]]:
    """The roles that pods of the cluster take, by method; of some namespaces or (None) of all."""
    for association in place.inventory.workloads.pod_associations:
        is_inside = association.cluster == cluster.arn and (namespaces is None or association.namespace in namespaces)
        if is_inside and association.role and association.role in place.identities:
            yield "iviz-eks-podassoc", Aim(association.role)
    yield from (("iviz-eks-irsa", aim) for aim in _by_tokens(place, cluster, namespaces))
    if namespaces is None:
        yield from (("iviz-eks-node", aim) for aim in _nodes(place, cluster))


def _by_tokens(place: Place, cluster: EksCluster, namespaces: frozenset[str] | None) -> Iterator[Aim]:
    """Roles that trust the cluster's own provider: whoever makes service accounts has any subject."""
    if not cluster.issuer:
        return
    provider = f"arn:{place.inventory.partition}:iam::{place.account}:oidc-provider/{cluster.issuer}"
    for trusting in place.roles:
        named = any(entry.value == provider for each in trusting.statements for entry in each.principals or ())
        if not named or (namespaces is not None and not _mentions(trusting.statements, namespaces)):
            continue
        verdict = place.admissions.of_token(Caller(provider, "provider", place.account), BY_WEB_IDENTITY, trusting)
        if verdict.expression is not NEVER:
            missing = isinstance(verdict.expression, Missing)
            term = verdict.expression if missing else ALWAYS
            yield Aim(trusting.arn, proof=Proof(term, place.admissions.evidence(verdict, trusting)))


def _mentions(statements: object, namespaces: frozenset[str]) -> bool:
    text = repr(statements)
    return any(f"system:serviceaccount:{namespace}:" in text for namespace in namespaces)


def _nodes(place: Place, cluster: EksCluster) -> Iterator[Aim]:
    """The roles of the nodes; where the metadata service is one hop away, pods reach it on the node's network only."""
    for group in place.inventory.workloads.node_groups:
        if group.cluster == cluster.arn and group.role and group.role in place.identities:
            near = any(each.hop_limit == 1 for each in place.inventory.workloads.instances if each.role == group.role)
            yield Aim(group.role, proof=Proof(HOP_LIMIT if near else ALWAYS))
