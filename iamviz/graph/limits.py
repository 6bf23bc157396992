"""The caller's side of an edge beside what allows it: explicit Denies and the permissions boundary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from iamviz.graph.calling import ASSUME_ROLE, Calling
from iamviz.graph.trust import Limit
from iamviz.graph.world import evidence_of
from iamviz.inventory.access import Source
from iamviz.policy import evaluation
from iamviz.policy.expression import NEVER, Expression, Missing, any_of, negate
from iamviz.policy.variables import Values


def applies(source: Source, role: str, variables: Values) -> Expression:
    """Under which conditions the statement speaks of assuming the role."""
    return evaluation.applies(source.statement, ASSUME_ROLE, role, variables=variables, version=source.version)


def limits_of(calling: Calling, role: str, *, boundary_must_allow: bool) -> Iterator[Limit]:
    """What the caller's own Denies and its boundary make of assuming the role.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    denied = {source: applies(source, role, calling.variables) for source in calling.denies}
    yield from _refusal(denied, "identity", "an explicit Deny in a policy of the caller")
    if calling.boundary is None:
        return
    if calling.boundary_gap is not None:
        yield Limit("boundary", Missing(calling.boundary_gap.reason), calling.boundary_gap.reason)
        return
    bounds = {source: applies(source, role, calling.variables) for source in calling.boundary}
    denying = {source: term for source, term in bounds.items() if source.statement.effect == "Deny"}
    yield from _refusal(denying, "boundary", "an explicit Deny in the caller's permissions boundary")
    if boundary_must_allow:
        allowing = {source: term for source, term in bounds.items() if source.statement.effect == "Allow"}
        evidence = tuple(evidence_of(source, "boundary") for source in allowing)
        reason = "the caller's permissions boundary does not allow it"
        yield Limit("boundary", any_of(allowing.values()), reason, evidence)


def _refusal(
    terms: Mapping[Source, Expression], layer: Literal["identity", "boundary"], reason: str
) -> Iterator[Limit]:
    if not terms:
        return
    evidence = tuple(evidence_of(source, layer) for source, term in terms.items() if term != NEVER)
    yield Limit(layer, negate(any_of(terms.values())), reason, evidence)
