"""What the analysis makes of the demo organization: every planted chain, door and guard, as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from iamviz.analysis import Analysis, analyze
from iamviz.graph.model import IamGraph
from iamviz.graph.paths import Question, find_paths
from iamviz.graph.reach import Relation, blocked_between, edges_between, inbound
from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.policy import expression
from iamviz.policy.expression import Certainty
from iamviz.snapshots.demo import build_demo
from iamviz.snapshots.demo.baseline import identity_center_provider, permission_set_role
from iamviz.snapshots.demo.organization import IDS, arn
from iamviz.snapshots.demo.outside import GITHUB, VENDORS


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    path = tmp_path_factory.mktemp("demo") / "demo.zip"
    path.write_bytes(build_demo())
    documents = DocumentCache()
    by_account: dict[str, list[Any]] = {}
    for part in read_bundle([path]).parts:
        by_account.setdefault(part.account, []).append(part)
    organization = next(build_organization(part) for part in by_account.pop(""))
    return analyze([build_inventory(account, parts, documents) for account, parts in by_account.items()], organization)


@pytest.fixture(scope="module")
def graph(analysis: Analysis) -> IamGraph:
    return analysis.graph


def node(graph: IamGraph, node_id: str) -> int:
    position = graph.index(node_id)
    assert position is not None, f"{node_id} is not in the graph"
    return position


def certainty(graph: IamGraph, source: str, target: str) -> Certainty | None:
    relations = entering(edges_between(graph, node(graph, source), node(graph, target)))
    return max((relation.certainty for relation in relations), default=None)


def entering(relations: Iterable[Relation]) -> list[Relation]:
    """Those that a trust policy gives: who could make himself a way in is another question."""
    return [relation for relation in relations if relation.kind != "can-escalate"]


def keys(graph: IamGraph, source: str, target: str) -> set[str]:
    """The condition keys that the edges from source to target depend on, in lower case."""
    relations = entering(edges_between(graph, node(graph, source), node(graph, target)))
    found = [expression.tests(relation.expression(graph)) for relation in relations]
    return {condition.key.lower() for conditions in found for condition, _ in conditions}


def chain(graph: IamGraph, *ids: str) -> Certainty:
    """The certainty of exactly this chain, as the path finder has it."""
    wanted = tuple(node(graph, each) for each in ids)
    found = find_paths(graph, Question(sources=[wanted[0]], targets=[wanted[-1]], via=wanted[1:-1]))
    paths = {(wanted[0], *(step.target for step in path.relations)): path.certainty for path in found.paths}
    assert wanted in paths, f"no path {' → '.join(ids)}"
    return paths[wanted]


def test_a_forgotten_build_user_becomes_the_organizations_admin_in_three_steps(graph: IamGraph) -> None:
    steps = (
        arn("dev", "user/jenkins-legacy"),
        arn("shared-ci", "role/ci-runner"),
        arn("prod-core", "role/deploy-prod"),
        arn("management", "role/OrgAdmin"),
    )
    assert chain(graph, *steps) is Certainty.CERTAIN
    assert [graph.node(node(graph, step)).admin for step in steps] == ["no", "no", "no", "certain"]


def test_from_there_every_member_account_is_open(graph: IamGraph) -> None:
    organization_admin = arn("management", "role/OrgAdmin")
    members = [name for name in IDS if name not in ("management", "legacy-rates")]
    doors = [arn(name, "role/OrganizationAccountAccessRole") for name in members]
    assert [door for door in doors if certainty(graph, organization_admin, door) is not Certainty.CERTAIN] == []


def test_responders_need_mfa_and_then_administer_production(graph: IamGraph) -> None:
    responder = arn("security-audit", "role/incident-responder")
    person = arn("security-audit", "user/dmitri.okafor")
    assert (
        chain(graph, person, responder, arn("prod-payments", "role/platform/incident-response"))
        is Certainty.CONDITIONAL
    )
    assert keys(graph, person, responder) == {"aws:multifactorauthpresent"}


def test_a_vendors_role_never_becomes_the_responder_because_sessions_carry_no_mfa(graph: IamGraph) -> None:
    assert (
        certainty(graph, arn("security-audit", "role/managed-soc"), arn("security-audit", "role/incident-responder"))
        is None
    )


def test_the_release_bot_becomes_the_admin_of_payments_from_the_offices_only(graph: IamGraph) -> None:
    bot, manager = arn("staging", "user/deploy-bot"), arn("staging", "role/release-manager")
    deployer, admin = arn("prod-payments", "role/payments-deployer"), arn("prod-payments", "role/PaymentsAdmin")
    assert keys(graph, bot, manager) == {"aws:sourceip"}
    assert chain(graph, bot, manager, deployer, admin) is Certainty.CONDITIONAL
    assert chain(graph, manager, deployer, admin) is Certainty.CERTAIN


def test_power_users_assume_what_trusts_their_account_since_notaction_leaves_sts_open(graph: IamGraph) -> None:
    assert certainty(graph, arn("dev", "user/jonas.weber"), arn("dev", "role/dev-admin")) is Certainty.CERTAIN
    assert certainty(graph, arn("dev", "user/jonas.weber"), arn("staging", "role/qa-runner")) is Certainty.CERTAIN


def test_testers_assume_anything_but_the_roles_of_production(graph: IamGraph) -> None:
    tester = arn("staging", "user/irene.moreau")
    assert certainty(graph, tester, arn("dev", "role/seed-reader")) is Certainty.CERTAIN
    assert certainty(graph, tester, arn("staging", "role/debug-orders")) is Certainty.CERTAIN
    reached = {relation.source for relation in inbound(graph, node(graph, arn("prod-core", "role/deploy-prod")))}
    assert node(graph, tester) not in reached


def test_the_operator_on_duty_assumes_whatever_trusts_the_network_account(graph: IamGraph) -> None:
    operator = arn("network-hub", "user/noc.on-call")
    targets = [arn("network-hub", "role/network-operator"), arn("prod-tracking", "role/route-publisher")]
    assert [certainty(graph, operator, target) for target in targets] == [Certainty.CERTAIN, Certainty.CERTAIN]


def test_a_boundary_takes_administration_away_from_the_contractor(graph: IamGraph) -> None:
    assert graph.node(node(graph, arn("dev", "user/contractor-maya"))).admin == "no"


def test_a_boundary_stops_a_role_that_the_trust_names_and_not_a_user_that_it_names(graph: IamGraph) -> None:
    tools, publisher = arn("dev", "role/contractor-tools"), arn("dev", "role/build-publisher")
    assert certainty(graph, tools, publisher) is None
    assert {link.layer for link in blocked_between(graph, node(graph, tools), node(graph, publisher))} == {"boundary"}
    workspace = arn("dev", "role/contractor-workspace")
    assert certainty(graph, arn("dev", "user/contractor-ilya"), workspace) is Certainty.CERTAIN


def test_an_explicit_deny_at_home_keeps_the_scheduler_from_the_lakes_admin(graph: IamGraph) -> None:
    scheduler, admin = arn("analytics", "user/report-scheduler"), arn("data-lake", "role/lake-admin")
    assert certainty(graph, scheduler, admin) is None
    assert certainty(graph, scheduler, arn("data-lake", "role/lake-reader")) is Certainty.CERTAIN
    assert certainty(graph, arn("analytics", "user/bi-lead"), admin) is Certainty.CERTAIN


def test_a_deny_in_the_trust_keeps_notebooks_from_the_lake(graph: IamGraph) -> None:
    reader = arn("data-lake", "role/lake-reader")
    assert certainty(graph, arn("analytics", "role/notebook-launcher"), reader) is Certainty.CERTAIN
    assert certainty(graph, arn("analytics", "role/notebook-instance"), reader) is None


def test_engineers_of_one_permission_set_may_enter_the_lake(graph: IamGraph) -> None:
    role = permission_set_role("DataEngineer", "analytics")
    engineer = arn("analytics", f"role/aws-reserved/sso.amazonaws.com/eu-west-1/{role}")
    assert certainty(graph, engineer, arn("data-lake", "role/lake-engineer")) is Certainty.CERTAIN
    other = permission_set_role("ReadOnly", "analytics")
    reader = arn("analytics", f"role/aws-reserved/sso.amazonaws.com/eu-west-1/{other}")
    assert certainty(graph, reader, arn("data-lake", "role/lake-engineer")) is None
    provider = arn("analytics", f"saml-provider/{identity_center_provider('analytics')}")
    assert certainty(graph, provider, engineer) is Certainty.CONDITIONAL


def test_a_trust_in_everybody_is_narrowed_by_the_organization_in_one_role_and_not_in_the_other(graph: IamGraph) -> None:
    assert certainty(graph, "anyone", arn("shared-services", "role/artifact-reader")) is None
    assert certainty(graph, "anyone", arn("sandbox", "role/hackathon-demo")) is not None
    assert keys(graph, "anyone", arn("sandbox", "role/hackathon-demo")) == set()


def test_vendors_enter_with_an_external_id_without_one_and_with_one_that_is_optional(graph: IamGraph) -> None:
    def guard(vendor: str, role: str) -> set[str]:
        return keys(graph, f"account:{VENDORS[vendor]}", role)

    assert guard("lumenbase", arn("prod-core", "role/lumenbase-observability")) == {"sts:externalid"}
    assert guard("tidewatch", arn("prod-tracking", "role/tidewatch-cost-optimizer")) == set()
    assert guard("quaymetrics", arn("analytics", "role/quaymetrics-reader")) == {"sts:externalid"}


def test_github_enters_with_and_without_a_subject(graph: IamGraph) -> None:
    provider = arn("shared-ci", f"oidc-provider/{GITHUB}")
    subject = f"{GITHUB}:sub"
    assert subject in keys(graph, provider, arn("shared-ci", "role/platform/terraform-runner"))
    assert subject in keys(graph, provider, arn("shared-ci", "role/github-deploy"))
    assert subject not in keys(graph, provider, arn("shared-ci", "role/github-cache"))


def test_a_provider_that_the_account_does_not_have_lets_nobody_in(graph: IamGraph) -> None:
    role = node(graph, arn("prod-core", "role/gitlab-legacy-release"))
    assert entering(inbound(graph, role)) == []
    entries = {link.layer for link in graph.blocked if link.target == role and link.kind == "federates-into"}
    assert entries == {"dead"}


def test_a_deleted_principal_is_left_in_a_trust_and_lets_nobody_in(graph: IamGraph) -> None:
    role = node(graph, arn("network-hub", "role/vpn-admin"))
    dangling = [each for each in graph.ids if each.startswith("dangling:AROA")]
    assert len(dangling) == 1
    assert entering(inbound(graph, role)) == []
    dead = [graph.ids[link.source] for link in graph.blocked if link.target == role and link.layer == "dead"]
    assert dead == dangling


def test_an_instance_profile_runs_as_the_role_in_it(graph: IamGraph) -> None:
    relations = inbound(graph, node(graph, arn("shared-ci", "role/ci-runner")))
    profiles = {graph.ids[relation.source] for relation in relations if relation.kind == "runs-as"}
    assert profiles == {arn("shared-ci", "instance-profile/ci-runner")}


def test_an_attached_policy_without_document_leaves_edges_unknown(graph: IamGraph) -> None:
    intern = arn("sandbox-ml", "user/ml-intern")
    assert certainty(graph, intern, arn("sandbox", "role/hackathon-demo")) is Certainty.UNKNOWN


def test_coverage_tells_a_policy_that_is_in_the_bundle_from_one_that_nobody_has(analysis: Analysis) -> None:
    notices = [notice for notice in analysis.notices if notice.account == IDS["sandbox-ml"]]
    named = {notice.place.rpartition("/")[2]: notice.kind for notice in notices if ":policy/" in notice.place}
    assert named == {"AmazonSageMakerFullAccess": "warning", "AmazonSageMakerPreviewAccess": "missing"}
