"""Service accounts that run as roles by EKS Pod Identity: the association binds, the trust must let the service in."""

from __future__ import annotations

from typing import Any

from tests.builders import A, B, account, arn, edges, graph, role, trust
from tests.graph.entries import entry_blocks, entry_edges, kinds
from tests.workloads import pod_association

ACTIONS = ["sts:AssumeRole", "sts:TagSession"]
PODS = {"Service": "pods.eks.amazonaws.com"}
API = "EKS service account pay/api of cluster main"
COMMAND = "eks describe-pod-identity-association"


def trusting(actions: list[str] | None = None, **condition: Any) -> Any:
    return role("r", trusts=trust(PODS, actions or ACTIONS, Condition=condition))


def asked(**tags: str) -> dict[str, str]:
    return {f"aws:RequestTag/{name.replace('_', '-')}": value for name, value in tags.items()}


def test_an_association_binds_a_service_account_to_its_role() -> None:
    built = graph(account(A, trusting(), pod_association("r", "pay", "api")))
    assert entry_edges(built) == [(API, "r", "certain")]
    assert f"arn:aws:eks:us-east-1:{A}:cluster/main#system:serviceaccount:pay:api" in built.ids
    assert kinds(built) == {"can-assume", "runs-as"}


def test_the_tags_that_the_association_passes_answer_the_conditions() -> None:
    right = trusting(StringEquals=asked(kubernetes_namespace="pay", eks_cluster_name="main"))
    assert entry_edges(graph(account(A, right, pod_association("r", "pay", "api")))) == [(API, "r", "certain")]
    wrong = trusting(StringEquals=asked(kubernetes_namespace="web"))
    assert entry_edges(graph(account(A, wrong, pod_association("r", "pay", "api")))) == []


def test_which_pod_it_is_stays_a_condition() -> None:
    one_pod = trusting(StringLike=asked(kubernetes_pod_name="api-0"))
    assert entry_edges(graph(account(A, one_pod, pod_association("r", "pay", "api")))) == [(API, "r", "conditional")]


def test_where_no_association_was_found_nothing_runs_as_the_role() -> None:
    assert entry_edges(graph(account(A, trusting(), looked_at=[COMMAND]))) == []


def test_where_nobody_looked_the_pods_that_the_trust_has_in_mind_are_unknown() -> None:
    known = asked(kubernetes_namespace="pay", kubernetes_service_account="api")
    assert entry_edges(graph(account(A, trusting(StringEquals=known)))) == [
        (f"EKS service account pay/api of EKS clusters of account {A}", "r", "unknown")
    ]
    assert entry_edges(graph(account(A, trusting()))) == [
        (f"any EKS service account of EKS clusters of account {A}", "r", "unknown")
    ]


def test_without_the_right_to_tag_it_hangs_on_the_association() -> None:
    built = graph(account(A, trusting(["sts:AssumeRole"]), pod_association("r", "pay", "api")))
    assert entry_edges(built) == [(API, "r", "unknown")]


def test_an_association_with_a_role_that_does_not_trust_pods_is_dead() -> None:
    built = graph(
        account(A, role("r", trusts=trust({"Service": "ec2.amazonaws.com"})), pod_association("r", "pay", "api"))
    )
    assert entry_edges(built) == []
    assert entry_blocks(built) == [(API, "runs-as", "the role's trust policy does not let EKS Pod Identity in")]


def test_an_association_with_a_role_of_another_account_is_dead() -> None:
    there = account(B, trusting())
    here = account(A, pod_association(arn(B, "role/r"), "pay", "api"), looked_at=[COMMAND])
    built = graph(here, there)
    assert (API, "runs-as", "the role of an association must be in the cluster's account") in entry_blocks(built)


def test_the_service_leads_to_the_role_as_before() -> None:
    built = graph(account(A, trusting(), pod_association("r")))
    assert edges(built, "can-assume") == [("service:pods.eks.amazonaws.com", "r", "certain")]
