"""Cases of the methods that lead out of IAM: into clusters, to buckets, and into other accounts of an organization."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from iamviz.inventory.clusters import AccessEntry, AccessPolicy, NodeGroup
from iamviz.inventory.model import InstanceProfile, Inventory, Organization, OrganizationAccount
from tests.builders import A, B, account, allow, arn, deny, managed, role, trust, user
from tests.graph.escalation.cases.case import Case, World, mallory
from tests.graph.escalation.worlds import ADMIN
from tests.workloads import eks_cluster, instance, pod_association, resource

ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
ME = arn(A, "user/mallory")
CLUSTER_ADMIN = AccessPolicy("arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")
VIEWER = AccessPolicy("arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy")
CREATE, ASSOCIATE = allow("eks:CreateAccessEntry"), allow("eks:AssociateAccessPolicy")
INSIDE = ("irsa", "node", "pod")

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
ASSOCIATED, NODES = pod_association("pod", "shop", "cart"), NodeGroup("", "group", "main", "node")


def entry(*policies: AccessPolicy, principal: str = ME) -> AccessEntry:
    return AccessEntry("mallory/1", "main", principal, policies=policies)


def cluster(
    *more: object,
    statements: tuple[dict[str, Any], ...] = (),
    mode: str | None = "API",
    hops: int = 2,
    issuer: str | None = ISSUER,
    running: tuple[object, ...] = (ASSOCIATED, NODES),
) -> Inventory:
    """A cluster with a pod's role, a service account's and a node's."""
    main = eks_cluster(auth_mode=mode, issuer=issuer)
    machine = instance(profile="nodes", hop_limit=hops)
    return account(A, user("mallory", *statements), main, POD, IRSA, NODE, PROFILE, machine, *running, *more)


def inside(method: str, target: str, without: Inventory) -> Case:
    """A cluster admin takes what runs inside."""
    decoys = {
        "has no entry": cluster(),
        "the entry of another": cluster(entry(CLUSTER_ADMIN, principal=arn(A, "user/bob"))),
        "may only look": cluster(entry(VIEWER)),
        "none is there": without,
    }
    return Case(method, cluster(entry(CLUSTER_ADMIN)), (target,), decoys)


def bucket(*statements: dict[str, Any], **more: Any) -> Inventory:
    fence = managed("fence", allow("s3:PutBucketPolicy"))
    return mallory(*statements, others=(fence, resource("bucket", "logs")), **more)


RESERVED = role("AWSReservedSSO_Admin_0123456789abcdef", allow("*"), path="/aws-reserved/sso.amazonaws.com/")
WEAK = replace(RESERVED, inline=())
MEMBERS = Organization(
    "o-1",
    management_account=A,
    accounts=(OrganizationAccount(A, "management"), OrganizationAccount(B, "member")),
    enabled_types=frozenset(),
    enabled_features=frozenset({"RootSessions"}),
)
OFF = replace(MEMBERS, enabled_features=frozenset())
LED_BY_B = replace(MEMBERS, management_account=B, delegated_administrators=())


def organized(statement: dict[str, Any], organization: Organization | None = MEMBERS, member: Any = RESERVED) -> World:
    """A user of the management account, and a member."""
    return World((mallory(statement), account(B, member)), organization)


ROOT_OF_B = f"arn:aws:iam::{B}:root"

CASES = (
    Case(
        "iviz-eks-accessentry",
        cluster(statements=(CREATE, ASSOCIATE)),
        INSIDE,
        {
            "makes no entry": cluster(statements=(ASSOCIATE,)),
            "gives no policy": cluster(statements=(CREATE,)),
            "knows no entries": cluster(statements=(CREATE, ASSOCIATE), mode="CONFIG_MAP"),
            "on another cluster": cluster(
                statements=(allow("eks:CreateAccessEntry", "arn:aws:eks:*:*:cluster/other"), ASSOCIATE)
            ),
        },
    ),
    Case(
        "iviz-eks-accesspolicy",
        cluster(entry(), statements=(ASSOCIATE,)),
        INSIDE,
        {
            "the entry of another": cluster(entry(principal=arn(A, "user/bob")), statements=(ASSOCIATE,)),
            "gives no policy": cluster(entry(), statements=(CREATE,)),
            "knows no entries": cluster(entry(), statements=(ASSOCIATE,), mode="CONFIG_MAP"),
        },
    ),
    inside("iviz-eks-podassoc", "pod", cluster(entry(CLUSTER_ADMIN), running=(NODES,))),
    inside("iviz-eks-irsa", "irsa", cluster(entry(CLUSTER_ADMIN), issuer=None)),
    inside("iviz-eks-node", "node", cluster(entry(CLUSTER_ADMIN), running=(ASSOCIATED,))),
    Case(
        "iviz-s3-bucketpolicy",
        bucket(allow("s3:PutBucketPolicy")),
        ("arn:aws:s3:::logs",),
        {
            "another bucket": bucket(allow("s3:PutBucketPolicy", "arn:aws:s3:::other")),
            "a Deny of reading": bucket(allow("s3:PutBucketPolicy"), deny("s3:GetObject")),
            "a boundary without reading": bucket(allow("s3:PutBucketPolicy"), boundary=arn(A, "policy/fence")),
        },
    ),
    Case(
        "iviz-assumeroot",
        organized(allow("sts:AssumeRoot")),
        (ROOT_OF_B,),
        {
            "no organization": organized(allow("sts:AssumeRoot"), None),
            "a member": organized(allow("sts:AssumeRoot"), LED_BY_B),
            "root sessions are not enabled": organized(allow("sts:AssumeRoot"), OFF),
            "another account": organized(allow("sts:AssumeRoot", arn("999999999999", "root"))),
        },
    ),
    Case(
        "iviz-sso-assign",
        organized(allow("sso:CreateAccountAssignment")),
        (ADMIN, f"admin:{B}"),
        {
            "no Identity Center": organized(allow("sso:CreateAccountAssignment"), member=role("plain")),
            "no permission set is admin": organized(allow("sso:CreateAccountAssignment"), member=WEAK),
            "does not provision": organized(allow("sso:PutInlinePolicyToPermissionSet")),
            "no organization": organized(allow("sso:CreateAccountAssignment"), None),
            "a member": organized(allow("sso:CreateAccountAssignment"), LED_BY_B),
        },
    ),
)
