"""Roles of ordinary workloads: containers, functions, servers, pods, jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamviz.snapshots.demo.documents import Json, allow, document, let_service_in, let_token_in
from iamviz.snapshots.demo.ids import hexadecimal
from iamviz.snapshots.demo.organization import IDS, arn
from iamviz.snapshots.demo.shapes import Role


def _rights(actions: Sequence[str], account: str, name: str) -> dict[str, Json]:
    resources = sorted({_resource(action, account, name) for action in actions})
    return {f"{name}-access": document(allow(actions, resources))}


def _resource(action: str, account: str, name: str) -> str:
    service = action.split(":", maxsplit=1)[0]
    if service == "s3":
        return f"arn:aws:s3:::northquay-{account}-{name}*"
    return f"arn:aws:{service}:eu-west-1:{IDS[account]}:*{name}*"


def containers(account: str, table: dict[str, tuple[str, ...]]) -> Iterator[Role]:
    """For each service of a cluster the task's role, and the role that pulls its image."""
    for name, actions in table.items():
        trust = document(let_service_in("ecs-tasks", when={"StringEquals": {"aws:SourceAccount": IDS[account]}}))
        yield Role(f"{name}-task", trust, (), _rights(actions, account, name), tags={"service": name})
        yield Role(f"{name}-execution", trust, ("service-role/AmazonECSTaskExecutionRolePolicy",))


def functions(account: str, table: dict[str, tuple[str, ...]]) -> Iterator[Role]:
    for name, actions in table.items():
        inline = _rights(actions, account, name)
        basic = ("service-role/AWSLambdaBasicExecutionRole",)
        yield Role(name, document(let_service_in("lambda")), basic, inline, path="/service-role/")


def servers(account: str, table: dict[str, tuple[str, ...]]) -> Iterator[Role]:
    """Roles of instances; the instance profile has a name of its own."""
    for name, actions in table.items():
        yield Role(
            f"{name}-instance",
            document(let_service_in("ec2")),
            ("AmazonSSMManagedInstanceCore",),
            _rights(actions, account, name),
            instance_profile=f"{name}-profile",
        )


def service_roles(table: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[Role]:
    """By name: the service that assumes it, and the managed policies."""
    for name, (service, attached) in table.items():
        yield Role(name, document(let_service_in(service)), attached, used="seldom")


def cluster_issuer(account: str) -> str:
    return f"oidc.eks.eu-west-1.amazonaws.com/id/{hexadecimal('cluster of ' + account, 32).upper()}"


def pods(account: str, table: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[Role]:
    """Roles of service accounts of the account's cluster: `namespace:name` and what it may do."""
    issuer = cluster_issuer(account)
    for name, (service_account, actions) in table.items():
        claims = {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": f"system:serviceaccount:{service_account}"}
        trust = let_token_in(arn(account, f"oidc-provider/{issuer}"), when={"StringEquals": claims})
        yield Role(f"eks-{name}", document(trust), (), _rights(actions, account, name))
