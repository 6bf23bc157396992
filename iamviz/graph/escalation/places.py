"""What an account offers to whoever may change it: roles and users, policies, the services that roles trust."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from iamviz.graph.admission import Admissions
from iamviz.graph.circumstances import together
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.standing import Standings
from iamviz.graph.escalation.surroundings import Surroundings
from iamviz.graph.escalation.ways import NOTHING_MORE, Aim
from iamviz.graph.library import grain_of, reads_own_keys
from iamviz.graph.model import Evidence, Proof
from iamviz.graph.permission import Permissions
from iamviz.graph.trust import ASSUME_ROLE, scope_of, scopes, statements, trusted_services
from iamviz.graph.verdict import Verdict, conclude
from iamviz.graph.world import Grain, Identity, TrustingRole
from iamviz.inventory.access import AccountAccess, Held
from iamviz.inventory.extent import Place as AccountPlace
from iamviz.inventory.model import Group, Inventory, ManagedPolicy, User
from iamviz.policy.arn import account_of
from iamviz.policy.conditions import context_of
from iamviz.policy.decision import weigh
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing, any_of, certainty
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.principal import Caller
from iamviz.policy.request import Request, is_service_linked_role

RESERVED = "/aws-reserved/"
CHINA = ".cn"
MOST_ONWARD = 8
"""Conditions under which a role goes on to another."""
MOST_VERSIONS = 5
"""Of a policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


