"""What nobody outside can bring: account ids, ARNs and organization ids that are the user's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamviz.graph.world import World
from iamviz.policy.arn import parse_arn
from iamviz.policy.expression import (
    NEVER,
    Condition,
    Expression,
    Test,
    answered,
)
from iamviz.policy.operators import parse_operator

_POSITIVE = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"})


def without_insiders(expression: Expression, world: World) -> Expression:
    """The expression for whoever calls from outside: where it asks for one of ours, it never holds."""
    return answered(expression, lambda asked: NEVER if _asks_for_insider(asked, world) else Test(asked))


def _asks_for_insider(condition: Condition, world: World) -> bool:
    operator, is_ours = parse_operator(condition.operator), _OURS.get(condition.key.casefold())
    if operator is None or is_ours is None or operator.name not in _POSITIVE or operator.if_exists:
        return False
    if operator.set_prefix == "ForAllValues":
        return False
    return all(is_ours(value, world) for value in condition.values)


def _is_own_account(value: str, world: World) -> bool:
    return value in world.own


def _is_own_arn(value: str, world: World) -> bool:
    arn = parse_arn(value)
    return arn is not None and arn.account in world.own


def _is_own_organization(value: str, world: World) -> bool:
    return world.organization is not None and value.split("/", 1)[0] == world.organization.id


_OURS: Mapping[str, Callable[[str, World], bool]] = {
    "aws:principalaccount": _is_own_account,
    "aws:principalarn": _is_own_arn,
    "aws:principalorgid": _is_own_organization,
    "aws:principalorgpaths": _is_own_organization,
    "kms:calleraccount": _is_own_account,
}
