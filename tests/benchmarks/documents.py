"""Policy documents of a generated organization: a mix like that of real accounts, drawn from a seeded generator."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from tests.benchmarks.names import Names

Json = dict[str, object]
_SERVICES = ("s3", "dynamodb", "sqs", "sns", "kms", "logs", "ecr", "ecs", "lambda", "rds", "ssm", "secretsmanager")
_VERBS = ("Get*", "List*", "Describe*", "Put*", "Create*", "Delete*", "Update*", "BatchGet*")
_COMPUTE = ("ec2", "lambda", "ecs-tasks", "glue", "codebuild", "states", "events", "sagemaker")


def document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(actions: object, resources: object = "*", **more: object) -> Json:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def _ordinary(random: Random) -> Json:
    service = random.choice(_SERVICES)
    actions = sorted({f"{service}:{random.choice(_VERBS)}" for _ in range(random.randrange(2, 9))})
    resources = [f"arn:aws:{service}:eu-west-1:*:app-{random.randrange(400)}*" for _ in range(random.randrange(1, 4))]
    return _allow(actions, resources, Sid=f"Statement{random.randrange(10_000)}")


def _assume(random: Random, names: Names, position: int) -> Json:
    """Who may assume what: one role, the roles of one name everywhere, one account's roles, everything."""
    account = names.accounts[(position + random.randrange(-2, 3)) % len(names.accounts)]
    role = random.choice(names.of(position)[2])
    pattern = random.choices(
        (
            f"arn:aws:iam::{account}:role/{role}",
            f"arn:aws:iam::*:role/{role.split('-')[0]}-*",
            f"arn:aws:iam::{account}:role/*",
            "*",
        ),
        (70, 15, 10, 5),
    )[0]
    return _allow("sts:AssumeRole", pattern)


def _deny(random: Random) -> Json:
    guarded = {"Bool": {"aws:MultiFactorAuthPresent": "false"}} if random.random() < 0.5 else {}
    statement: Json = {
        "Effect": "Deny",
        "Action": ["iam:*", "sts:AssumeRole"],
        "Resource": "arn:aws:iam::*:role/*-admin-*",
    }
    return statement | ({"Condition": guarded} if guarded else {})


def identity_policy(random: Random, names: Names, position: int) -> Json:
    statements = [_ordinary(random) for _ in range(random.randrange(1, 6))]
    if random.random() < 0.25:
        statements.append(_assume(random, names, position))
    if random.random() < 0.08:
        statements.append(_deny(random))
    if random.random() < 0.02:
        statements.append({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"})
    return document(*statements)


def boundary() -> Json:
    return document(
        _allow([f"{service}:*" for service in _SERVICES]), _allow("sts:AssumeRole", "arn:aws:iam::*:role/*-reader-*")
    )


@cache
def shared_policies(*, aws: bool = False) -> dict[str, Json]:
    """Policies that are the same in every account, AWS's or the landing zone's."""
    random = Random("aws" if aws else "landing zone")  # noqa: S311  # made-up policies, not secrets
    names = [f"{'AmazonService' if aws else 'landing-zone'}{number}" for number in range(8)]
    policies = {name: document(*(_ordinary(random) for _ in range(random.randrange(3, 9)))) for name in names}
    if aws:
        policies["AdministratorAccess"] = document(_allow("*"))
        policies["PowerUserAccess"] = document(
            {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}
        )
    return policies


def _trusted(principal: object, action: str = "sts:AssumeRole", *, when: Json | None = None) -> Json:
    statement: Json = {"Effect": "Allow", "Principal": principal, "Action": action}
    return statement | ({"Condition": when} if when else {})


def _service(random: Random, _names: Names, _position: int) -> Json:
    return _trusted({"Service": f"{random.choice(_COMPUTE)}.amazonaws.com"})


def _neighbour(random: Random, names: Names, position: int) -> str:
    return names.accounts[(position + random.randrange(1, 4)) % len(names.accounts)]


def _own_root(_random: Random, names: Names, position: int) -> Json:
    return _trusted({"AWS": f"arn:aws:iam::{names.accounts[position]}:root"})


def _other_root(random: Random, names: Names, position: int) -> Json:
    account = _neighbour(random, names, position)
    guard: Json = {"Bool": {"aws:MultiFactorAuthPresent": "true"}} if random.random() < 0.3 else {}
    return _trusted({"AWS": f"arn:aws:iam::{account}:root"}, when=guard)


def _role(random: Random, names: Names, position: int) -> Json:
    account = names.accounts[position] if random.random() < 0.5 else _neighbour(random, names, position)
    return _trusted({"AWS": f"arn:aws:iam::{account}:role/{random.choice(names.of(position)[2])}"})


def _user(random: Random, names: Names, position: int) -> Json:
    people = names.of(position)[0] or ("person-0000",)
    return _trusted({"AWS": f"arn:aws:iam::{names.accounts[position]}:user/{random.choice(people)}"})


def _vendor(random: Random, _names: Names, _position: int) -> Json:
    guard: Json = (
        {"StringEquals": {"sts:ExternalId": f"{random.getrandbits(128):032x}"}} if random.random() < 0.7 else {}
    )
    return _trusted({"AWS": f"arn:aws:iam::{900_000_000_000 + random.randrange(40)}:root"}, when=guard)


def _saml(_random: Random, names: Names, position: int) -> Json:
    provider = f"arn:aws:iam::{names.accounts[position]}:saml-provider/AWSSSO_{position:016x}_DO_NOT_DELETE"
    audience = {"SAML:aud": "https://signin.aws.amazon.com/saml"}
    return _trusted({"Federated": provider}, "sts:AssumeRoleWithSAML", when={"StringEquals": audience})


def _github(random: Random, names: Names, position: int) -> Json:
    host = "token.actions.githubusercontent.com"
    provider = f"arn:aws:iam::{names.accounts[position]}:oidc-provider/{host}"
    claims = {
        f"{host}:aud": "sts.amazonaws.com",
        f"{host}:sub": f"repo:bench/app-{random.randrange(60)}:ref:refs/heads/main",
    }
    return _trusted({"Federated": provider}, "sts:AssumeRoleWithWebIdentity", when={"StringEquals": claims})


def _anyone(_random: Random, names: Names, _position: int) -> Json:
    return _trusted({"AWS": "*"}, when={"StringEquals": {"aws:PrincipalOrgID": names.organization}})


_TRUSTS: tuple[tuple[Callable[[Random, Names, int], Json], int], ...] = (
    (_service, 45),
    (_saml, 12),
    (_role, 14),
    (_own_root, 9),
    (_other_root, 9),
    (_user, 4),
    (_vendor, 3),
    (_github, 3),
    (_anyone, 1),
)


def trust_policy(random: Random, names: Names, position: int) -> Json:
    makers, weights = zip(*_TRUSTS, strict=True)
    statements = [
        maker(random, names, position) for maker in random.choices(makers, weights, k=random.choice((1, 1, 1, 2)))
    ]
    if random.random() < 0.01:
        statements.append(
            {
                "Effect": "Deny",
                "Principal": {"AWS": "*"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": names.organization}},
            }
        )
    return document(*statements)