class Place:
    """One account. Nothing is worked out before it is asked for."""

    def __init__(
        self, permissions: Permissions, admissions: Admissions, surroundings: Surroundings, inventory: Inventory
    ) -> None:
        self.permissions = permissions
        self.admissions = admissions
        self.surroundings = surroundings
        self.inventory = inventory
        self.account = inventory.account
        self.admin = f"admin:{inventory.account}"
        self.place = AccountPlace(inventory.partition, inventory.account)
        self._going_on: dict[str, Expression] = {}
        self._admin_policies: tuple[str, ...] | None = None
        self._admin_groups: tuple[str, ...] | None = None
        self._by_services: dict[tuple[str, ...], tuple[Aim, ...]] = {}
        self._proofs: dict[Proof, Proof] = {}
        self._users: dict[Callable[[User], Expression], tuple[Aim, ...]] = {}

    @cached_property
    def roles(self) -> tuple[TrustingRole, ...]:
        """The roles that can be changed and passed: neither service-linked nor Identity Center's."""
        world = self.permissions.world
        found = (world.trusting_by_arn[role.arn] for role in self.inventory.roles)
        return tuple(each for each in found if is_changeable(each.arn))

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        """Users and roles by ARN."""
        return {each.arn: each for each in self.permissions.world.identities[self.account]}

    def trusting(self, *services: str) -> tuple[Aim, ...]:
        """The roles that one of the services may run as."""
        if services not in self._by_services:
            self._by_services[services] = tuple(self._trusting(services))
        return self._by_services[services]

    def potential(self, service: str, command: str) -> tuple[Aim, ...]:
        """The roles that the service may run as, where nobody looked whether it does."""
        key = service, command
        if key not in self._by_services:
            doubt = Missing(f"`aws {command}` was not collected")
            self._by_services[key] = tuple(
                Aim(aim.target, proof=Proof(doubt, aim.proof.evidence)) for aim in self.trusting(service)
            )
        return self._by_services[key]

    def same(self, proof: Proof) -> Proof:
        """Equal proofs are the same object: sets of targets are told apart by it."""
        return self._proofs.setdefault(proof, proof)

    def _trusting(self, services: tuple[str, ...]) -> Iterator[Aim]:
        proofs: defaultdict[str, list[Proof]] = defaultdict(list)
        for service in services:
            for name in (service, service + CHINA):
                for role, proof in self.by_service.get(name, {}).items():
                    proofs[role].append(proof)
        for trusting in self.roles:
            if trusting.document is None:
                proofs[trusting.arn].append(Proof(Missing(trusting.unreadable)))
        for role, found in proofs.items():
            evidence = dict.fromkeys(each for proof in found for each in proof.evidence)
            yield Aim(role, proof=Proof(any_of([each.expression for each in found]), tuple(evidence)))

    @cached_property
    def by_service(self) -> Mapping[str, Mapping[str, Proof]]:
        """By service, the roles whose trust lets it in on behalf of this account."""
        found: defaultdict[str, dict[str, Proof]] = defaultdict(dict)
        for trusting in self.roles:
            for service in trusted_services(trusting):
                proof = self._admits(trusting, service)
                if proof.expression is not NEVER:
                    found[service][trusting.arn] = proof
        return found

    def _admits(self, trusting: TrustingRole, service: str) -> Proof:
        circumstances, guards = self.permissions.circumstances, self.permissions.guards
        known = together(
            circumstances.service(service),
            circumstances.resource(trusting.arn, self.account),
            context_of({"aws:SourceAccount": self.account, "aws:SourceOwner": self.account}, complete=False),
        )
        request = Request(Caller(service, "service", ""), ASSUME_ROLE, trusting.arn, self.account, known)
        layers = Layers(Layer("identity", ()), self.admissions.trust(trusting), rcps=guards.rcps(self.account))
        verdict = conclude(weigh(request, layers))
        return Proof(verdict.expression, self.admissions.evidence(verdict, trusting))

    @cached_property
    def enterable(self) -> tuple[TrustingRole, ...]:
        """The roles whose trust names anybody but services and providers."""
        return tuple(each for each in self.roles if is_enterable(each))

    @cached_property
    def _nameless(self) -> frozenset[str]:
        """The roles whose trust policies name whole accounts and nothing of who asks or of the role."""
        return frozenset(each.arn for each in self.enterable if not _tells_apart(each))

    @cached_property
    def users(self) -> tuple[Identity, ...]:
        return tuple(each for each in self.identities.values() if not each.is_role)

    @cached_property
    def roles_to_change(self) -> tuple[Aim, ...]:
        """Each role that can be changed."""
        return tuple(Aim(each.arn) for each in self.roles)

    def users_where(self, fact: Callable[[User], Expression]) -> tuple[Aim, ...]:
        """The users of whom something holds, or of whom nobody knows it."""
        if fact not in self._users:
            facts = ((each.arn, fact(each.entity)) for each in self.users if isinstance(each.entity, User))
            self._users[fact] = tuple(
                Aim(arn, proof=NOTHING_MORE if term is ALWAYS else Proof(term))
                for arn, term in facts
                if term is not NEVER
            )
        return self._users[fact]

    def attached_policies(self, actor: Identity) -> Iterator[str]:
        """The account's own managed policies that are attached to the identity, or to a group of it."""
        held = dict.fromkeys(each.policy for each in actor.held)
        yield from (arn for arn in held if arn in self.customer_policies)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """By casefolded name."""
        return {group.name.casefold(): group for group in self.inventory.groups}

    def groups_of(self, actor: Identity) -> list[Group]:
        names = actor.entity.groups if isinstance(actor.entity, User) else ()
        return [self.groups[name.casefold()] for name in names if name.casefold() in self.groups]

    def admin_policies(self, standings: Standings) -> tuple[str, ...]:
        """The account's own policies that give everything, under its SCPs."""
        if self._admin_policies is None:
            self._admin_policies = tuple(
                arn
                for arn, policy in self.customer_policies.items()
                if policy.default is not None
                and standings.of_holder(self.place, (self.access.held_managed(arn),)) is ALWAYS
            )
        return self._admin_policies

    def admin_groups(self, standings: Standings) -> tuple[str, ...]:
        """The groups whose members are admin."""
        if self._admin_groups is None:
            self._admin_groups = tuple(
                group.arn
                for group in self.inventory.groups
                if standings.of_holder(self.place, self.access.held_by(group)) is not NEVER
            )
        return self._admin_groups

    @cached_property
    def access(self) -> AccountAccess:
        return AccountAccess(self.inventory)

    def held_with(self, actor: Identity, groups: Sequence[Group]) -> tuple[Held, ...]:
        """The policies of a user, were it in these groups and no others."""
        found = dict.fromkeys(self.access.held_by(actor.entity))
        for group in groups:
            found |= dict.fromkeys(self.access.held_by(group))
        names = actor.entity.groups if isinstance(actor.entity, User) else ()
        gone = {name for name in names if name.casefold() not in self.groups}
        found |= dict.fromkeys(each for each in actor.held if each.document is None and each.policy in gone)
        return tuple(found)

    def assumed(self, asking: Asking, actor: Identity) -> Iterator[Aim]:
        """The roles of the account that the actor can assume; equal trust policies that name nobody are asked once."""
        alike = asking.assumes_alike(actor)
        known: dict[int, Verdict] = {}
        known_own: dict[int, tuple[Verdict, Verdict]] = {}
        for trusting in self.enterable:
            key = id(trusting.document) if alike and trusting.arn in self._nameless else None
            verdict = known.get(key) if key is not None else None
            if verdict is None:
                verdict = self.admissions.of_identity(actor, trusting)
                if key is not None:
                    known[key] = verdict
            if verdict.expression is not NEVER:
                # The verdict is kept, so that its id stays its own.
                _, own = known_own.setdefault(id(verdict), (verdict, Verdict(verdict.expression, verdict.told_own)))
                yield Aim(trusting.arn, own, self.same(Proof(ALWAYS, self.admissions.evidence(verdict, trusting))))

    def goes_on(self, role: str) -> Expression:
        """When the role may assume any other: an administration role of stack sets is nothing without."""
        found = self._going_on.get(role)
        if found is None:
            found = self._going_on[role] = self._goes_on(self.identities[role])
        return found

    def _goes_on(self, identity: Identity) -> Expression:
        found: dict[Expression, None] = {}
        for each in self._within_reach(identity):
            if each.arn != identity.arn and is_enterable(each):
                term = self.admissions.of_identity(identity, each).expression
                if term is ALWAYS:
                    return ALWAYS
                found[term] = None
        # Roles differ in what they ask for: a few ways are as good as all, and the surest come first.
        return any_of(sorted(found, key=lambda term: -(certainty(term) or 0))[:MOST_ONWARD])

    def _within_reach(self, identity: Identity) -> Iterator[TrustingRole]:
        """The roles that trust the identity by name, those of its account, those that its policies may reach."""
        yield from self.surroundings.naming(identity)
        # Whom the trust of anyone suffices for.
        yield from self.enterable
        world, standing = self.permissions.world, self.permissions.standing(identity, ASSUME_ROLE)
        own = standing.identity
        patterns = {each for clause in own.about(ASSUME_ROLE).allows for each in clause.statement.resources or ("*",)}
        if own.unknown or any(mark in each for each in patterns for mark in "*?$"):
            yield from world.trusting
            return
        yield from self.surroundings.unreadable
        yield from (world.trusting_by_arn[each] for each in sorted(patterns) if each in world.trusting_by_arn)

    @cached_property
    def with_profile(self) -> frozenset[str]:
        """The roles in an instance profile."""
        return frozenset(role for profile in self.inventory.instance_profiles for role in profile.roles)

    @cached_property
    def customer_policies(self) -> Mapping[str, ManagedPolicy]:
        """The account's own managed policies by ARN."""
        return {arn: each for arn, each in self.inventory.policies.items() if account_of(arn) == self.account}

    def rewritable(self, arn: str) -> bool:
        """Whether the policy has room for another version."""
        policy = self.customer_policies.get(arn)
        return policy is None or len(policy.versions) < MOST_VERSIONS


def _tells_apart(trusting: TrustingRole) -> bool:
    """Whether the trust policy treats one of an account unlike another, or one role unlike another with the same."""
    if trusting.document is None:
        return True
    named = any(
        scope.level == "named"
        for statement in trusting.statements
        for scope in (*scopes(statement), *map(scope_of, statement.not_principals or ()))
        if scope is not None
    )
    if named or grain_of(trusting.statements) is not Grain.ALL:
        return True
    return any(reads_own_keys(statement) or statement.not_principals is not None for statement in trusting.statements)


def is_enterable(trusting: TrustingRole) -> bool:
    """Whether its trust names anybody but services and providers, or cannot be read."""
    if trusting.document is None:
        return True
    return any(True for statement in statements(trusting, "Allow") for _ in scopes(statement))


def is_changeable(role: str) -> bool:
    """Whether anybody but AWS can change the role or pass it on."""
    return not is_service_linked_role(role) and RESERVED not in role


def joined(*evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(each for one in evidence for each in one))
