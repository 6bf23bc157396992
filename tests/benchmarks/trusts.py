"""Trust policies of a generated organization: few shapes for services and landing zones, chains and hubs too."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.benchmarks.documents import Json, document
from tests.benchmarks.names import HUB, MANAGEMENT, SECURITY, SHARED, Names

_COMPUTE = ("ec2", "lambda", "ecs-tasks", "glue", "codebuild", "states", "events", "sagemaker")


def workload_trust(random: Random, names: Names, position: int) -> Json:
    """Of a role of the account's own."""
    makers, weights = zip(*_TRUSTS, strict=True)
    statements = [
        maker(random, names, position) for maker in random.choices(makers, weights, k=random.choice((1, 1, 1, 2)))
    ]
    if random.random() < 0.01:
        strangers: Json = {"StringNotEquals": {"aws:PrincipalOrgID": names.organization}}
        statements.append({**_trusted({"AWS": "*"}, when=strangers), "Effect": "Deny"})
    return document(*statements)


def landing_zone_trusts(names: Names, position: int) -> dict[str, Json]:
    """Of the roles that every account has, by name: trusted are a hub, the management account, the organization."""
    account = names.accounts[position]
    member: Json = {"StringEquals": {"aws:PrincipalOrgID": names.organization}}
    with_mfa: Json = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    hub = _trusted({"AWS": names.role(SHARED, HUB)}, ["sts:AssumeRole", "sts:TagSession"])
    network: Json = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*-reader-*"}, **member}
    return {
        "lz-audit": document(_trusted({"AWS": names.role(SECURITY, "lz-audit")})),
        "lz-break-glass": document(_trusted({"AWS": _root(names, MANAGEMENT)}, when=with_mfa)),
        "lz-config-recorder": document(_trusted({"Service": "config.amazonaws.com"}, when=_own(account))),
        "lz-deploy": document(hub),
        "lz-log-reader": document(_trusted({"AWS": "*"}, when=member)),
        "lz-network-reader": document(_trusted({"AWS": "*"}, when=network)),
    }


def organization_access(names: Names) -> Json:
    return document(_trusted({"AWS": _root(names, MANAGEMENT)}))


def identity_center(names: Names, position: int) -> Json:
    provider = f"arn:aws:iam::{names.accounts[position]}:saml-provider/AWSSSO_{position:016x}_DO_NOT_DELETE"
    audience: Json = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    return document(_trusted({"Federated": provider}, ["sts:AssumeRoleWithSAML", "sts:TagSession"], when=audience))


def service_linked(service: str) -> Json:
    return document(_trusted({"Service": f"{service}.amazonaws.com"}))


def ci_runner(names: Names) -> Json:
    account = names.accounts[SHARED % len(names.accounts)]
    return document(_github_statement(account, "repo:bench/platform:ref:refs/heads/main"))


def _trusted(principal: object, action: object = "sts:AssumeRole", *, when: Json | None = None) -> Json:
    statement: Json = {"Effect": "Allow", "Principal": principal, "Action": action}
    return statement | ({"Condition": when} if when else {})


def _root(names: Names, position: int) -> str:
    return f"arn:aws:iam::{names.accounts[position % len(names.accounts)]}:root"


def _own(account: str) -> Json:
    return {"StringEquals": {"aws:SourceAccount": account}}


def _service(random: Random, _names: Names, _position: int) -> Json:
    return _trusted({"Service": f"{random.choice(_COMPUTE)}.amazonaws.com"})


def _neighbour(random: Random, position: int) -> int:
    return position + random.randrange(1, 4)


def _own_root(_random: Random, names: Names, position: int) -> Json:
    return _trusted({"AWS": _root(names, position)})


def _other_root(random: Random, names: Names, position: int) -> Json:
    guard: Json = {"Bool": {"aws:MultiFactorAuthPresent": "true"}} if random.random() < 0.3 else {}
    return _trusted({"AWS": _root(names, _neighbour(random, position))}, when=guard)


def _role(random: Random, names: Names, position: int) -> Json:
    there = position if random.random() < 0.5 else _neighbour(random, position)
    return _trusted({"AWS": names.role(there, random.choice(names.workloads))})


def _user(random: Random, names: Names, position: int) -> Json:
    people = names.people or ("person-0000",)
    return _trusted({"AWS": f"arn:aws:iam::{names.accounts[position]}:user/{random.choice(people)}"})


def _team(random: Random, names: Names, position: int) -> Json:
    team = random.choice(("core", "data", "web", "platform"))
    return _trusted({"AWS": _root(names, position)}, when={"StringEquals": {"aws:PrincipalTag/team": team}})


def _vendor(random: Random, _names: Names, _position: int) -> Json:
    guard: Json = (
        {"StringEquals": {"sts:ExternalId": f"{random.getrandbits(128):032x}"}} if random.random() < 0.7 else {}
    )
    return _trusted({"AWS": f"arn:aws:iam::{900_000_000_000 + random.randrange(40)}:root"}, when=guard)


def _github(random: Random, names: Names, position: int) -> Json:
    return _github_statement(names.accounts[position], f"repo:bench/app-{random.randrange(60)}:ref:refs/heads/main")


def _github_statement(account: str, subject: str) -> Json:
    host = "token.actions.githubusercontent.com"
    claims = {f"{host}:aud": "sts.amazonaws.com", f"{host}:sub": subject}
    provider = {"Federated": f"arn:aws:iam::{account}:oidc-provider/{host}"}
    return _trusted(provider, "sts:AssumeRoleWithWebIdentity", when={"StringEquals": claims})


def _anyone(_random: Random, names: Names, _position: int) -> Json:
    return _trusted({"AWS": "*"}, when={"StringEquals": {"aws:PrincipalOrgID": names.organization}})


_TRUSTS: tuple[tuple[Callable[[Random, Names, int], Json], int], ...] = (
    (_service, 55),
    (_role, 16),
    (_own_root, 8),
    (_other_root, 8),
    (_team, 3),
    (_user, 3),
    (_vendor, 3),
    (_github, 3),
    (_anyone, 1),
)
