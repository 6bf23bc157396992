"""Whether an identity is admin: effective Allow of every action on every resource of its account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from iamviz.inventory.access import Access, Source
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of, covers_action
from iamviz.policy.expression import ALWAYS, Certainty, Expression, Missing, all_of, any_of, certainty, negate

EVERYTHING = ("*", "*:*")

PROBES = ("iam:AttachRolePolicy", "iam:CreateUser", "iam:PutUserPolicy")
"""A Deny that covers one of these on every resource takes admin away; one on a few services does not."""


def admin_of(access: Access) -> Literal["no", "conditional", "certain"]:
    """By single statements that grant everything; the boundary must grant everything too."""
    match certainty(all_of((_full(access.sources), _within_boundary(access)))):
        case None:
            return "no"
        case Certainty.CERTAIN:
            return "certain"
        case _:
            return "conditional"


def _within_boundary(access: Access) -> Expression:
    if access.boundary_gap is not None:
        return Missing(access.boundary_gap.reason)
    return ALWAYS if access.boundary is None else _full(access.boundary)


def _full(sources: Iterable[Source]) -> Expression:
    statements = [source.statement for source in sources]
    granted = any_of(conditions_of(each) for each in statements if each.effect == "Allow" and _grants_everything(each))
    denied = any_of(conditions_of(each) for each in statements if each.effect == "Deny" and _denies_iam(each))
    return all_of((granted, negate(denied)))


def _grants_everything(statement: Statement) -> bool:
    return "*" in (statement.resources or ()) and any(action in EVERYTHING for action in statement.actions or ())


def _denies_iam(statement: Statement) -> bool:
    return "*" in (statement.resources or ()) and any(covers_action(statement, probe) for probe in PROBES)
