"""What a statement's Condition element says of a request of which everything, or only a part, is known."""

from iamviz.policy.conditions.context import Context
from iamviz.policy.conditions.dependencies import depends_on
from iamviz.policy.conditions.evaluation import decide_under, holds

__all__ = ["Context", "decide_under", "depends_on", "holds"]
