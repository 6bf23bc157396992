"""can-read, and the resources that have policies of their own: who outside reaches them, who inside reads them.

Who must allow what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from iamviz.graph.circumstances import LONG_TERM, together
from iamviz.graph.encryption import CALLER_ACCOUNT, DECRYPT, Keys, is_alias, keys_of_decryption
from iamviz.graph.escalation.verdicts import all_together, either
from iamviz.graph.library import reads_own_keys
from iamviz.graph.meeting import Meeting, Source, meet
from iamviz.graph.model import Edge, Evidence, Node, NodeKind, Proof
from iamviz.graph.outsiders import without_insiders
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import scopes
from iamviz.graph.verdict import Told, Verdict, conclude
from iamviz.graph.world import Identity, World
from iamviz.inventory.access import Held
from iamviz.inventory.known_keys import KnownKeys
from iamviz.inventory.model import ResourceKind, ResourcePolicy
from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.conditions import Context, context_of
from iamviz.policy.decision import weigh
from iamviz.policy.document import VERSION, Document, Statement
from iamviz.policy.expression import NEVER, Missing
from iamviz.policy.layers import Compiled, Layer, Layers, Policy, Settings
from iamviz.policy.own_rules import s3
from iamviz.policy.principal import Caller
from iamviz.policy.request import Request, is_service_linked_role, parse_principal

READS: Mapping[ResourceKind, str] = {
    "bucket": "s3:GetObject",
    "key": DECRYPT,
    "queue": "sqs:ReceiveMessage",
    "topic": "sns:Subscribe",
    "function": "lambda:InvokeFunction",
    "secret": "secretsmanager:GetSecretValue",
    "repository": "ecr:BatchGetImage",
}
"""The action that stands for reaching what each kind holds."""

WHOEVER = Caller("", "user", "")
"""Somebody with an account of his own."""
_EVERYTHING = Statement(0, "Allow", actions=("*",), resources=("*",))
_OF_HIMSELF = Layer("identity", (Policy("", Compiled(Document(VERSION, (_EVERYTHING,)))),))

MOST_NAMES = 8
"""Objects of a bucket that are tried."""

DATA: frozenset[ResourceKind] = frozenset({"bucket", "secret"})
"""Kinds of which it is asked who inside reads them."""

Found = Node | Edge


def find_edges(permissions: Permissions) -> Iterator[Found]:
    """A node for each resource, and the edges to it."""
    rule = _Rule(permissions)
    for inventory in permissions.world.inventories.values():
        for resource in inventory.resource_policies:
            yield Node(resource.arn, "resource", resource.arn.split(":", 5)[-1], resource.account)
            yield from rule.outside(resource)
            if resource.kind in DATA:
                yield from rule.inside(resource)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a resource is asked for, and the policy that it has."""

    resource: ResourcePolicy
    action: str
    held: Held | None
    layer: Layer | None
    statements: tuple[Statement, ...]
    known: KnownKeys = field(default_factory=dict)
    key: _Asked | None = None
    """The customer key with which it must be decrypted."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks, what is known of him, and the layers that are his alone."""

    caller: Caller
    known: Context
    identity: Layer
    boundary: Layer | None = None
    scps: tuple[Layer, ...] = ()
    is_user: bool = False


