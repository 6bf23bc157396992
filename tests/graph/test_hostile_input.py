"""Whatever stands in a policy, the graph is built, stored, drawn and walked."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamviz.graph.account_map import identity_level
from iamviz.graph.export import assume_edges
from iamviz.graph.folding import group_level, organization_level
from iamviz.graph.levels import account_level
from iamviz.graph.paths import Question, find_paths
from iamviz.graph.reach import degrees, inbound, outbound
from iamviz.graph.wire import decode_graph, encode_graph
from iamviz.policy.document import UnreadableDocument
from tests.builders import A, B, X, account, arn, document, graph, role, root, unreadable, user, written

principals = st.one_of(
    st.sampled_from(
        [
            "*",
            "",
            ":",
            "AIDA",
            "AROA" + "X" * 17,
            A,
            X,
            root(A),
            root(X),
            root("aws"),
            "arn:aws:iam:::root",
            "arn:aws:iam::1:root",
            arn(A, "user/u"),
            arn(A, "role/r"),
            arn(X, "role/a/b/c"),
            f"arn:aws-cn:iam::{A}:root",
            f"arn:aws:sts::{A}:assumed-role/r",
            f"arn:aws:sts::{A}:assumed-role/r/s/t",
            f"arn:aws:sts::{A}:federated-user/x",
            arn(A, "group/g"),
            arn(A, "instance-profile/p"),
            "arn:aws:s3:::bucket",
            "arn:::::",
            "account:1",
            "pattern:x",
            "<script>alert(1)</script>",
            "\u202eexe.\x00",
        ]
    ),
    st.text(max_size=12),
)
kinds = st.sampled_from(["AWS", "Service", "Federated", "CanonicalUser"])
trusted = st.one_of(st.just("*"), st.dictionaries(kinds, st.lists(principals, max_size=3), min_size=1))
actions = st.sampled_from(
    ["sts:AssumeRole", "sts:*", "*", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", " x"]
)
blocks = st.sampled_from([{}, {"StringEquals": {}}, {"Odd": {"a": "b"}}, {"Null": {"${x": ["true", 5]}}])


@st.composite
def trust_statements(draw: st.DrawFn) -> dict[str, Any]:
    element = draw(st.sampled_from(["Principal", "NotPrincipal"]))
    return {
        "Effect": draw(st.sampled_from(["Allow", "Deny"])),
        element: draw(trusted),
        "Action": draw(actions),
        "Condition": draw(blocks),
    }


resources = st.one_of(
    st.sampled_from(
        ["*", "arn:aws:iam::*:role/${aws:username}", "arn:aws:iam::${x}:role/?", arn(X, "role/far"), "", ":"]
    ),
    st.text(max_size=20),
)
grants = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": actions, "Resource": st.lists(resources, max_size=3)},
    optional={"Condition": blocks},
)


def read(*statements: dict[str, Any]) -> Any:
    try:
        return document(*statements)
    except UnreadableDocument as error:
        return unreadable(str(error))


@given(st.lists(trust_statements(), max_size=3), st.lists(trust_statements(), max_size=2), st.lists(grants, max_size=3))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_policies_give_a_graph_that_can_be_stored_drawn_and_walked(
    trusts: list[Any], more: list[Any], granted: list[Any]
) -> None:
    built = graph(
        account(
            A, user("u", *granted, groups=("nobody",)), role("r", trusts=read(*trusts)), role("q", trusts=read(*more))
        ),
        account(B, role("r", *granted, trusts=read(*more))),
    )
    stored = decode_graph(encode_graph(built))
    assert written(stored) == written(built)
    inwards, outwards = degrees(stored, inwards=True), degrees(stored, inwards=False)
    for node in range(len(stored.ids)):
        if stored.is_pattern[node]:
            continue
        takeovers = [each for each in outbound(stored, node) if each.kind != "member-of"]
        assert len({each.target for each in takeovers}) == outwards[node]
        assert len({each.source for each in inbound(stored, node) if each.kind != "member-of"}) == inwards[node]
    assert all(level.id for level in (account_level(stored), organization_level(stored)))
    assert all(level.id for level in (identity_level(stored, A), group_level(stored, A)))
    for source, target, certainty in assume_edges(stored):
        unknown = certainty == "unknown"
        question = Question(sources=[stored.position[source]], targets=[stored.position[target]], unknown=unknown)
        assert find_paths(stored, question).paths[0].hops == 1
