"""Who is admin, and what is said of documents that are missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iamviz.inventory.access import AccountAccess
from iamviz.inventory.coverage import missing_documents, uncollected_providers
from iamviz.inventory.model import Inventory, ManagedPolicy, Organization, PolicyDocument, PolicyVersion
from iamviz.policy.catalogue import managed_policies_source
from tests.builders import A, B, account, allow, arn, deny, graph, group, managed, role, trust, user

EVERYTHING = allow("*")
AWS = "arn:aws:iam::aws:policy/"


def admin(inventory: Inventory, organization: Organization | None = None) -> str:
    built = graph(inventory, organization=organization)
    return built.node(built.position[inventory.users[0].arn]).admin


def test_a_statement_that_allows_everything_makes_an_admin() -> None:
    assert admin(account(A, user("eve", EVERYTHING))) == "certain"


def test_everything_on_some_resources_is_not_admin() -> None:
    assert admin(account(A, user("eve", allow("*", "arn:aws:s3:::logs/*")))) == "no"


def test_admin_comes_through_a_group_too() -> None:
    assert admin(account(A, group("admins", EVERYTHING), user("eve", groups=("admins",)))) == "certain"


def test_admin_under_a_condition_is_conditional() -> None:
    guarded = allow("*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    assert admin(account(A, user("eve", guarded))) == "conditional"


def test_a_boundary_that_does_not_allow_everything_takes_admin_away() -> None:
    fence = managed("fence", allow("s3:*"))
    assert admin(account(A, fence, user("eve", EVERYTHING, boundary=fence.arn))) == "no"


def test_a_boundary_of_not_action_star_allows_nothing() -> None:
    fence = managed("fence", {"Effect": "Allow", "NotAction": ["*"], "Resource": "*"})
    assert admin(account(A, fence, user("eve", EVERYTHING, boundary=fence.arn))) == "no"


def test_a_boundary_whose_document_is_missing_leaves_admin_open() -> None:
    assert admin(account(A, user("eve", EVERYTHING, boundary="arn:aws:iam::aws:policy/X"))) == "conditional"


@pytest.mark.parametrize(("denied", "outcome"), [("iam:*", "no"), ("*", "no"), ("organizations:*", "certain")])
def test_a_deny_of_iam_takes_admin_away_and_one_of_another_service_does_not(denied: str, outcome: str) -> None:
    assert admin(account(A, user("eve", EVERYTHING, deny(denied)))) == outcome


def test_coverage_names_each_document_that_something_hangs_on() -> None:
    gone = "arn:aws:iam::aws:policy/Gone"
    inventory = account(A, user("eve", attached=(gone,)), user("bob", boundary=gone), user("amy"))
    (notice,) = missing_documents(inventory)
    assert (notice.kind, notice.place) == ("missing", gone)
    assert "eve and 1 more" in notice.text


def test_aws_own_policy_without_its_document_says_what_aws_published() -> None:
    assert admin(account(A, user("eve", attached=(f"{AWS}AdministratorAccess",)))) == "certain"
    assert admin(account(A, user("eve", EVERYTHING, boundary=f"{AWS}ReadOnlyAccess"))) == "no"


def test_evidence_names_the_policy_as_if_the_snapshot_held_it() -> None:
    given = f"{AWS}AdministratorAccess"
    inventory = account(A, user("eve", attached=(given,)))
    access = AccountAccess(inventory).of(inventory.users[0])
    (source,) = access.sources
    assert (source.policy, source.owner, source.statement.index, access.gaps) == (given, given, 0, ())


def test_the_snapshots_own_document_wins_over_the_bundle() -> None:
    stated = replace(managed("AdministratorAccess", allow("s3:Get*")), arn=f"{AWS}AdministratorAccess")
    inventory = account(A, stated, user("eve", attached=(stated.arn,)))
    assert admin(inventory) == "no"
    assert list(missing_documents(inventory)) == []


def test_a_customers_policy_with_a_name_of_aws_is_not_taken_from_the_bundle() -> None:
    own = arn(A, "policy/AdministratorAccess")
    inventory = account(A, user("eve", attached=(own,)))
    assert admin(inventory) == "no"
    assert [notice.kind for notice in missing_documents(inventory)] == ["missing"]


def test_coverage_says_once_that_a_document_was_taken_from_the_bundle_and_of_which_date() -> None:
    given = f"{AWS}job-function/ViewOnlyAccess"
    inventory = account(A, user("eve", attached=(given,)), user("bob", boundary=given))
    (notice,) = missing_documents(inventory)
    assert (notice.kind, notice.place, notice.account) == ("warning", given, A)
    assert f"taken from the bundle of {managed_policies_source().date}" in notice.text


def test_a_listed_policy_whose_text_was_not_collected_is_taken_from_the_bundle_too() -> None:
    bare = PolicyVersion("v1", is_default=True, document=PolicyDocument("", None, "not collected"))
    listed = ManagedPolicy(f"{AWS}AdministratorAccess", "AdministratorAccess", (bare,))
    assert admin(account(A, listed, user("eve", attached=(listed.arn,)))) == "certain"


def test_coverage_says_that_trusted_providers_could_not_be_looked_up() -> None:
    okta = role("r", trusts=trust({"Federated": arn(A, "saml-provider/okta")}, "sts:AssumeRoleWithSAML"))
    (notice,) = uncollected_providers([account(A, okta), account(B, role("plain"))])
    assert (notice.account, notice.place) == (A, "saml-provider")
    assert "list-saml-providers" in notice.text


def test_coverage_is_silent_where_the_providers_were_listed_or_nobody_trusts_one() -> None:
    okta = role("r", trusts=trust({"Federated": arn(A, "saml-provider/okta")}, "sts:AssumeRoleWithSAML"))
    listed = account(A, okta, saml_providers=frozenset({arn(A, "saml-provider/okta")}))
    assert list(uncollected_providers([listed, account(B, role("plain"))])) == []
