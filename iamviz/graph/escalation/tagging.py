"""Somebody tags himself so that a trust, or a policy of his own, that asks for a tag of the caller lets him in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from iamviz.graph.admission import Admissions
from iamviz.graph.circumstances import LONG_TERM, together
from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place, is_enterable
from iamviz.graph.escalation.surroundings import reads_tags
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.trust import ASSUME_ROLE, scopes, statements
from iamviz.graph.verdict import Verdict, conclude
from iamviz.graph.world import Identity, TrustingRole
from iamviz.policy.conditions import Context, context_of
from iamviz.policy.decision import weigh
from iamviz.policy.expression import NEVER, Certainty, Expression, certainty, tests
from iamviz.policy.layers import Layers
from iamviz.policy.request import Request
from iamviz.policy.variables import EVERY_OTHER_TAG

FAMILY = "aws:principaltag/"
MOST_ROLES = 256
"""Roles that are tried for one actor."""
MOST_TAGS = 8
"""Combinations of tags that are tried for one role."""


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To the roles that only the tags of the caller keep closed."""
    action = "iam:TagRole" if actor.is_role else "iam:TagUser"
    if asking.covers(actor, (action,)):
        yield from ways("iviz-iam-selftag", FREELY, _aims(asking, place, actor, action))


def _aims(asking: Asking, place: Place, actor: Identity, action: str) -> Iterator[Aim]:
    for trusting in _candidates(place, actor):
        if trusting.arn == actor.arn or trusting.partition != actor.partition or not is_enterable(trusting):
            continue
        if certainty(place.admissions.of_identity(actor, trusting).expression) is not None:
            continue
        for tags in _tags(place.admissions, actor, trusting):
            tagged = asking.may(actor, action, actor.arn, _tag_keys(tags))
            verdict = _assume(place.admissions, actor, trusting, tags)
            if certainty(verdict.expression) in {Certainty.CERTAIN, Certainty.CONDITIONAL}:
                own = asking.together((tagged, Verdict(verdict.expression, verdict.told_own)))
                yield Aim(trusting.arn, own, Proof(FREELY.expression, place.admissions.evidence(verdict, trusting)))
                break


def _candidates(place: Place, actor: Identity) -> Iterable[TrustingRole]:
    """The roles whose trust asks for tags of the caller; all where the actor's own policies do."""
    standing = place.permissions.standing(actor, ASSUME_ROLE)
    own = any(reads_tags(clause.statement) for clause in standing.identity.about(ASSUME_ROLE).clauses)
    if own:
        return islice((each for each in place.permissions.world.trusting if _may_admit(each, actor)), MOST_ROLES)
    return islice(place.surroundings.reading_tags(actor.account), MOST_ROLES)


def _may_admit(trusting: TrustingRole, actor: Identity) -> bool:
    """Whether the trust names the actor's account, anybody in it, or anyone."""
    if trusting.account == actor.account:
        return True
    return any(
        scope.level == "anyone" or actor.account in scope.value
        for statement in statements(trusting, "Allow")
        for scope in scopes(statement)
    )


def _tag_keys(tags: Mapping[str, str]) -> dict[str, str | tuple[str, ...] | None]:
    """What a request brings that sets these tags."""
    keys: dict[str, str | tuple[str, ...] | None] = {f"aws:RequestTag/{name}": value for name, value in tags.items()}
    return keys | {"aws:RequestTag/*": None, "aws:TagKeys": tuple(tags)}


def _tags(admissions: Admissions, actor: Identity, trusting: TrustingRole) -> Iterator[Mapping[str, str]]:
    """Tags that the role's trust, or the actor's own policies, ask for."""
    open_ = _assume(admissions, actor, trusting, None).expression
    if open_ is NEVER:
        return
    found: list[dict[str, str]] = [{}]
    for name, values in _asked(open_, trusting):
        found = [{**tags, name: value} for tags in found for value in values][:MOST_TAGS]
    yield from (tags for tags in found if tags)


def _asked(term: Expression, trusting: TrustingRole) -> Iterable[tuple[str, list[str]]]:
    """The tags on which it hangs, with values that may do: of a pattern, one that fits it."""
    found: dict[str, list[str]] = {}
    for condition, _ in tests(term):
        if condition.key.casefold().startswith(FAMILY):
            values = found.setdefault(condition.key.partition("/")[2], [])
            values += [_concrete(value, trusting) for value in condition.values]
    return found.items()


def _concrete(value: str, trusting: TrustingRole) -> str:
    for name, tag in trusting.role.tags.items():
        for family in ("aws:ResourceTag", "iam:ResourceTag"):
            value = value.replace(f"${{{family}/{name}}}", tag)
    return value.replace("*", "x").replace("?", "x")


def _assume(admissions: Admissions, actor: Identity, trusting: TrustingRole, tags: Mapping[str, str] | None) -> Verdict:
    """Whether the actor may assume the role with these tags beside its own; with any where None."""
    permissions = admissions.permissions
    own = permissions.circumstances.caller(actor)
    known = {key: found for key, found in own.values.items() if tags is not None or not key.startswith(FAMILY)}
    known.pop(EVERY_OTHER_TAG if tags is None else "", None)
    context = Context(known, own.multivalued, complete=False)
    added = context_of({f"aws:PrincipalTag/{name}": value for name, value in (tags or {}).items()}, complete=False)
    resource = permissions.circumstances.resource(trusting.arn, trusting.account)
    request = Request(actor.caller, ASSUME_ROLE, trusting.arn, trusting.account, together(context, added, resource))
    standing = permissions.standing(actor, ASSUME_ROLE)
    layers = Layers(
        standing.identity,
        admissions.trust(trusting),
        standing.boundary,
        standing.scps,
        permissions.guards.rcps(trusting.account),
    )
    return conclude(weigh(request, layers), None if actor.is_role else LONG_TERM)
