"""Everything in a revision that bears on one request: whose policies, on which level, and what is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from iamviz.api.documents import Applied, applied_policies, find_holder
from iamviz.graph.circumstances import beginnings_of_session
from iamviz.inventory.guardrails import Guardrails, guardrails_of
from iamviz.inventory.known_keys import KnownKeys, keys_of_principal, keys_of_resource
from iamviz.inventory.model import Inventory, Organization, PolicyDocument, Role, User
from iamviz.policy.arn import account_of, parse_arn
from iamviz.policy.bearing import request_as_decided
from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions.context import context_of
from iamviz.policy.layers import Compiled, Layer, Layers, Policy
from iamviz.policy.request import Request, is_service_linked_role, make_request, parse_principal
from iamviz.policy.resources import EVERYTHING, PolicyType

PASTED = "the pasted policy"
"""What the resource policy that came with the question is called."""

_LAYERS = {"trust": "resource", "boundary": "boundary"}
_CELLS = {"resource": "trust"}
ControlLayer = Literal["scp", "rcp"]

WITH_RESOURCE_POLICIES = frozenset(
    {
        *("acm-pca", "backup", "cloudtrail", "codeartifact", "codebuild", "comprehend", "dynamodb", "ecr"),
        *("ecr-public", "elasticfilesystem", "es", "events", "execute-api", "glacier", "glue", "imagebuilder"),
        *("kafka", "kinesis", "kms", "lambda", "lex", "logs", "mediastore", "network-firewall", "organizations"),
        *("redshift", "redshift-serverless", "refactor-spaces", "rekognition", "s3", "s3-object-lambda"),
        *("s3-outposts", "s3express", "s3tables", "s3vectors", "sagemaker", "schemas", "secretsmanager"),
        *("serverlessrepo", "ses", "signer", "sns", "sqs", "ssm", "ssm-contacts", "ssm-incidents", "vpc-lattice"),
    }
)
"""Services whose resources have policies of their own.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for what. `caller` is the ARN of the identity, or of a session of it.

    `pasted` is the policy of the resource, where the one who asks has brought it.
    """

    holder: User | Role
    caller: str
    action: str
    resource: str
    resource_account: str | None
    given: KnownKeys
    is_complete: bool
    pasted: PolicyDocument | None = None

    @property
    def asks_trust(self) -> bool:
        """Whether the resource is a role that is to be assumed: its trust policy decides."""
        arn = parse_arn(self.resource)
        return self.service == "sts" and arn is not None and arn.service == "iam" and arn.kind == "role"

    @property
    def service(self) -> str:
        return self.action.partition(":")[0].lower()

    @property
    def session(self) -> str | None:
        return self.caller.split("/", 2)[2] if self.caller != self.holder.arn else None


@dataclass(frozen=True, slots=True)
class Held:
    """A policy that bears on the request; `key` is what the engine calls it, `cell` where the page shows it.

    `place` is the level of a control policy. `document` is None where the revision lacks it: `missing` says so.
    """

    key: str
    layer: str
    cell: str
    name: str
    arn: str | None
    owner: str
    document: PolicyDocument | None
    missing: str = ""
    place: int = 0

    @property
    def policy(self) -> Policy:
        found = self.document.document if self.document else None
        return Policy(self.key, Compiled(found) if found else None, self.missing)


@dataclass(frozen=True, slots=True)
class ResourceSide:
    """The resource's own policy: a role's trust, one that was pasted, none, or one that the revision lacks.

    `missing` says so.
    """

    standing: Literal["trust", "pasted", "none", "missing"]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A request, the policies that bear on it, and what is known of those that cannot be seen."""

    question: Question
    request: Request
    known: KnownKeys
    held: tuple[Held, ...]
    scps: Guardrails
    rcps: Guardrails
    resource_side: ResourceSide

    def of(self, layer: str) -> tuple[Held, ...]:
        return tuple(each for each in self.held if each.layer == layer)

    def levels(self, layer: str) -> list[tuple[Held, ...]]:
        """The policies of each level that has some, the root first."""
        places = sorted({each.place for each in self.of(layer)})
        return [tuple(each for each in self.of(layer) if each.place == place) for place in places]

    def compiled(self, *, with_missing: bool = True) -> Layers:
        """As the engine reads them; a level of which the export lacks all policies lets everything through.

        `with_missing`: whether documents that the revision lacks may say anything about the request.
        """
        side = self.resource_side if with_missing else ResourceSide("none")
        held = [each for each in self.held if with_missing or not each.missing]

        def of(layer: str) -> list[Held]:
            return [each for each in held if each.layer == layer]

        return Layers(
            identity=layer_of("identity", of("identity")),
            resource=layer_of("trust", of("resource"), side.missing) if of("resource") or side.missing else None,
            boundaries=layer_of("boundary", of("boundary")) if of("boundary") else None,
            scps=_levels("scp", of("scp"), self.scps, with_missing=with_missing),
            rcps=_levels("rcp", of("rcp"), self.rcps, with_missing=with_missing),
        )


def _levels(
    layer: ControlLayer, held: Sequence[Held], guardrails: Guardrails, *, with_missing: bool
) -> tuple[Layer, ...]:
    if with_missing and guardrails.standing == "unknown":
        return (layer_of(layer, (), guardrails.reason.removesuffix(".")),)
    places = sorted({each.place for each in held})
    return tuple(layer_of(layer, [each for each in held if each.place == place]) for place in places)


