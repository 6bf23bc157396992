"""What holds of any conditions: nobody whom they let in is missing among the subjects, and nobody is let in wrongly."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from iamviz.graph.subjects import Provider, settled_for, subjects_of
from iamviz.graph.subjects.patterns import covers, is_literal
from iamviz.policy.conditions import context_of, decide_under
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Test, all_of, any_of, negate

PROVIDER = Provider("issuer.example")
SUB = PROVIDER.key("sub")
TOKENS = ["".join(letters) for size in range(4) for letters in product("ab:", repeat=size)]

OPERATORS = [
    f"{prefix}{name}{suffix}"
    for prefix in ("", "ForAnyValue:", "ForAllValues:")
    for name in ("StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase")
    for suffix in ("", "IfExists")
]
values = st.lists(st.text(alphabet="ab:*?", max_size=4), min_size=1, max_size=3).map(tuple)
about_subject = st.builds(Condition, st.sampled_from(OPERATORS), st.just(SUB), values)
presence = st.builds(Condition, st.just("Null"), st.just(SUB), st.sampled_from([("true",), ("false",)]))
others = st.builds(Condition, st.just("StringEquals"), st.just(PROVIDER.key("aud")), st.just(("x",)))
statements = st.lists(st.one_of(about_subject, presence, others), max_size=3).map(
    lambda found: all_of(map(Test, found))
)


def as_decided(allows: list[Expression], denies: list[Expression]) -> Expression:
    return all_of((any_of(allows), negate(any_of(denies))))


def of_token(expression: Expression, subject: str) -> Expression:
    return decide_under(expression, context_of({SUB: subject}, complete=False))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(statements, min_size=1, max_size=2), st.lists(statements, max_size=1))
def test_every_token_that_gets_in_belongs_to_a_subject(allows: list[Expression], denies: list[Expression]) -> None:
    expression = as_decided(allows, denies)
    found = [each for each in subjects_of(PROVIDER, expression).admitted if settled_for(each, expression) != NEVER]
    # A value whose wildcard is a plain character is nobody's: the tokens have none.
    inside = [token for token in TOKENS if of_token(expression, token) != NEVER]
    assert [token for token in inside if not any(covers(each.pattern, token) for each in found)] == []


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(statements, min_size=1, max_size=2), st.lists(statements, max_size=1))
def test_what_is_said_of_a_subject_is_true_of_all_its_tokens(
    allows: list[Expression], denies: list[Expression]
) -> None:
    expression = as_decided(allows, denies)
    for subject in subjects_of(PROVIDER, expression).admitted:
        left = settled_for(subject, expression)
        tokens = [subject.pattern] if is_literal(subject.pattern) else TOKENS
        for token in (each for each in tokens if covers(subject.pattern, each)):
            if left in (ALWAYS, NEVER):
                assert of_token(expression, token) == left
