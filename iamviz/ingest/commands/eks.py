"""EKS: clusters, who may talk to them, which roles their pods and nodes have."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import msgspec

from iamviz.ingest.command_contents import EntryPolicies
from iamviz.ingest.commands.names import names_only
from iamviz.ingest.commands.reader import Answer, CamelPrinted, CommandReader, Reader, Tags, tags_of
from iamviz.ingest.source import Refusal
from iamviz.inventory.clusters import AccessEntry, AccessPolicy, EksCluster, NodeGroup, PodAssociation


class AccessConfig(CamelPrinted):
    authentication_mode: str | None = None


class Issuer(CamelPrinted):
    issuer: str | None = None


class ClusterIdentity(CamelPrinted):
    oidc: Issuer | None = None


class EksShape(CamelPrinted):
    name: str
    arn: str
    role_arn: str | None = None
    access_config: AccessConfig | None = None
    identity: ClusterIdentity | None = None
    status: str | None = None
    tags: Tags = None


class EntryShape(CamelPrinted):
    cluster_name: str
    principal_arn: str
    access_entry_arn: str | None = None
    kubernetes_groups: list[str] | None = None
    username: str | None = None
    type: str = "STANDARD"


class ScopeShape(CamelPrinted):
    type: str = "cluster"
    namespaces: list[str] | None = None


class PolicyShape(CamelPrinted):
    policy_arn: str
    access_scope: ScopeShape | None = None


class EntryPoliciesShape(CamelPrinted):
    associated_access_policies: list[PolicyShape] | None = None
    cluster_name: str | None = None
    principal_arn: str | None = None


class EntriesShape(CamelPrinted):
    access_entries: list[str] | None = None


class AssociationShape(CamelPrinted):
    cluster_name: str
    namespace: str
    service_account: str
    role_arn: str | None = None
    association_arn: str | None = None
    association_id: str | None = None
    target_role_arn: str | None = None
    external_id: str | None = None
    policy: str | None = None


class GroupShape(CamelPrinted):
    nodegroup_name: str
    cluster_name: str
    nodegroup_arn: str | None = None
    node_role: str | None = None


def eks_clusters(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("eks_clusters", reader.one(raw, "Cluster", EksShape, place, _eks_cluster))


def _eks_cluster(reader: CommandReader, value: EksShape, answer: Answer) -> EksCluster:
    arn = reader.own(value.arn, f"{answer.place}.arn")
    issuer = value.identity.oidc.issuer if value.identity and value.identity.oidc else None
    return EksCluster(
        arn,
        value.name,
        reader.region_of(arn),
        value.role_arn,
        value.access_config.authentication_mode if value.access_config else None,
        issuer.removeprefix("https://") if issuer else None,
        value.status,
        tags_of(value.tags, answer.place),
    )


def listed_clusters(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    """Clusters of which nothing but the name is told."""
    names = reader.strings(raw, "Clusters", place)
    reader.add("listed_clusters", [_named_cluster(reader, name, where) for name, where in names])


def _named_cluster(reader: CommandReader, name: str, place: str) -> EksCluster:
    return EksCluster(reader.arn("eks", f"cluster/{name}", place), name, reader.region)


def listed_in_clusters(key: str) -> Reader:
    """The reader of a listing for each cluster, of which no more is used than that the clusters are there."""
    count = names_only(key)

    def read(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
        count(reader, raw, place)
        answers = [each for each in reader.answers(raw, key, place) if each.names]
        reader.add_beside("listed_clusters", [_named_cluster(reader, each.names[0], each.place) for each in answers])

    return read


def _cluster_arn(reader: CommandReader, name: str, place: str) -> str:
    return reader.arn("eks", f"cluster/{name}", f"{place}.clusterName")


def access_entries(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("access_entries", reader.one(raw, "AccessEntry", EntryShape, place, _entry))


def _entry(reader: CommandReader, value: EntryShape, answer: Answer) -> AccessEntry:
    return AccessEntry(
        value.access_entry_arn or _entry_arn(reader, value.cluster_name, value.principal_arn, answer.place),
        _cluster_arn(reader, value.cluster_name, answer.place),
        value.principal_arn,
        value.type,
        value.username,
        tuple(sorted(value.kubernetes_groups or ())),
    )


def _entry_arn(reader: CommandReader, cluster: str, principal: str, place: str) -> str:
    return reader.arn("eks", f"access-entry/{cluster}/{principal}", f"{place}.principalArn")


def listed_entries(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    """Who has an entry in the cluster that the command was asked about; what kind of entry is not told."""
    found = reader.whole(raw, "AccessEntries", EntriesShape, place, _listed_entries)
    reader.add("listed_entries", chain.from_iterable(found))
    answers = [each for each in reader.answers(raw, "AccessEntries", place) if each.names]
    reader.add_beside("listed_clusters", [_named_cluster(reader, each.names[0], each.place) for each in answers])


def _listed_entries(reader: CommandReader, value: EntriesShape, answer: Answer) -> list[AccessEntry]:
    if not answer.names:
        raise Refusal("the answers of this command by the name of the cluster", "Key them by it.", place=answer.place)
    name = answer.names[-1]
    cluster = _cluster_arn(reader, name, answer.place)
    return [
        AccessEntry(_entry_arn(reader, name, each, answer.place), cluster, each) for each in value.access_entries or ()
    ]


def entry_policies(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    found = reader.whole(raw, "AssociatedAccessPolicies", EntryPoliciesShape, place, _entry_policies)
    reader.add("entry_policies", found)


def _entry_policies(reader: CommandReader, value: EntryPoliciesShape, answer: Answer) -> EntryPolicies:
    names = (*answer.names, "", "")
    cluster, principal = value.cluster_name or names[0], value.principal_arn or names[1]
    return EntryPolicies(
        _entry_arn(reader, cluster, principal, answer.place),
        _cluster_arn(reader, cluster, answer.place),
        principal,
        tuple(_access_policy(each) for each in value.associated_access_policies or ()),
    )


def _access_policy(value: PolicyShape) -> AccessPolicy:
    scope = value.access_scope or ScopeShape()
    return AccessPolicy(value.policy_arn, scope.type, tuple(sorted(scope.namespaces or ())))


def pod_associations(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("pod_associations", reader.one(raw, "Association", AssociationShape, place, _association))


def _association(reader: CommandReader, value: AssociationShape, answer: Answer) -> PodAssociation:
    name = value.association_id or f"{value.namespace}/{value.service_account}"
    return PodAssociation(
        value.association_arn
        or reader.arn("eks", f"podidentityassociation/{value.cluster_name}/{name}", f"{answer.place}.clusterName"),
        _cluster_arn(reader, value.cluster_name, answer.place),
        value.namespace,
        value.service_account,
        value.role_arn,
        value.target_role_arn,
        value.external_id,
        has_session_policy=bool(value.policy),
    )


def node_groups(reader: CommandReader, raw: msgspec.Raw, place: str) -> None:
    reader.add("node_groups", reader.one(raw, "Nodegroup", GroupShape, place, _node_group))


def _node_group(reader: CommandReader, value: GroupShape, answer: Answer) -> NodeGroup:
    name = f"nodegroup/{value.cluster_name}/{value.nodegroup_name}"
    arn = value.nodegroup_arn or reader.arn("eks", name, f"{answer.place}.nodegroupName")
    return NodeGroup(arn, value.nodegroup_name, _cluster_arn(reader, value.cluster_name, answer.place), value.node_role)


COMMANDS: Mapping[str, Reader] = {
    "eks list-clusters": listed_clusters,
    "eks describe-cluster": eks_clusters,
    "eks list-access-entries": listed_entries,
    "eks describe-access-entry": access_entries,
    "eks list-associated-access-policies": entry_policies,
    "eks list-pod-identity-associations": listed_in_clusters("Associations"),
    "eks describe-pod-identity-association": pod_associations,
    "eks list-nodegroups": listed_in_clusters("Nodegroups"),
    "eks describe-nodegroup": node_groups,
}