class _Rule:
    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.world = permissions.world
        self._keys = Keys(permissions.world)

    def outside(self, resource: ResourcePolicy) -> Iterator[Found]:
        """Principals that the policy names and the snapshot does not hold."""
        asked = self._asked(resource)
        for who in dict.fromkeys(_outsiders(asked.statements, self.world)):
            verdict = self._by_stranger(who, asked)
            expression = verdict.expression
            if who.id == "anyone":
                expression = without_insiders(expression, self.world)
            if expression is not NEVER:
                yield who
                yield Edge(who.id, resource.arn, "can-read", Proof(expression, self._evidence(verdict.told, asked)))

    def _by_stranger(self, who: Node, asked: _Asked) -> Verdict:
        asking = self._stranger(who)
        return self._with_key(lambda _: asking, asked)

    def _stranger(self, who: Node) -> _Asking:
        """Whoever has an account of his own grants himself his side; of others that is not known."""
        circumstances = self.permissions.circumstances
        if who.id == "anyone":
            return _Asking(WHOEVER, circumstances.anyone(), _OF_HIMSELF)
        unknown = Layer("identity", (Policy("", None, f"{who.name} is not in the snapshot"),))
        if who.id.startswith("account:") and who.account:
            caller = Caller(f"arn:aws:iam::{who.account}:root", "user", who.account)
            return _Asking(caller, circumstances.account(who.account), unknown)
        return _Asking(parse_principal(who.id) or WHOEVER, circumstances.principal(who.id), unknown)

    def inside(self, resource: ResourcePolicy) -> Iterator[Found]:
        """Users and roles of the snapshot that both sides let in."""
        asked = self._asked(resource)
        groups: defaultdict[tuple[str, tuple[Told, ...], Verdict], list[Identity]] = defaultdict(list)
        for members in self._classes(asked):
            verdict = self._inside(members[0], asked)
            if verdict.expression is not NEVER:
                groups[members[0].account, verdict.told_own, verdict].extend(members)
        for (account, own, verdict), members in groups.items():
            sources = [self._source(each, own) for each in members]
            proof = Proof(verdict.expression, self._evidence(verdict.told, asked))
            yield from meet(sources, [(resource.arn, proof)], Meeting(kind="can-read", account=account))

    def _source(self, identity: Identity, own: Sequence[Told]) -> Source:
        return identity.arn, self.permissions.evidence(own, identity)

    def _classes(self, asked: _Asked) -> Iterator[Sequence[Identity]]:
        """Those that may be let in: by policies of their own, or by the resource's alone."""
        told = asked.statements if asked.key is None else (*asked.statements, *asked.key.statements)
        named = {each.arn for each in self._named(told)}
        allowing = [each for each in asked.statements if each.effect == "Allow"]
        open_ = any(scope.level == "anyone" for each in allowing for scope in scopes(each))
        particular = named or any(map(_tells_apart, told))
        actions = (asked.action,) if asked.key is None else (asked.action, asked.key.action)
        for account in self._accounts(asked):
            for members in self.permissions.classes(account):
                lead = members[0]
                covers = bool(self.permissions.standing(lead, asked.action).identity.about(asked.action).allows)
                alone = account == asked.resource.account and open_
                kept = [each for each in members if covers or alone or each.arn in named]
                kept = [each for each in kept if not is_service_linked_role(each.arn)]
                if particular or any(self.permissions.is_particular(lead, action) for action in actions):
                    yield from ([each] for each in kept)
                elif kept:
                    yield kept

    def _accounts(self, asked: _Asked) -> Iterable[str]:
        """The resource's own account, and those whose identities its policy lets in."""
        found = {asked.resource.account: None}
        for statement in asked.statements:
            for scope in scopes(statement) if statement.effect == "Allow" else ():
                if scope.level == "anyone":
                    return [each for each in self.world.inventories if each not in self.world.closed]
                arn = parse_arn(scope.value)
                found[scope.value if scope.level == "account" else arn.account if arn else ""] = None
        return [each for each in found if each in self.world.inventories and each not in self.world.closed]

    def _named(self, statements: Iterable[Statement]) -> Iterator[Identity]:
        for statement in statements:
            for entry in (*(statement.principals or ()), *(statement.not_principals or ())):
                found = self.world.named(entry.value)
                if found is not None:
                    yield found

    def _inside(self, identity: Identity, asked: _Asked) -> Verdict:
        known = self.permissions.circumstances.caller(identity)

        def asking(action: str) -> _Asking:
            standing = self.permissions.standing(identity, action)
            limits = standing.boundary, standing.scps
            return _Asking(identity.caller, known, standing.identity, *limits, is_user=not identity.is_role)

        return self._with_key(asking, asked)

    def _with_key(self, who: Callable[[str], _Asking], asked: _Asked) -> Verdict:
        """Reading, and decrypting what is read; `who` asks for an action."""
        read = self._decide(who(asked.action), asked)
        if asked.key is None or read.expression is NEVER:
            return read
        return all_together((read, self._decrypted(who(asked.key.action), asked.key)))

    def _decrypted(self, who: _Asking, key: _Asked) -> Verdict:
        if is_alias(key.resource):
            return Verdict(Missing(f"which key {key.resource.arn} stands for was not collected"))
        account = {CALLER_ACCOUNT: who.caller.account} if who.caller.account else {}
        known = together(who.known, context_of({**key.known, **account}, complete=False))
        return self._decide(replace(who, known=known), key)

    def _asked(self, resource: ResourcePolicy) -> _Asked:
        """What is asked of the resource, and of the key that encrypts what it holds."""
        asked, key = self._about(resource), self._keys.of(resource)
        if key is None:
            return asked
        return replace(asked, key=replace(self._about(key), known=keys_of_decryption(resource, key)))

    def _about(self, resource: ResourcePolicy) -> _Asked:
        policy = resource.document
        if policy is None:
            return _Asked(resource, READS[resource.kind], None, None, ())
        missing = f"the policy of {resource.arn} cannot be read: {policy.problem}"
        held = Held(resource.arn, resource.arn, policy.document, "" if policy.document else missing)
        statements = policy.document.statements if policy.document else ()
        layer = self.permissions.library.layer("resource", (held,))
        return _Asked(resource, READS[resource.kind], held, layer, statements)

    def _decide(self, who: _Asking, asked: _Asked) -> Verdict:
        """Whether he may read any of it; one object of a bucket is enough."""
        return either(self._decide_on(who, asked, name) for name in _names(who, asked))

    def _decide_on(self, who: _Asking, asked: _Asked, arn: str) -> Verdict:
        resource = asked.resource
        context = together(who.known, self.permissions.circumstances.resource(resource.arn, resource.account))
        request = Request(who.caller, asked.action, arn, resource.account, context)
        rcps = self.permissions.guards.rcps(resource.account)
        blocked = bool(resource.public_access_block)
        settings = Settings(s3_bucket_abac=bool(resource.abac), s3_block_public_access=blocked)
        layers = Layers(who.identity, asked.layer, who.boundary, who.scps, rcps, settings=settings)
        if s3.keeps_out(request, asked.layer, settings):
            return Verdict(NEVER)
        return conclude(weigh(request, layers), LONG_TERM if who.is_user else None)

    def _evidence(self, told: Iterable[Told], asked: _Asked) -> tuple[Evidence, ...]:
        held = [each.held for each in (asked, asked.key) if each is not None and each.held is not None]
        clauses = dict.fromkeys(each.clause for each in told if each.layer == "resource")
        return tuple(each for clause in clauses for each in self.permissions.library.evidence("resource", clause, held))


