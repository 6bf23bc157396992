"""Subject patterns of build and deployment platforms: HCP Terraform, Buildkite, CircleCI, Vercel.

https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
https://buildkite.com/docs/agent/v3/cli-oidc
https://circleci.com/docs/openid-connect-tokens/
https://vercel.com/docs/oidc/reference
Read November 2026.
"""

from __future__ import annotations

from iamviz.graph.subjects.fields import fields_of, has_wildcards, joined, ref_words
from iamviz.graph.subjects.patterns import is_anything, is_literal
from iamviz.graph.subjects.subject import Provider, Width, Words


def read_terraform(pattern: str, provider: Provider) -> Words | None:
    """`organization:O:project:P:workspace:W:run_phase:plan|apply`."""
    fields = fields_of(pattern)
    organization = fields.get("organization")
    if organization is None:
        return None
    product = "HCP Terraform" if provider.host == "app.terraform.io" else f"Terraform Enterprise ({provider.host})"
    project, workspace = fields.get("project", "*"), fields.get("workspace", "*")
    if has_wildcards(organization):
        return Words(_phased(f"any {product} workspace of {_any(organization)}", fields.get("run_phase")), "anyone")
    whom, width = _workspace(product, organization, project, workspace)
    return Words(_phased(whom, fields.get("run_phase")), "one" if is_literal(pattern) else width)


def _workspace(product: str, organization: str, project: str, workspace: str) -> tuple[str, Width]:
    if not is_anything(workspace):
        of = organization if is_anything(project) else f"{organization}/{project}"
        plural = "s" if has_wildcards(workspace) else ""
        return f"{product} workspace{plural} {workspace} of {of}", "some"
    if is_anything(project):
        return f"any {product} workspace of {organization}", "tenant"
    return f"any {product} workspace of {organization}/{project}", "some"


def _any(name: str) -> str:
    return "any organization" if is_anything(name) else f"organizations that match {name}"


def _phased(whom: str, phase: str | None) -> str:
    return joined(whom, "plan and apply" if phase is None or is_anything(phase) else phase)


def read_buildkite(pattern: str, _provider: Provider) -> Words | None:
    """`organization:O:pipeline:P:ref:R:commit:C:step:S`."""
    fields = fields_of(pattern)
    organization, pipeline, ref = fields.get("organization"), fields.get("pipeline", "*"), fields.get("ref", "*")
    if organization is None:
        return None
    what = "any branch or tag" if is_anything(ref) else ref_words(ref)
    if has_wildcards(organization):
        return Words(joined(f"any Buildkite pipeline of {_any(organization)}", what), "anyone")
    if is_anything(pipeline):
        return Words(joined(f"any Buildkite pipeline of {organization}", what), "tenant")
    plural = "s" if has_wildcards(pipeline) else ""
    width: Width = "one" if is_literal(pattern) else "some"
    return Words(joined(f"Buildkite pipeline{plural} {organization}/{pipeline}", what), width)


def read_circleci(pattern: str, _provider: Provider) -> Words | None:
    """`org/O/project/P/user/U[/vcs-origin/…/vcs-ref/…]`; the issuer belongs to one organization."""
    fields = fields_of(pattern, "/")
    organization, project, user = fields.get("org"), fields.get("project", "*"), fields.get("user", "*")
    if organization is None:
        return None
    what = "any user" if is_anything(user) else f"user {user}"
    if is_anything(project):
        return Words(joined(f"any CircleCI project of organization {organization}", what), "tenant")
    plural = "s" if has_wildcards(project) else ""
    return Words(joined(f"CircleCI project{plural} {project}", what), "one" if is_literal(pattern) else "some")


def read_vercel(pattern: str, provider: Provider) -> Words | None:
    """`owner:T:project:P:environment:E`; the issuer is one team's, or, in its older form, everybody's."""
    fields = fields_of(pattern)
    owner, project, environment = fields.get("owner"), fields.get("project", "*"), fields.get("environment", "*")
    if owner is None:
        return None
    what = "any environment" if is_anything(environment) else f"environment {environment}"
    if has_wildcards(owner):
        whom = "any Vercel project" if is_anything(owner) else f"any Vercel project of teams that match {owner}"
        return Words(joined(whom, what), "tenant" if provider.path else "anyone")
    if is_anything(project):
        return Words(joined(f"any Vercel project of {owner}", what), "tenant")
    plural = "s" if has_wildcards(project) else ""
    width: Width = "one" if is_literal(pattern) else "some"
    return Words(joined(f"Vercel project{plural} {owner}/{project}", what), width)
