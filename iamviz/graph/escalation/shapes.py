"""On what the answer about an action hangs: resources, keys of the request, the caller, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamviz.graph.alike import Alike, Conditions
from iamviz.graph.library import keys_read
from iamviz.policy.document import Statement
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.resources import PolicyType

_VARYING = frozenset({"iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary", "aws:tagkeys"})


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """`telling` are the statements that are on some resources only, `conditions` are those of all statements.

    The conditions are None where policy variables in them make each caller his own. `by_account`: it hangs on the
    account of the resource; `silent`: on nothing, nobody grants it.
    """

    telling: tuple[tuple[PolicyType, Clause], ...]
    conditions: Conditions | None
    by_account: bool
    reads_keys: bool
    reads_resource: bool
    has_variables: bool
    silent: bool

    @property
    def is_uniform(self) -> bool:
        """Whether the answer is the same for every resource and request."""
        return not (self.telling or self.reads_keys or self.reads_resource)


def shape_of(action: str, layers: Sequence[Layer], alike: Alike) -> Shape:
    """The shape of the answer under the layers; the first is the identity's."""
    spoken = [(layer.kind, layer.about(action)) for layer in layers]
    clauses = [(kind, clause) for kind, each in spoken for clause in (*each.allows, *each.denies)]
    telling = tuple((kind, clause) for kind, clause in clauses if not clause.everywhere)
    read = {name for _, clause in clauses for name in keys_read(clause.statement)}
    return Shape(
        telling,
        alike.conditions(clause.statement for _, clause in clauses),
        any(key.startswith("aws:resource") for key in read),
        any(map(_varies, read)),
        any("resourcetag/" in name for name in read),
        any(has_variables(clause.statement) for _, clause in telling),
        not spoken[0][1].allows and not layers[0].unknown,
    )


def has_variables(statement: Statement) -> bool:
    """Whether its resources hold policy variables."""
    return any("${" in each for each in (*(statement.resources or ()), *(statement.not_resources or ())))


def _varies(key: str) -> bool:
    """Whether a condition key, casefolded, tells one request of an actor for an action from another."""
    return key in _VARYING or "resourcetag/" in key or key.startswith("aws:requesttag/")
