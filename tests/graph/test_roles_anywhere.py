"""Certificates as entries: the trust, a profile that lists the role, and an anchor that is on."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.workloads import AnywhereProfile, TrustAnchor
from tests.builders import A, account, arn, edges, graph, role, trust
from tests.graph.entries import entry_blocks, entry_edges

ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
SERVICE = {"Service": "rolesanywhere.amazonaws.com"}
ROLE = arn(A, "role/r")
ANCHOR = f"arn:aws:rolesanywhere:us-east-1:{A}:trust-anchor/ca"
CN = "aws:PrincipalTag/x509Subject/CN"
LOOKED = ("rolesanywhere list-profiles", "rolesanywhere list-trust-anchors")


def profile(*, enabled: bool = True, roles: tuple[str, ...] = (ROLE,), region: str = "us-east-1") -> AnywhereProfile:
    return AnywhereProfile("", "p", region, roles, enabled)


def anchor(*, enabled: bool = True, region: str = "us-east-1") -> TrustAnchor:
    return TrustAnchor("", "ca", region, enabled)


def trusting(actions: list[str] | None = None, **condition: Any) -> Any:
    return role("r", trusts=trust(SERVICE, actions or ACTIONS, Condition=condition))


def test_any_certificate_of_an_anchor_gets_in_where_the_trust_asks_for_none() -> None:
    built = graph(account(A, trusting(), profile(), anchor()))
    assert entry_edges(built) == [("any certificate of trust anchor ca", "r", "certain")]
    assert f"{ANCHOR}#*" in built.ids


def test_a_certificate_is_named_by_what_the_trust_asks_of_it() -> None:
    by_name = trusting(StringEquals={CN: "build"}, ArnEquals={"aws:SourceArn": ANCHOR})
    built = graph(account(A, by_name, profile(), anchor()))
    assert entry_edges(built) == [("certificates with Subject/CN build of trust anchor ca", "r", "certain")]
    assert f"{ANCHOR}#x509Subject/CN=build" in built.ids


def test_what_else_is_asked_of_a_certificate_stays_a_condition() -> None:
    both = trusting(StringEquals={CN: "build", "aws:PrincipalTag/x509Subject/OU": "ci"})
    assert entry_edges(graph(account(A, both, profile(), anchor()))) == [
        ("certificates with Subject/CN build of trust anchor ca", "r", "conditional")
    ]


def test_the_service_itself_hangs_on_what_the_certificate_says() -> None:
    built = graph(account(A, trusting(StringEquals={CN: "build"})))
    assert edges(built, "can-assume") == [("service:rolesanywhere.amazonaws.com", "r", "conditional")]


def test_where_nobody_looked_at_profiles_and_anchors_it_is_unknown() -> None:
    named = trusting(ArnEquals={"aws:SourceArn": ANCHOR})
    assert entry_edges(graph(account(A, named))) == [("any certificate of trust anchor ca", "r", "unknown")]
    assert entry_edges(graph(account(A, trusting()))) == [
        (f"any certificate of any trust anchor of account {A}", "r", "unknown")
    ]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ([profile(enabled=False), anchor()], "no profile of IAM Roles Anywhere that is on lists the role"),
        ([profile(roles=(arn(A, "role/x"),)), anchor()], "no profile of IAM Roles Anywhere that is on lists the role"),
        ([profile(), anchor(enabled=False)], "no trust anchor that is on where the role's profiles are"),
        ([profile(), anchor(region="eu-west-1")], "no trust anchor that is on where the role's profiles are"),
        ([profile()], "no trust anchor that is on where the role's profiles are"),
    ],
)
def test_without_profile_or_anchor_nobody_gets_in(known: list[object], reason: str) -> None:
    built = graph(account(A, trusting(), *known, looked_at=LOOKED))
    assert entry_edges(built) == []
    ((_, kind, why),) = entry_blocks(built)
    assert kind == "federates-into"
    assert reason in why


def test_an_anchor_that_the_trust_does_not_ask_for_is_of_no_use() -> None:
    other = trusting(ArnEquals={"aws:SourceArn": f"{ANCHOR}-old"})
    built = graph(account(A, other, profile(), anchor()))
    assert entry_edges(built) == []
    assert [why for _, _, why in entry_blocks(built)] == [
        "no trust anchor that can be used is one that the trust asks for"
    ]


def test_without_the_right_to_tag_nobody_gets_in() -> None:
    built = graph(account(A, trusting(["sts:AssumeRole"]), profile(), anchor()))
    assert entry_edges(built) == []
    ((name, _, why),) = entry_blocks(built)
    assert name == f"any certificate of any trust anchor of account {A}"
    assert "sts:TagSession and sts:SetSourceIdentity" in why


def test_a_role_that_does_not_trust_the_service_has_no_such_entry() -> None:
    built = graph(account(A, role("r", trusts=trust({"Service": "ec2.amazonaws.com"})), profile(), anchor()))
    assert entry_edges(built) == []
    assert entry_blocks(built) == []