def _names(who: _Asking, asked: _Asked) -> Iterator[str]:
    """The resource; of a bucket some objects, as the policies of both sides suggest them."""
    arn = asked.resource.arn
    if asked.resource.kind != "bucket":
        yield arn
        return
    own = (clause.statement for clause in who.identity.about(asked.action).allows)
    patterns = (each for statement in (*own, *asked.statements) for each in statement.resources or ())
    named = (each.replace("*", "x").replace("?", "x") for each in patterns if each.startswith(f"{arn}/"))
    yield from islice(dict.fromkeys((f"{arn}/x", *named)), MOST_NAMES)


def _tells_apart(statement: Statement) -> bool:
    """Whether the statement treats one of an account unlike another."""
    return statement.not_principals is not None or reads_own_keys(statement)


def _outsiders(statements: Iterable[Statement], world: World) -> Iterator[Node]:
    """Whom an Allow names and the snapshot does not hold."""
    for statement in statements:
        for scope in scopes(statement) if statement.effect == "Allow" else ():
            arn = parse_arn(scope.value)
            if scope.level == "anyone":
                yield Node("anyone", "anyone", "Anyone")
            elif scope.level == "account" and scope.value not in world.inventories:
                kind: NodeKind = "account" if scope.value in world.members else "external-account"
                yield Node(f"account:{scope.value}", kind, scope.value, scope.value)
            elif scope.level == "named" and arn is not None and _is_elsewhere(arn.account, world):
                yield Node(scope.value, "external-principal", arn.resource.split("/", 1)[-1], arn.account)


def _is_elsewhere(account: str, world: World) -> bool:
    return is_account(account) and account not in world.inventories
