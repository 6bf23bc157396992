"""How many each trust lets in, counted on a graph."""

from __future__ import annotations

from iamviz.api.trusting import count_identities, trusts_of
from tests.builders import A, account, allow, arn, graph, role, root, user


def test_who_only_escalates_to_a_role_is_not_let_in_by_its_trust_and_nobody_counts_twice() -> None:
    assume, rewrite = allow("sts:AssumeRole"), allow("iam:UpdateAssumeRolePolicy")
    built = graph(
        account(A, role("r", trusts=root(A)), user("in", assume), user("both", assume, rewrite), user("round", rewrite))
    )
    r = arn(A, "role/r")
    position = built.index(r)
    assert position is not None
    assert count_identities(built, position, trusts_of(built, r)).total() == 2
