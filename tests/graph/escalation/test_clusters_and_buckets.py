"""Methods that lead into EKS clusters and to buckets."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.clusters import AccessEntry, AccessPolicy, NodeGroup
from iamviz.inventory.model import InstanceProfile, Inventory
from tests.builders import A, account, allow, arn, deny, managed, role, trust, user
from tests.graph.escalation.worlds import found, refused
from tests.workloads import eks_cluster, instance, pod_association, resource

ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
CLUSTER = "arn:aws:eks:us-east-1:111111111111:cluster/main"
ME = arn(A, "user/mallory")
CLUSTER_ADMIN = AccessPolicy("arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")
ENTER = allow(["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"])

IRSA = role(
    "irsa",
    trusts=trust(
        {"Federated": arn(A, f"oidc-provider/{ISSUER}")},
        "sts:AssumeRoleWithWebIdentity",
        Condition={"StringEquals": {f"{ISSUER}:sub": "system:serviceaccount:shop:cart"}},
    ),
)
NODE = role("node", trusts=trust({"Service": "ec2.amazonaws.com"}))
POD = role("pod", trusts=trust({"Service": "pods.eks.amazonaws.com"}))
PROFILE = InstanceProfile(arn(A, "instance-profile/nodes"), "nodes", (arn(A, "role/node"),))


def entry(*policies: AccessPolicy, principal: str = ME) -> AccessEntry:
    return AccessEntry("mallory/1", "main", principal, policies=policies)


def world(*more: object, statements: tuple[dict[str, Any], ...] = (), mode: str = "API", hops: int = 2) -> Inventory:
    cluster = eks_cluster(auth_mode=mode, issuer=ISSUER)
    inside = [POD, IRSA, NODE, pod_association("pod", "shop", "cart"), NodeGroup("", "group", "main", "node")]
    nodes = [PROFILE, instance(profile="nodes", hop_limit=hops)]
    return account(A, user("mallory", *statements), cluster, *inside, *nodes, *more)


def test_who_makes_himself_a_cluster_admin_takes_the_roles_of_its_pods_and_nodes() -> None:
    edges = found("iviz-eks-accessentry", world(statements=(ENTER,)))
    assert edges == [("mallory", name, "certain") for name in ("irsa", "node", "pod")]


@pytest.mark.parametrize(
    ("statements", "mode"),
    [
        ((ENTER,), "CONFIG_MAP"),
        ((allow("eks:CreateAccessEntry"),), "API"),
        ((allow("eks:AssociateAccessPolicy"),), "API"),
    ],
    ids=["knows no entries", "gives no policy", "makes no entry"],
)
def test_who_lacks_one_thing_takes_none(statements: tuple[dict[str, Any], ...], mode: str) -> None:
    assert found("iviz-eks-accessentry", world(statements=statements, mode=mode)) == []


def test_who_has_an_entry_gives_it_a_stronger_policy() -> None:
    may = (allow("eks:AssociateAccessPolicy"),)
    edges = found("iviz-eks-accesspolicy", world(entry(), statements=may))
    assert edges == [("mallory", name, "certain") for name in ("irsa", "node", "pod")]


def test_the_entry_of_another_is_none_of_his_business() -> None:
    others = entry(principal=arn(A, "user/bob"))
    assert found("iviz-eks-accesspolicy", world(others, statements=(allow("eks:AssociateAccessPolicy"),))) == []


@pytest.mark.parametrize(
    ("method", "target"), [("iviz-eks-podassoc", "pod"), ("iviz-eks-irsa", "irsa"), ("iviz-eks-node", "node")]
)
def test_a_cluster_admin_takes_the_roles_inside(method: str, target: str) -> None:
    assert found(method, world(entry(CLUSTER_ADMIN))) == [("mallory", target, "certain")]


@pytest.mark.parametrize("method", ["iviz-eks-podassoc", "iviz-eks-irsa", "iviz-eks-node"])
def test_who_may_only_look_takes_none_of_them(method: str) -> None:
    viewer = AccessPolicy("arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy")
    assert found(method, world(entry(viewer))) == []


@pytest.mark.parametrize(("namespace", "reached"), [("shop", 1), ("staging", 0)])
def test_who_is_admin_of_a_namespace_takes_what_runs_in_it(namespace: str, reached: int) -> None:
    own = AccessPolicy(CLUSTER_ADMIN.arn.replace("ClusterAdmin", "Admin"), "namespace", (namespace,))
    for method in ("iviz-eks-podassoc", "iviz-eks-irsa"):
        assert len(found(method, world(entry(own)))) == reached
    assert found("iviz-eks-node", world(entry(own))) == []


def test_the_role_of_nodes_whose_metadata_is_one_hop_away_is_conditional() -> None:
    assert found("iviz-eks-node", world(entry(CLUSTER_ADMIN), hops=1)) == [("mallory", "node", "conditional")]


BUCKET = "iviz-s3-bucketpolicy"


def bucket(*statements: dict[str, Any], **more: Any) -> Inventory:
    fence = managed("fence", allow("s3:PutBucketPolicy"))
    return account(A, fence, user("mallory", *statements, **more), resource("bucket", "logs"))


def test_who_writes_the_policy_of_a_bucket_reads_it() -> None:
    assert found(BUCKET, bucket(allow("s3:PutBucketPolicy"))) == [("mallory", "arn:aws:s3:::logs", "certain")]


def test_who_writes_the_policy_of_another_bucket_does_not() -> None:
    assert found(BUCKET, bucket(allow("s3:PutBucketPolicy", "arn:aws:s3:::other"))) == []


def test_a_deny_of_his_own_keeps_him_out() -> None:
    denied = bucket(allow("s3:PutBucketPolicy"), deny("s3:GetObject"))
    assert found(BUCKET, denied) == []
    assert refused(BUCKET, denied) == [("arn:aws:s3:::logs", "identity")]


def test_a_boundary_without_reading_keeps_him_out() -> None:
    bound = bucket(allow("s3:PutBucketPolicy"), boundary=arn(A, "policy/fence"))
    assert found(BUCKET, bound) == []
    assert refused(BUCKET, bound) == [("arn:aws:s3:::logs", "boundary")]
