"""Methods that lead into EKS clusters and to buckets, beyond the cases that every method has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iamviz.inventory.clusters import AccessPolicy
from iamviz.inventory.model import Inventory
from tests.builders import A, allow, arn, deny
from tests.graph.escalation.cases.beyond import ASSOCIATE, CLUSTER_ADMIN, CREATE, bucket, cluster, entry
from tests.graph.escalation.worlds import found, refused


@pytest.mark.parametrize(("namespace", "reached"), [("shop", 1), ("staging", 0)])
def test_who_is_admin_of_a_namespace_takes_what_runs_in_it(namespace: str, reached: int) -> None:
    own = AccessPolicy(CLUSTER_ADMIN.arn.replace("ClusterAdmin", "Admin"), "namespace", (namespace,))
    for method in ("iviz-eks-podassoc", "iviz-eks-irsa"):
        assert len(found(method, cluster(entry(own)))) == reached
    assert found("iviz-eks-node", cluster(entry(own))) == []


def test_the_role_of_nodes_whose_metadata_is_one_hop_away_is_conditional() -> None:
    assert found("iviz-eks-node", cluster(entry(CLUSTER_ADMIN), hops=1)) == [("mallory", "node", "conditional")]


@pytest.mark.parametrize(
    ("method", "world"),
    [
        ("iviz-eks-accessentry", cluster(statements=(CREATE, ASSOCIATE), mode=None)),
        ("iviz-eks-accesspolicy", cluster(entry(), statements=(ASSOCIATE,), mode=None)),
    ],
)
def test_whether_a_cluster_that_nobody_described_knows_entries_is_unknown(method: str, world: Inventory) -> None:
    described = "eks describe-cluster"
    named = replace(world, commands={each: world.commands[each] for each in world.commands if each != described})
    assert {sure for _, _, sure in found(method, named)} == {"unknown"}
    assert found(method, world) == []


BUCKET = "iviz-s3-bucketpolicy"


def test_a_deny_of_his_own_keeps_him_out() -> None:
    denied = bucket(allow("s3:PutBucketPolicy"), deny("s3:GetObject"))
    assert found(BUCKET, denied) == []
    assert refused(BUCKET, denied) == [("arn:aws:s3:::logs", "identity")]


def test_a_boundary_without_reading_keeps_him_out() -> None:
    bound = bucket(allow("s3:PutBucketPolicy"), boundary=arn(A, "policy/fence"))
    assert found(BUCKET, bound) == []
    assert refused(BUCKET, bound) == [("arn:aws:s3:::logs", "boundary")]
