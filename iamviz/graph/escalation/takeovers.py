"""Methods on another user or role: to enter it, or to write its permissions and enter it.

Who writes and enters has what he writes: two edges, to the one that is entered and to the account's admin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.credentials import (
    Fact,
    has_no_password,
    has_password,
    has_room_for_a_key,
    has_two_keys,
)
from iamviz.graph.escalation.places import Place, joined
from iamviz.graph.escalation.policies import Writing, boundary_of, strongest, ways_on
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.policy.expression import NEVER, all_of

Write = Literal["attach", "rewrite", "put"]

UPDATE_TRUST = "iam:UpdateAssumeRolePolicy"
CREATE_KEY = "iam:CreateAccessKey"


@dataclass(frozen=True, slots=True)
class Enter:
    """A way into a user, of whom `fact` must hold."""

    id: str
    actions: tuple[str, ...]
    fact: Fact


ENTERS = (
    Enter("iam-002", (CREATE_KEY,), has_room_for_a_key),
    Enter("iam-003", (CREATE_KEY, "iam:DeleteAccessKey"), has_two_keys),
    Enter("iam-004", ("iam:CreateLoginProfile",), has_no_password),
    Enter("iam-006", ("iam:UpdateLoginProfile",), has_password),
)


@dataclass(frozen=True, slots=True)
class WriteAndEnter:
    """`trust`: the role's trust is rewritten; else the role must trust the actor. `user`: a key is made instead."""

    id: str
    write: Write
    action: str
    user: bool = False
    trust: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        """All that must be allowed, but for assuming the role: its trust may suffice for that."""
        if self.user:
            return (self.action, CREATE_KEY)
        return (self.action, UPDATE_TRUST) if self.trust else (self.action,)


WRITES = (
    WriteAndEnter("iam-014", "attach", "iam:AttachRolePolicy"),
    WriteAndEnter("iam-015", "attach", "iam:AttachUserPolicy", user=True),
    WriteAndEnter("iam-016", "rewrite", "iam:CreatePolicyVersion"),
    WriteAndEnter("iam-017", "put", "iam:PutRolePolicy"),
    WriteAndEnter("iam-018", "put", "iam:PutUserPolicy", user=True),
    WriteAndEnter("iam-019", "attach", "iam:AttachRolePolicy", trust=True),
    WriteAndEnter("iam-020", "rewrite", "iam:CreatePolicyVersion", trust=True),
    WriteAndEnter("iam-021", "put", "iam:PutRolePolicy", trust=True),
)


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """The methods on others that are open to the actor."""
    for enter in ENTERS:
        if asking.covers(actor, enter.actions):
            yield from ways_on(asking, actor, enter.id, enter.actions, place.users_where(enter.fact))
    if asking.covers(actor, (UPDATE_TRUST,)):
        yield from ways_on(asking, actor, "iam-012", (UPDATE_TRUST,), place.roles_to_change)
    entering = _Entering(asking, place, actor)
    for method in WRITES:
        if (method.user or method.trust) and asking.covers(actor, method.actions):
            yield from entering.ways(method)


def find_own_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """The same by assuming the role that is written: whom a role trusts may hang on who asks."""
    entering = _Entering(asking, place, actor)
    for method in WRITES:
        if not method.user and not method.trust and asking.covers(actor, method.actions):
            yield from entering.ways(method)


class _Entering:
    """One actor's ways into those whose permissions it writes."""

    def __init__(self, asking: Asking, place: Place, actor: Identity) -> None:
        self._asking = asking
        self._place = place
        self._actor = actor
        self._writing = Writing(asking, place, actor)

    def ways(self, method: WriteAndEnter) -> Iterator[Way]:
        entered = self._entered(method)
        if method.write == "put" and self._is_uniform(method):
            yield from ways_on(self._asking, self._actor, method.id, method.actions, entered)
            aims: Iterable[Aim] = (self._with_written(method, aim) for aim in self._with_entry(method, entered))
        else:
            aims = [self._with_written(method, aim) for aim in self._with_entry(method, entered)]
            yield from ways(method.id, FREELY, aims)
        yield from ways(method.id, FREELY, strongest(self._admins(method, aims, entered)))

    def _is_uniform(self, method: WriteAndEnter) -> bool:
        both = method.user or method.trust
        return both and all(self._asking.uniform(self._actor, action) is not None for action in method.actions)

    def _entered(self, method: WriteAndEnter) -> tuple[Aim, ...]:
        """Those that the actor might enter."""
        if method.user:
            return self._place.users_where(has_room_for_a_key)
        return self._place.roles_to_change if method.trust else self._assumed

    def _with_entry(self, method: WriteAndEnter, aims: Iterable[Aim]) -> Iterator[Aim]:
        action = CREATE_KEY if method.user else UPDATE_TRUST if method.trust else ""
        for aim in aims:
            yield Aim(aim.target, self._asking.may(self._actor, action, aim.target), aim.proof) if action else aim

    def _with_written(self, method: WriteAndEnter, aim: Aim) -> Aim:
        return Aim(aim.target, self._asking.together((self._written(method, aim), aim.verdict)), aim.proof)

    def _admins(self, method: WriteAndEnter, aims: Iterable[Aim], entered: Iterable[Aim]) -> Iterator[Aim]:
        """Asked one by one: the first that is admin for certain is enough."""
        for aim in aims if method.write == "put" else self._with_entry(method, entered):
            if aim.target != self._actor.arn:
                yield from self._admin(method, aim)

    @cached_property
    def _assumed(self) -> tuple[Aim, ...]:
        """The roles that the actor can assume."""
        return tuple(self._place.assumed(self._asking, self._actor))

    def _written(self, method: WriteAndEnter, aim: Aim) -> Verdict:
        target = self._place.identities[aim.target]
        match method.write:
            case "rewrite":
                return self._writing.rewrite_any(target)
            case "attach":
                return self._writing.attach(method.action, target, aim.target)
            case "put":
                return self._writing.put(method.action, target, aim.target)

    def _admin(self, method: WriteAndEnter, aim: Aim) -> Iterator[Aim]:
        """What the one that is written would be, seen that the actor enters it."""
        if aim.verdict.expression is NEVER:
            return
        for way in self._raised(method, self._place.identities[aim.target]):
            verdict = self._asking.together((way.verdict, aim.verdict))
            proof = Proof(all_of((way.proof.expression, aim.proof.expression)), joined(aim.proof.evidence))
            yield Aim(self._place.admin, verdict, proof)

    def _raised(self, method: WriteAndEnter, target: Identity) -> Iterator[Aim]:
        """Ways to make the target admin. That an inline policy may be put was asked with the entry."""
        standings, admin = self._asking.standings, self._place.admin
        match method.write:
            case "put":
                yield Aim(admin, proof=Proof(standings.unrestrained(target)))
            case "attach":
                outcome = standings.unrestrained(target)
                yield from self._writing.attach_admin(method.action, target.arn, boundary_of(target), outcome, target)
            case "rewrite":
                yield from self._writing.rewrite_admin(target)
