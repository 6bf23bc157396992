"""Methods that hand a role to a service: the actor may pass it, its trust lets the service in, the rest is allowed.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.launches import LAUNCHES, PROFILE, Launch
from iamviz.graph.escalation.laying import PASSING
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.prerequisites import met, on_existing
from iamviz.graph.escalation.verdicts import FREELY, either
from iamviz.graph.escalation.ways import Aim, Way, ways, ways_to_all
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Told, Verdict
from iamviz.graph.world import Identity
from iamviz.policy.expression import NEVER, all_of

PASSES = "iam:PassRole"


class Passing:
    """What one actor may pass, and to which service; asked once for each role and service."""

    def __init__(self, asking: Asking, place: Place, actor: Identity) -> None:
        self._asking = asking
        self._place = place
        self._actor = actor
        self._found: dict[tuple[str, str], Verdict] = {}
        self._marked: dict[int, tuple[Verdict, Verdict]] = {}

    def to(self, service: str, *, profile: bool = False) -> Iterator[Aim]:
        """The roles that the service may run as and that the actor may pass to it."""
        for aim in self._place.trusting(service):
            verdict = self.of(aim.target, service)
            if profile and verdict.expression is not NEVER:
                verdict = self._asking.together((verdict, self._profile(aim.target)))
            yield Aim(aim.target, verdict, aim.proof)

    def of(self, role: str, service: str) -> Verdict:
        """Whether the actor may pass the role to the service."""
        key = role, service
        if key not in self._found:
            keys = {"iam:PassedToService": service}
            self._found[key] = self.marked(self._asking.may(self._actor, PASSES, role, keys))
        return self._found[key]

    def marked(self, verdict: Verdict) -> Verdict:
        """The verdict, with the statements that allow to pass the role told apart from the others."""
        if id(verdict) not in self._marked:
            told = tuple(map(_as_passing, verdict.told))
            # The verdict is kept, so that its id stays its own.
            self._marked[id(verdict)] = verdict, Verdict(verdict.expression, told, verdict.shut)
        return self._marked[id(verdict)][1]

    def _profile(self, role: str) -> Verdict:
        """Whether the role is in an instance profile, or the actor can make one."""
        return FREELY if role in self._place.with_profile else self._asking.on_new(self._actor, PROFILE)


def _as_passing(told: Told) -> Told:
    return Told(PASSING, told.clause) if told.layer == "identity" else told


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """The methods of the table that are open to the actor, with the roles that it may pass."""
    if not asking.covers(actor, (PASSES,)):
        return
    passing = Passing(asking, place, actor)
    for launch in asking.possible(actor, LAUNCHES, _needed):
        yield from _ways(asking, place, passing, actor, launch)


def _needed(launch: Launch) -> tuple[str, ...]:
    return launch.actions


def _ways(asking: Asking, place: Place, passing: Passing, actor: Identity, launch: Launch) -> Iterator[Way]:
    through = asking.together((launched(asking, place, actor, launch), met(asking, place, launch)))
    if through.expression is NEVER and through.shut is None:
        return
    passed = asking.uniform(actor, PASSES)
    if passed is not None and not launch.profile and "execution-role" not in launch.needs:
        both = asking.together((through, passing.marked(passed)))
        yield from ways_to_all(launch.id, both, place.trusting(*launch.services))
        return
    aims = [aim for service in launch.services for aim in passing.to(service, profile=launch.profile)]
    if "execution-role" in launch.needs:
        aims = [_going_on(place, aim) for aim in aims]
    yield from ways(launch.id, through, aims)


def _going_on(place: Place, aim: Aim) -> Aim:
    proof = Proof(all_of((aim.proof.expression, place.goes_on(aim.target))), aim.proof.evidence)
    return Aim(aim.target, aim.verdict, place.same(proof))


def launched(asking: Asking, place: Place, actor: Identity, launch: Launch) -> Verdict:
    """Whether the actor may do all of it beside passing the role."""
    made = asking.all_new(actor, launch.new)
    if not launch.existing:
        return made
    return asking.together((made, either(on_existing(asking, place, actor, launch))))
