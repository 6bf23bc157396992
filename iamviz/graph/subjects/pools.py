"""Subjects of Cognito identity pools: whose pool the `aud` claim tells, signed in or not the `amr` claim.

Whoever knows the id of a pool that has unauthenticated access on gets a token of it, and any AWS account can have
pools of its own. https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
"""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.subjects.guards import confined
from iamviz.graph.subjects.patterns import is_anything
from iamviz.graph.subjects.settling import settled
from iamviz.graph.subjects.subject import Claim, Provider, Subject, Width
from iamviz.policy.expression import NEVER, Expression

COGNITO = "cognito-identity.amazonaws.com"

_OUT, _IN = "unauthenticated", "authenticated"
_WORDS = {_OUT: "unauthenticated: anyone on the Internet", _IN: "signed in", None: "signed in or not"}


def pool_subjects(provider: Provider, expression: Expression) -> Iterator[Subject]:
    """One for each pool; it tells who is signed in where the conditions do."""
    guard = confined(expression, provider.key("aud"))
    state = _state(provider, expression)
    about = tuple(_known_state(provider, state, expression))
    for pool in guard.patterns if guard is not None else ("*",):
        claims = (Claim(provider.key("aud"), pool), *about)
        whom = "any Cognito identity pool" if is_anything(pool) else f"Cognito identity pool {pool}"
        width: Width = "anyone" if is_anything(pool) or state != _IN else "tenant"
        yield Subject(f"{pool}:{state}" if state else pool, f"{whom}, {_WORDS[state]}", width, claims)


def _known_state(provider: Provider, state: str | None, expression: Expression) -> Iterator[Claim]:
    # Beside "authenticated" the claim names the providers; where the conditions ask for one, that is not known.
    if state is not None and _lets_in(state, provider, expression):
        yield Claim(provider.key("amr"), state, is_list=True)


def _state(provider: Provider, expression: Expression) -> str | None:
    """Which of the two states the conditions ask for; None where they let in both."""
    if not _lets_in(_OUT, provider, expression):
        return _IN
    return None if _lets_in(_IN, provider, expression) else _OUT


def _lets_in(state: str, provider: Provider, expression: Expression) -> bool:
    return settled(expression, [Claim(provider.key("amr"), state, is_list=True)]) != NEVER
