"""On what the answer about an action hangs: resources, keys of the request, the caller, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamviz.graph.library import keys_read, reads_own_keys
from iamviz.policy.layers import Clause, Layer
from iamviz.policy.resources import PolicyType

_VARYING = frozenset({"iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary", "aws:tagkeys"})


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """`telling` are the statements that are on some resources only.

    `own`: it hangs on who the caller is; `circumstantial`: on some condition key or variable at all; `silent`: on
    nothing, nobody grants it.
    """

    telling: tuple[tuple[PolicyType, Clause], ...]
    own: bool
    circumstantial: bool
    reads_keys: bool
    reads_resource: bool
    has_variables: bool
    silent: bool

    @property
    def is_uniform(self) -> bool:
        """Whether the answer is the same for every resource and request."""
        return not (self.telling or self.reads_keys or self.reads_resource)


def shape_of(action: str, layers: Sequence[Layer]) -> Shape:
    """The shape of the answer under the layers; the first is the identity's."""
    spoken = [(layer.kind, layer.about(action)) for layer in layers]
    clauses = [(kind, clause) for kind, each in spoken for clause in (*each.allows, *each.denies)]
    telling = tuple((kind, clause) for kind, clause in clauses if not clause.everywhere)
    read = {name for _, clause in clauses for name in keys_read(clause.statement)}
    return Shape(
        telling,
        any(reads_own_keys(clause.statement) for _, clause in clauses),
        bool(read),
        any(map(_varies, read)),
        any("resourcetag/" in name for name in read),
        any(_has_variables(clause) for _, clause in telling),
        not spoken[0][1].allows and not layers[0].unknown,
    )


def _has_variables(clause: Clause) -> bool:
    statement = clause.statement
    return any("${" in each for each in (*(statement.resources or ()), *(statement.not_resources or ())))


def _varies(key: str) -> bool:
    """Whether a condition key, casefolded, tells one request of an actor for an action from another."""
    return key in _VARYING or "resourcetag/" in key or key.startswith("aws:requesttag/")
