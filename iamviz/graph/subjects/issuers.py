"""The table of OIDC issuers that are known: whom they sign in, and which claims tell one tenant from another.

Shared issuers and their tenants' claims, as AWS lists them (read November 2026):
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
Keys of the built-in providers:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iamviz.graph.subjects.forges import GITHUB, read_bitbucket, read_github, read_gitlab
from iamviz.graph.subjects.pipelines import read_buildkite, read_circleci, read_terraform, read_vercel
from iamviz.graph.subjects.platforms import cluster_words, read_eks, read_google, read_kubernetes
from iamviz.graph.subjects.subject import Provider, Reader, Words
from iamviz.policy.glob import compile_glob

AWS_TOKENS = "*.tokens.sts.global.api.aws"
"""Issuers of accounts that vouch for their own principals. STS takes their tokens from nobody:

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_getting_started.html
"""


@dataclass(frozen=True, slots=True)
class Issuer:
    """`urls` is an IAM pattern of `host[/path]`. `everyone` names all whom it signs in, by the provider's parts.

    `shared`: any customer of the platform gets tokens of this issuer. `tenants` are the claims that confine to one
    tenant where the subject does not, and what their values stand for.
    """

    urls: str
    everyone: str
    read: Reader
    shared: bool = False
    subject: str = "sub"
    tenants: Mapping[str, str] = field(default_factory=dict)


def _unread(_pattern: str, _provider: Provider) -> Words | None:
    """For issuers whose subjects are shown as they stand."""
    return None


_GITHUB_CLAIMS = {
    "repository": "GitHub repo {}",
    "repository_id": "GitHub repo number {}",
    "job_workflow_ref": "GitHub workflow {}",
    "repository_owner_id": "any repo of the GitHub owner number {}",
    "enterprise": "any repo of the GitHub enterprise {}",
    "enterprise_id": "any repo of the GitHub enterprise number {}",
}
_GITLAB_CLAIMS = {
    "project_id": "GitLab project number {}",
    "namespace_id": "any GitLab project of namespace number {}",
}

ISSUERS: tuple[Issuer, ...] = (
    Issuer(GITHUB, "anyone on GitHub Actions", read_github, shared=True, tenants=_GITHUB_CLAIMS),
    Issuer(f"{GITHUB}/*", "any repo of the enterprise {path}", read_github, tenants=_GITHUB_CLAIMS),
    Issuer("token.actions.*.ghe.com", "any repo of {host}", read_github, tenants=_GITHUB_CLAIMS),
    Issuer("*/_services/token", "any repo of {host}", read_github, tenants=_GITHUB_CLAIMS),
    Issuer("vstoken.actions.githubusercontent.com", "anyone on GitHub Actions", read_github, shared=True),
    Issuer("oidc-configuration.audit-log.githubusercontent.com", "any GitHub audit log", _unread, shared=True),
    Issuer("gitlab.com", "anyone on GitLab", read_gitlab, shared=True, tenants=_GITLAB_CLAIMS),
    Issuer("app.terraform.io", "anyone on HCP Terraform", read_terraform, shared=True),
    Issuer(
        "api.bitbucket.org/2.0/workspaces/*", "any Bitbucket repository of the workspace behind {path}", read_bitbucket
    ),
    Issuer("oidc.circleci.com/org/*", "any CircleCI project of {path}", read_circleci),
    Issuer(
        "agent.buildkite.com",
        "anyone on Buildkite",
        read_buildkite,
        shared=True,
        tenants={
            "pipeline_id": "Buildkite pipeline number {}",
            "organization_id": "any Buildkite pipeline of organization number {}",
        },
    ),
    Issuer("oidc.eks.*", "any EKS service account of cluster {cluster}", read_eks),
    Issuer("oidc.vercel.com/*", "any Vercel project of {path}", read_vercel),
    Issuer("oidc.vercel.com", "anyone on Vercel", read_vercel, shared=True, tenants={"aud": "Vercel projects of {}"}),
    Issuer(
        "accounts.google.com",
        "anyone with a Google account",
        read_google,
        shared=True,
        tenants={
            "google/organization_number": "any account of the Google organization number {}",
            "aud": "anyone who signs in to the Google client {}",
            "oaud": "anyone whose Google token is meant for {}",
        },
    ),
    Issuer(
        "graph.facebook.com",
        "anyone with a Facebook account",
        _unread,
        shared=True,
        subject="id",
        tenants={"app_id": "anyone who signs in to the Facebook app {}"},
    ),
    Issuer(
        "www.amazon.com",
        "anyone with an Amazon account",
        _unread,
        shared=True,
        subject="user_id",
        tenants={"app_id": "anyone who signs in to the Amazon app {}"},
    ),
    Issuer(
        "api.pulumi.com/oidc", "anyone on Pulumi Cloud", _unread, shared=True, tenants={"aud": "Pulumi organization {}"}
    ),
    Issuer(
        "sandboxes.cloud", "anyone on sandboxes.cloud", _unread, shared=True, tenants={"aud": "sandboxes.cloud: {}"}
    ),
    Issuer("oidc.codefresh.io", "anyone on Codefresh", _unread, shared=True),
    Issuer("studio.datachain.ai/api", "anyone on DVC Studio", _unread, shared=True),
    Issuer("scalr.io", "anyone on Scalr", _unread, shared=True),
    Issuer("tokens.cloud.shisho.dev", "anyone on Shisho Cloud", _unread, shared=True),
    Issuer("proidc.upbound.io", "anyone on Upbound", _unread, shared=True),
)
"""The first that matches counts."""

_UNKNOWN = "anyone whom {url} signs in"

_BY_GRAMMAR: tuple[tuple[str, Reader], ...] = (
    ("project_path:", read_gitlab),
    ("system:serviceaccount:", read_kubernetes),
    ("organization:", read_terraform),
)
"""What servers of one's own sign tokens for, told by how their subjects begin."""


def issuer_of(provider: Provider) -> Issuer:
    """What is known of the issuer; one that is not in the table signs in people of its own."""
    known = next((each for each in ISSUERS if compile_glob(each.urls).matches(provider.url)), None)
    return known or Issuer(provider.url, _UNKNOWN, _read_by_grammar)


def _read_by_grammar(pattern: str, provider: Provider) -> Words | None:
    read = next((read for beginning, read in _BY_GRAMMAR if pattern.startswith(beginning)), _unread)
    return read(pattern, provider)


def everyone_words(issuer: Issuer, provider: Provider) -> Words:
    """All whom the issuer signs in."""
    parts = {"url": provider.url, "host": provider.host, "path": provider.path, "cluster": cluster_words(provider)}
    return Words(issuer.everyone.format(**parts), "anyone" if issuer.shared else "tenant")


def vouches_for_aws(provider: Provider) -> bool:
    """Whether an AWS account is the issuer, by outbound federation."""
    return compile_glob(AWS_TOKENS).matches(provider.host)