def simulate(question: Question, load: Callable[[str], Inventory | None], company: Organization | None) -> Simulation:
    """Gather it. `load` gives the inventory of an account, None where it was not collected."""
    own = account_of(question.holder.arn) or ""
    inventory = load(own)
    owner = question.resource_account or account_of(question.resource) or own
    target = find_holder(load(account_of(question.resource) or ""), question.resource)
    entity = target if isinstance(target, User | Role) else None
    known: dict[str, str | tuple[str, ...] | None] = {
        **keys_of_principal(question.holder, own, company, question.session),
        **keys_of_resource(entity, owner, company),
    }
    folded = {key.casefold() for key in question.given}
    known = {key: value for key, value in known.items() if key.casefold() not in folded} | dict(question.given)
    scps, rcps = _guardrails(question, company, own, owner)
    held: list[Held] = []
    for applied in applied_policies(inventory, question.holder) if inventory else ():
        if applied.source != "trust":
            held.append(_own(applied, question.holder, len(held)))
    side = _resource_side(question, target)
    held += _of_resource(question, target, side)
    held += [*_controls("scp", scps), *_controls("rcp", rcps)]
    found = Simulation(question, _request(question, known, owner), known, tuple(held), scps, rcps, side)
    return replace(found, request=request_as_decided(found.request, found.compiled()))


def _request(question: Question, known: KnownKeys, owner: str) -> Request:
    caller = parse_principal(question.caller)
    assert caller is not None, "users, roles and sessions are principals"
    holder = question.holder
    unique_id = holder.user_id if isinstance(holder, User) else holder.role_id
    caller = replace(caller, unique_id=unique_id, has_boundary=holder.boundary is not None)
    context = context_of(known, complete=question.is_complete)
    if isinstance(holder, Role) and question.session is None:
        context = replace(context, beginnings=beginnings_of_session(holder.role_id))
    return make_request(caller, question.action, question.resource, owner, context)


def _guardrails(
    question: Question, company: Organization | None, own: str, owner: str
) -> tuple[Guardrails, Guardrails]:
    scps = guardrails_of(company, own, "SERVICE_CONTROL_POLICY")
    rcps = guardrails_of(company, owner, "RESOURCE_CONTROL_POLICY")
    if is_service_linked_role(question.holder.arn):
        exempt = Guardrails("exempt", "Service-linked roles are exempt from control policies.")
        return exempt, exempt
    service = question.service
    if rcps.standing in {"applies", "unknown"} and not catalogue().is_rcp_service(service):
        rcps = Guardrails("exempt", f"Resource control policies do not cover {service}.")
    return scps, rcps


def _resource_side(question: Question, target: object) -> ResourceSide:
    has_resource = question.resource != EVERYTHING and not catalogue().takes_no_resource(question.action)
    if question.pasted is not None:
        # A role's trust policy speaks of assuming it only, and nothing else of IAM has a policy of its own.
        return ResourceSide("pasted" if has_resource and question.service != "iam" else "none")
    if question.asks_trust:
        if isinstance(target, Role):
            return ResourceSide("trust")
        return ResourceSide("missing", f"{question.resource} is not in the snapshot: whom it trusts is unknown")
    if not has_resource or question.service not in WITH_RESOURCE_POLICIES:
        return ResourceSide("none")
    return ResourceSide("missing", f"the policy of {question.resource}, if it has one, is not in the snapshot")


def _of_resource(question: Question, target: object, side: ResourceSide) -> Iterator[Held]:
    if side.standing == "pasted":
        cell = "trust" if question.asks_trust else "resource"
        arn = parse_arn(question.resource)
        yield Held(PASTED, "resource", cell, question.resource, None, arn.name if arn else "", question.pasted)
    elif side.standing == "trust" and isinstance(target, Role):
        yield _held(Applied("trust", "Trust policy", None, target.trust), "trust", target.name, "trust")


def _own(applied: Applied, holder: User | Role, number: int) -> Held:
    layer = "boundary" if applied.source == "boundary" else "identity"
    owner = f"group {applied.group.rpartition('/')[2]}" if applied.group else holder.name
    return _held(applied, layer, owner, f"{layer} {number}")


def _held(applied: Applied, source: str, owner: str, key: str) -> Held:
    layer = _LAYERS.get(source, "identity")
    return Held(
        key, layer, _CELLS.get(layer, layer), applied.name, applied.arn, owner, applied.document, applied.problem or ""
    )


def _controls(layer: str, guardrails: Guardrails) -> Iterator[Held]:
    for place, level in enumerate(guardrails.levels):
        for number, policy in enumerate(level.policies):
            missing = ""
            if policy.document.document is None:
                missing = f"the control policy {policy.name} cannot be read: {policy.document.problem}"
            key = f"{layer} {place} {number}"
            yield Held(key, layer, layer, policy.name, None, level.name, policy.document, missing, place)


def layer_of(kind: PolicyType, held: Iterable[Held], missing: str = "") -> Layer:
    """The policies as one layer; `missing` says what is known to be lacking in it."""
    lacking = [Policy("", None, missing)] if missing else []
    return Layer(kind, [*(each.policy for each in held), *lacking])
