"""What a statement's Condition element says of a request of which everything, or only a part, is known."""

from iamviz.policy.conditions.context import NOTHING_KNOWN, Context, context_of
from iamviz.policy.conditions.dependencies import depends_on
from iamviz.policy.conditions.evaluation import decide_under, holds
from iamviz.policy.conditions.together import reconciled
from iamviz.policy.conditions.words import in_words

__all__ = ["NOTHING_KNOWN", "Context", "context_of", "decide_under", "depends_on", "holds", "in_words", "reconciled"]
