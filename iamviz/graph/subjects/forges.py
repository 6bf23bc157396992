"""Subject patterns of the forges: GitHub, GitLab, Bitbucket.

https://docs.github.com/en/actions/reference/security/oidc (both forms of the subject; read November 2026)
https://docs.gitlab.com/ci/secrets/id_token_authentication/
https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
"""

from __future__ import annotations

from iamviz.graph.subjects.fields import fields_of, has_wildcards, joined, ref_words
from iamviz.graph.subjects.patterns import is_anything, is_literal
from iamviz.graph.subjects.subject import Provider, Width, Words

GITHUB = "token.actions.githubusercontent.com"


def read_github(pattern: str, provider: Provider) -> Words | None:
    """`repo:OWNER/REPO:CONTEXT`; in the immutable form OWNER@id/REPO@id. An `@` is in no name of GitHub's."""
    kind, _, rest = pattern.partition(":")
    if kind != "repo" or not rest:
        return None
    repository, colon, context = rest.partition(":")
    owner, slash, repo = repository.partition("/")
    where, what = github_place(provider), _github_context(context) if colon else ""
    if is_anything(owner):
        return Words(joined(f"any repo{where or ' on GitHub'}", what), _widest(provider))
    if not slash or _is_open(owner):
        return Words(joined(f"any GitHub repo that matches {repository}{where}", what), _widest(provider))
    if is_anything(repo) or repo == "":
        return Words(joined(f"any repo of {_github_name(owner)}{where}", what), "tenant")
    width: Width = "one" if is_literal(pattern) else "some"
    if _is_open(repo):
        return Words(joined(f"GitHub repos {_github_name(owner)}/{_github_name(repo)}{where}", what), "some")
    return Words(joined(f"GitHub repo {_github_name(owner)}/{_github_name(repo)}{where}", what), width)


def github_place(provider: Provider) -> str:
    """Where the repository lives, if not simply on GitHub."""
    if provider.host == GITHUB:
        return f" of the enterprise {provider.path}" if provider.path else ""
    return f" of {provider.host.removeprefix('token.actions.')}"


def _widest(provider: Provider) -> Width:
    """Who may register a name that matches: anyone, where the issuer is everybody's."""
    return "anyone" if provider.url == GITHUB else "tenant"


def _is_open(name: str) -> bool:
    """Whether names that somebody else takes may match: what stands behind `@` is GitHub's to give."""
    return has_wildcards(name.partition("@")[0])


def _github_name(name: str) -> str:
    plain, _, number = name.partition("@")
    return f"{plain} (id {number})" if number and not has_wildcards(number) else plain


def _github_context(context: str) -> str:
    kind, _, rest = context.partition(":")
    if is_anything(context):
        return "any workflow run"
    if kind == "ref":
        return ref_words(rest)
    if kind == "environment":
        return "any environment" if is_anything(rest) else f"environment {rest}"
    return "pull requests" if context == "pull_request" else context


def read_gitlab(pattern: str, provider: Provider) -> Words | None:
    """`project_path:GROUP/PROJECT:ref_type:TYPE:ref:REF`, on gitlab.com or a host of one's own."""
    fields = fields_of(pattern)
    path = fields.get("project_path")
    if path is None:
        return None
    shared = provider.host == "gitlab.com"
    where, what = "" if shared else f" of {provider.host}", _gitlab_ref(fields.get("ref_type"), fields.get("ref"))
    group, slash, project = path.partition("/")
    if not slash or has_wildcards(group):
        whom = "any GitLab project" if is_anything(path) else f"any GitLab project that matches {path}"
        return Words(joined(f"{whom}{where}", what), "anyone" if shared else "tenant")
    if is_anything(project):
        return Words(joined(f"any GitLab project of {group}{where}", what), "tenant")
    plural = "s" if has_wildcards(path) else ""
    return Words(joined(f"GitLab project{plural} {path}{where}", what), "one" if is_literal(pattern) else "some")


def _gitlab_ref(kind: str | None, ref: str | None) -> str:
    if kind is None and ref is None:
        return "any branch or tag"
    noun = kind if kind is not None and not has_wildcards(kind) else "ref"
    return f"any {noun}" if ref is None or is_anything(ref) else f"{noun} {ref}"


def read_bitbucket(pattern: str, provider: Provider) -> Words | None:
    """`{REPOSITORY}[:{ENVIRONMENT}]:{STEP}`; the issuer belongs to one workspace."""
    parts = pattern.split(":")
    workspace = provider.path.partition("workspaces/")[2].partition("/")[0]
    where = f" of {workspace}" if workspace else ""
    if is_anything(parts[0]):
        return Words(f"any Bitbucket repository{where}", "tenant")
    if not parts[0].startswith("{"):
        return None
    environment = f"environment {parts[1]}" if len(parts) > 2 and not has_wildcards(parts[1]) else ""  # noqa: PLR2004  # the grammar's three
    label = joined(f"Bitbucket repository {parts[0]}{where}", environment)
    return Words(label, "one" if is_literal(pattern) else "some")
