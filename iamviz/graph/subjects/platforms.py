"""Subject patterns of EKS clusters, Google, and of tokens that Cognito gives out.

https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from iamviz.graph.subjects.patterns import is_anything, is_literal
from iamviz.graph.subjects.subject import Provider, Width, Words

_SHOWN = 8


def cluster_words(provider: Provider) -> str:
    """The cluster behind an issuer by its name, else by the beginning of its id."""
    return provider.name or f"{provider.path.rpartition('/')[2][:_SHOWN]}…"


def read_eks(pattern: str, provider: Provider) -> Words | None:
    """`system:serviceaccount:NAMESPACE:NAME`; also of clusters that somebody runs himself."""
    return service_account_words(pattern, f"cluster {cluster_words(provider)}")


def read_kubernetes(pattern: str, provider: Provider) -> Words | None:
    return service_account_words(pattern, f"the cluster behind {provider.url}")


def service_account_words(pattern: str, cluster: str) -> Words | None:
    """The service accounts of a cluster that a subject pattern means."""
    words = pattern.removeprefix("system:serviceaccount:")
    if words == pattern:
        return None
    namespace, _, name = words.partition(":")
    kind = "EKS service account" if not cluster.startswith("the ") else "Kubernetes service account"
    if is_anything(namespace) and (not name or is_anything(name)):
        return Words(f"any {kind} of {cluster}", "tenant")
    if not name or is_anything(name):
        return Words(f"any {kind} of namespace {namespace} of {cluster}", "some")
    width: Width = "one" if is_literal(pattern) else "some"
    return Words(f"{kind}{'' if width == 'one' else 's'} {namespace}/{name} of {cluster}", width)


def read_google(pattern: str, _provider: Provider) -> Words | None:
    return Words(f"Google account {pattern}", "one") if is_literal(pattern) else None
