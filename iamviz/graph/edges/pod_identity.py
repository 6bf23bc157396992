"""runs-as by EKS Pod Identity: service accounts of clusters, by the associations that bind them to roles.

The trust names the service only; the six tags that EKS passes tell it which pod asks.
https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html and pod-id-abac.html
"""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.admission import Admissions, edge_from
from iamviz.graph.model import Block, Edge, Node
from iamviz.graph.permission import Permissions
from iamviz.graph.subjects import Claim, Words, confined_to, service_account_words, settled
from iamviz.graph.trust import admits_service, trusted_services
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import TrustingRole
from iamviz.inventory.clusters import PodAssociation
from iamviz.policy.arn import parse_arn
from iamviz.policy.expression import Expression, Missing, all_of

SERVICE = "pods.eks.amazonaws.com"
COMMAND = "eks describe-pod-identity-association"
TAG_SESSION = "sts:TagSession"

NOT_COLLECTED = f"`aws {COMMAND}` was not collected: which pods run as the role is not known"
MAY_TAG = "the trust does not allow sts:TagSession, so only an association with session tags off works"

NAMESPACE, SERVICE_ACCOUNT = "aws:RequestTag/kubernetes-namespace", "aws:RequestTag/kubernetes-service-account"

Found = Node | Edge | Block


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """One edge for each association; where nobody looked, one from the pods that the trust has in mind."""
    admissions = Admissions(permissions)
    for account, inventory in permissions.world.inventories.items():
        for association in inventory.workloads.pod_associations:
            yield from _bound(admissions, account, association)
    for trusting in permissions.world.trusting:
        looked = permissions.world.inventories[trusting.account].looked_at(COMMAND)
        if not looked and SERVICE in trusted_services(trusting):
            yield from _supposed(admissions, trusting)


def _bound(admissions: Admissions, account: str, association: PodAssociation) -> Iterator[Found]:
    trusting = admissions.permissions.world.trusting_by_arn.get(association.role or "")
    if trusting is None:
        return
    name = association.cluster.rpartition("/")[2]
    source = _node(association.cluster, name, association.namespace, association.service_account, account)
    yield source
    dead = _why_dead(trusting, account)
    if dead is not None:
        yield Block(source.id, trusting.arn, "runs-as", "dead", dead)
        return
    tags = {
        "eks-cluster-arn": association.cluster,
        "eks-cluster-name": name,
        "kubernetes-namespace": association.namespace,
        "kubernetes-service-account": association.service_account,
    }
    claims = [Claim(f"aws:RequestTag/{key}", value) for key, value in tags.items()]
    verdict = _verdict(admissions, trusting)
    told = Verdict(settled(verdict.expression, claims), verdict.told, verdict.shut)
    yield from edge_from(source.id, trusting, "runs-as", told, admissions)


def _why_dead(trusting: TrustingRole, account: str) -> str | None:
    if trusting.account != account:
        return "the role of an association must be in the cluster's account"
    if SERVICE not in trusted_services(trusting):
        return "the role's trust policy does not let EKS Pod Identity in"
    return None


def _verdict(admissions: Admissions, trusting: TrustingRole) -> Verdict:
    verdict = admissions.of_service(SERVICE, trusting)
    if admits_service(trusting, SERVICE, TAG_SESSION):
        return verdict
    return Verdict(all_of((verdict.expression, Missing(MAY_TAG))), verdict.told, verdict.shut)


def _supposed(admissions: Admissions, trusting: TrustingRole) -> Iterator[Found]:
    """From the pods that the conditions on tags leave: all of the account's clusters where there are none."""
    verdict = _verdict(admissions, trusting)
    cluster = f"arn:{trusting.partition}:eks:*:{trusting.account}:cluster/*"
    namespace, name = (_only(verdict.expression, key) for key in (NAMESPACE, SERVICE_ACCOUNT))
    source = _node(cluster, "", namespace, name, trusting.account)
    claims = [Claim(NAMESPACE, namespace), Claim(SERVICE_ACCOUNT, name)]
    supposed = all_of((settled(verdict.expression, claims), Missing(NOT_COLLECTED)))
    yield source
    yield from edge_from(source.id, trusting, "runs-as", Verdict(supposed, verdict.told, verdict.shut), admissions)


def _only(expression: Expression, key: str) -> str:
    """The one value that a condition asks for, else any."""
    patterns = confined_to(expression, key)
    return patterns[0] if patterns is not None and len(patterns) == 1 else "*"


def _node(cluster: str, name: str, namespace: str, service_account: str, account: str) -> Node:
    subject = f"system:serviceaccount:{namespace}:{service_account}"
    arn = parse_arn(cluster)
    where = f"cluster {name}" if name else f"EKS clusters of account {arn.account if arn else account}"
    words = service_account_words(subject, where) or Words(subject, "some")
    return Node(f"{cluster}#{subject}", "federated-subject", words.label, account)
