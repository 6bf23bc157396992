"""Which statements of a layer speak of a request, and how they name the caller."""

from __future__ import annotations

from tests.policy.deciding import EVE, OPS, OPS_CI, A, allow, decided, deny, to


def test_a_statement_without_principal_speaks_of_everyone_in_an_endpoints_policy_and_in_an_rcp() -> None:
    assert decided(own=[allow()], endpoint=[allow()]).outcome == "allowed"
    assert decided(own=[allow()], endpoint=[allow(), deny()]).blocked_by == ("vpce",)
    assert decided(own=[allow()], rcps=[[deny()]]).blocked_by == ("rcp",)


def test_an_endpoint_that_spares_the_caller_does_not_let_it_through() -> None:
    spared = {"Effect": "Allow", "NotPrincipal": {"AWS": EVE}, "Action": "*", "Resource": "*"}
    assert decided(own=[allow()], endpoint=[spared]).blocked_by == ("vpce",)


def test_a_deny_that_spares_one_session_hangs_on_the_sessions_name() -> None:
    spared = {"Effect": "Deny", "NotPrincipal": {"AWS": OPS_CI}, "Action": "*", "Resource": "*"}
    found = decided(OPS, own=[allow()], policy=[spared], known=False)
    assert (found.outcome, found.depends_on) == ("conditional", ("sts:RoleSessionName",))


def test_every_statement_counts_not_only_the_last_that_names_the_caller() -> None:
    assert decided(policy=[to(EVE), to(A)]).outcome == "allowed"
    assert [each.statement for each in decided(policy=[to(EVE), to(EVE)]).because] == [0, 1]
