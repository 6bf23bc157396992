"""Planted: doors to the outside. Vendors, build platforms, sign-in of companies, anyone, and the deleted."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.baseline import PLATFORM
from iamviz.snapshots.demo.chains import may_assume
from iamviz.snapshots.demo.documents import (
    Json,
    When,
    allow,
    document,
    let_in,
    let_saml_in,
    let_service_in,
    let_token_in,
)
from iamviz.snapshots.demo.ids import hexadecimal, unique_id
from iamviz.snapshots.demo.organization import IDS, ORGANIZATION_ID, arn
from iamviz.snapshots.demo.shapes import Account, Role

GITHUB = "token.actions.githubusercontent.com"
GITLAB = "gitlab.com"
VENDORS = {
    "lumenbase": "360914827715",
    "tidewatch": "674205183992",
    "quaymetrics": "218640739057",
    "cargoscan": "902753481166",
    "harborsec": "547081926630",
}
"""Invented companies; the ids belong to nobody known."""

_METRICS: Json = document(allow(("cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "tag:GetResources")))


def _vendor(name: str) -> str:
    return f"arn:aws:iam::{VENDORS[name]}:root"


def _external_id(account: str) -> When:
    return {"StringEquals": {"sts:ExternalId": hexadecimal(f"external id of lumenbase for {account}", 32)}}


def _vendors() -> Iterator[Account]:
    for account in ("prod-core", "prod-payments", "prod-tracking", "data-lake", "staging"):
        trust = document(let_in(_vendor("lumenbase"), when=_external_id(account)))
        yield Account(account, roles=(Role("lumenbase-observability", trust, inline={"metrics": _METRICS}),))
    for account, attached in (("management", "job-function/Billing"), ("prod-tracking", "PowerUserAccess")):
        trust = document(let_in(_vendor("tidewatch"), sid="NoExternalId"))
        yield Account(account, roles=(Role("tidewatch-cost-optimizer", trust, (attached,)),))
    guess = {"StringEquals": {"sts:ExternalId": "northquay"}}
    yield Account(
        "prod-core",
        roles=(
            Role("cargoscan-integration", document(let_in(_vendor("cargoscan"), when=guess)), ("SecurityAudit",)),
            Role(
                "rates-import", document(let_in(arn("legacy-rates", "root"))), ("AmazonS3ReadOnlyAccess",), used="never"
            ),
        ),
    )
    optional = {"StringEqualsIfExists": {"sts:ExternalId": hexadecimal("external id of quaymetrics", 24)}}
    trust = document(let_in(_vendor("quaymetrics"), when=optional))
    yield Account("analytics", roles=(Role("quaymetrics-reader", trust, ("ReadOnlyAccess",)),))
    person = f"arn:aws:iam::{VENDORS['harborsec']}:role/soc-analyst"
    watch = {"StringEquals": {"sts:ExternalId": hexadecimal("external id of harborsec", 32)}}
    responder = may_assume(arn("security-audit", "role/incident-responder"))
    soc = Role("managed-soc", document(let_in(person, when=watch)), ("SecurityAudit",), {"escalate": responder})
    yield Account("security-audit", roles=(soc,))


def _github(account: str, *, like: str | tuple[str, ...] = (), equals: str | tuple[str, ...] = ()) -> Json:
    """The trust of a role for GitHub Actions; subjects to match with wildcards, or to the letter, or none at all."""
    when: dict[str, dict[str, object]] = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
    if equals:
        when["StringEquals"][f"{GITHUB}:sub"] = equals if isinstance(equals, str) else list(equals)
    if like:
        when["StringLike"] = {f"{GITHUB}:sub": like if isinstance(like, str) else list(like)}
    return document(let_token_in(arn(account, f"oidc-provider/{GITHUB}"), when=when))


def _landing_zone_pipeline() -> tuple[Role, ...]:
    """Good: one repository, and its protected environment."""
    apply = may_assume("arn:aws:iam::*:role/platform/terraform-apply")
    plan = may_assume("arn:aws:iam::*:role/platform/terraform-plan")
    production = "repo:northquay/landing-zone:environment:production"
    pull_request = "repo:northquay/landing-zone:pull_request"
    return (
        Role("terraform-runner", _github("shared-ci", equals=production), (), {"enter": apply}, path=PLATFORM),
        Role("terraform-planner", _github("shared-ci", equals=pull_request), (), {"enter": plan}, path=PLATFORM),
    )


def _builds() -> Iterator[Account]:
    whole_company = _github("shared-ci", like="repo:northquay/*")
    deploys = may_assume("arn:aws:iam::*:role/deploy-*")
    cache = document(allow(("s3:GetObject", "s3:PutObject"), "arn:aws:s3:::northquay-build-cache/*"))
    yield Account(
        "shared-ci",
        roles=(
            *_landing_zone_pipeline(),
            Role("github-deploy", whole_company, (), {"deploy": deploys}),
            Role("github-cache", _github("shared-ci"), (), {"cache": cache}),
        ),
        oidc_providers=(GITHUB,),
    )
    preview = Role("github-preview", _github("dev", like="repo:northquay*"), ("PowerUserAccess",))
    yield Account("dev", roles=(preview,), oidc_providers=(GITHUB,))
    both_forms = (
        "repo:northquay/tracking:ref:refs/heads/main",
        "repo:northquay@84120457/tracking@771204931:ref:refs/heads/main",
    )
    tracking = Role("github-tracking-release", _github("prod-tracking", equals=both_forms), ("ship",))
    yield Account("prod-tracking", roles=(tracking,), oidc_providers=(GITHUB,))
    tags = _github("prod-core", like="repo:northquay/customs-gateway:ref:refs/tags/v*")
    old = {
        "StringEquals": {f"{GITLAB}:aud": "https://gitlab.com"},
        "StringLike": {f"{GITLAB}:sub": "project_path:northquay/*"},
    }
    provider_is_gone = document(let_token_in(arn("prod-core", f"oidc-provider/{GITLAB}"), when=old))
    yield Account(
        "prod-core",
        roles=(
            Role("github-customs-release", tags, ("ship",)),
            Role("gitlab-legacy-release", provider_is_gone, ("ship",), used="never"),
        ),
        oidc_providers=(GITHUB,),
    )
    main = {
        f"{GITLAB}:aud": "https://gitlab.com",
        f"{GITLAB}:sub": "project_path:northquay/lake:ref_type:branch:ref:main",
    }
    lake = document(let_token_in(arn("data-lake", f"oidc-provider/{GITLAB}"), when={"StringEquals": main}))
    yield Account("data-lake", roles=(Role("gitlab-lake-release", lake, ("ship",)),), oidc_providers=(GITLAB,))


def _people_and_machines() -> Iterator[Account]:
    anchor = f"arn:aws:rolesanywhere:eu-west-1:{IDS['prod-core']}:trust-anchor/{hexadecimal('anchor', 8)}"
    yield Account(
        "prod-core",
        roles=(
            Role(
                "adfs-operators",
                document(let_saml_in(arn("prod-core", "saml-provider/NorthquayADFS"))),
                ("ReadOnlyAccess",),
                hours=8,
            ),
            Role(
                "depot-scanner",
                document(let_service_in("rolesanywhere", when={"ArnEquals": {"aws:SourceArn": anchor}})),
                inline={"scan": document(allow("iot:Publish"))},
            ),
        ),
        saml_providers=("NorthquayADFS",),
    )
    host = "cognito-identity.amazonaws.com"
    pool = f"eu-west-1:{hexadecimal('pool', 8)}-4c1e-4b7a-9d02-{hexadecimal('pool of the portal', 12)}"
    guest = {"StringEquals": {f"{host}:aud": pool}, "ForAnyValue:StringLike": {f"{host}:amr": "unauthenticated"}}
    tiles = {"tiles": document(allow("s3:GetObject", "arn:aws:s3:::northquay-public-tiles/*"))}
    yield Account("analytics", roles=(Role("portal-guest", document(let_token_in(host, when=guest)), (), tiles),))


def _anyone_and_nobody() -> Iterator[Account]:
    ours = {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION_ID}}
    images = {"images": document(allow(("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")))}
    yield Account("shared-services", roles=(Role("artifact-reader", document(let_in("*", when=ours)), (), images),))
    yield Account("sandbox", roles=(Role("hackathon-demo", document(let_in("*")), ("AmazonS3ReadOnlyAccess",)),))
    left = unique_id("AROA", "the role that administered the tunnels until 2024")
    routers = document(allow(("ec2:*Vpn*", "ec2:*TransitGateway*")))
    yield Account("network-hub", roles=(Role("vpn-admin", document(let_in(left)), (), {"vpn": routers}, used="never"),))


def outside() -> Iterator[Account]:
    yield from _vendors()
    yield from _builds()
    yield from _people_and_machines()
    yield from _anyone_and_nobody()
