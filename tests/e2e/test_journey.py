"""Journeys through the product in a real browser: from a file to the evidence behind a path."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from iamviz.snapshots.demo.documents import allow, document, let_in
from tests.e2e.accessibility import violations
from tests.e2e.browser import Watch
from tests.e2e.world import BUILD, CHAIN, PRODUCTION, write_world

pytestmark = pytest.mark.browser

FINISHED = re.compile("Done|Nothing new")
"""The same world twice adds nothing: tests share one product, and run in any order."""


def test_a_person_uploads_two_accounts_and_finds_out_who_becomes_the_admin(member: Page, tmp_path: Path) -> None:
    upload_world(member, tmp_path)
    read_overview(member)
    narrow_identities(member)
    look_at_evidence(member)
    find_path(member)
    simulate(member)
    open_account_on_map(member)
    sign_out(member)


def test_a_file_that_is_no_snapshot_is_rejected_with_its_place_and_what_to_do(member: Page, tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.json"
    rubbish.write_text('{"UserDetailList": [\n  {"UserName": "eve", "Arn": 12}\n]}\n', encoding="utf-8")
    row = send(member, [rubbish])
    expect(row).to_contain_text("Rejected")
    expect(row).to_contain_text("Nothing of it was stored")
    expect(row.get_by_role("list", name=re.compile("Lines of .*rubbish.json"))).to_contain_text('"Arn": 12')
    assert violations(member) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_clean_in_both_themes(member: Page, tmp_path: Path, theme: Literal["light", "dark"]) -> None:
    member.emulate_media(color_scheme=theme)
    expect(send(member, write_world(tmp_path))).to_contain_text(FINISHED)
    workspace = re.sub(r"(/w/[^/]+).*", r"\1", member.url)
    pages = [
        "uploads",
        *(f"r/latest/{page}" for page in ("overview", "map", "identities", "trusts", "paths", "coverage")),
        *(
            f"r/latest/simulate{question}"
            for question in ("", f"?principal={CHAIN[0]}&action=sts:AssumeRole&resource={CHAIN[3]}")
        ),
    ]
    for address in [*(f"{workspace}/{page}" for page in pages), "/settings"]:
        member.goto(address)
        member.wait_for_load_state("networkidle")
        expect(member.get_by_role("main")).not_to_be_empty()
        assert violations(member) == [], address


def test_a_pasted_policy_that_cannot_be_read_is_shown_where_it_breaks(
    member: Page, watch: Watch, tmp_path: Path
) -> None:
    expect(send(member, write_world(tmp_path))).to_contain_text(FINISHED)
    question = f"principal={CHAIN[0]}&action=s3:GetObject&resource=arn:aws:s3:::logs/a&account={BUILD}"
    member.goto(re.sub(r"(/w/[^/]+).*", rf"\1/r/latest/simulate?{question}", member.url))
    decision = member.get_by_role("region", name="Decision")
    expect(decision.get_by_role("status").first).to_contain_text("Unknown")
    member.get_by_role("button", name="+ Resource policy").click()
    area = member.get_by_role("textbox", name="Resource policy")
    area.fill(json.dumps(document(allow("s3:GetObject") | {"Principal": {"AWS": CHAIN[0]}}), indent=2)[:-1])
    member.keyboard.press("Control+Enter")
    expect(member.get_by_role("alert")).to_contain_text("Not JSON")
    assert violations(member) == []
    member.get_by_role("button", name=re.compile("^Go to line ")).press("Enter")
    expect(area).to_be_focused()
    member.keyboard.press("Control+End")
    member.keyboard.type("}")
    member.keyboard.press("Control+Enter")
    expect(decision.get_by_role("status").first).to_contain_text("Allowed")
    refused = watch.take()
    assert len(refused) == 2
    assert all("400" in each and "/evaluate/" in each for each in refused), "the one refusal, and the console on it"


def test_who_is_not_signed_in_sees_the_sign_in_page_and_nothing_else(page: Page) -> None:
    page.goto("/w/anything/r/latest/identities")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    assert violations(page) == []


def open_page(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True).click()


def send(page: Page, paths: list[Path]) -> Locator:
    """Give files to the uploads page, see progress, and return the row of that upload."""
    page.goto(re.sub(r"(/w/[^/]+).*", r"\1/uploads", page.url))
    expect(page.get_by_role("heading", name="Uploads", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    rows = page.get_by_role("article")
    before = rows.count()
    page.get_by_label("Files to upload").set_input_files(paths)
    expect(page.get_by_role("progressbar")).to_be_visible()
    # Another test may have sent files of the same names: the newest row is the one that was not there.
    expect(rows).to_have_count(before + 1)
    expect(rows.first).to_contain_text(paths[0].name)
    return rows.first


def upload_world(page: Page, folder: Path) -> None:
    row = send(page, write_world(folder))
    expect(row).to_contain_text(FINISHED)
    row.get_by_role("button", name="Details").click()
    expect(row.get_by_role("table", name="Files of this upload")).to_contain_text("production.json")
    expect(row.get_by_role("heading", name="What happened")).to_be_visible()
    assert violations(page) == []
    row.get_by_role("link", name=re.compile("Revision")).click()


def read_overview(page: Page) -> None:
    """Two accounts; alice, bob, engineers and four roles; one of them may do everything."""
    expect(page.get_by_role("region", name="Identities")).to_contain_text("7")
    expect(page.get_by_role("region", name="Admins").first).to_contain_text("1")
    accounts = page.get_by_role("table", name="Accounts")
    expect(accounts.get_by_role("row", name=re.compile("build"))).to_contain_text(BUILD)
    expect(accounts.get_by_role("row", name=re.compile("production"))).to_contain_text(PRODUCTION)
    assert violations(page) == []


def narrow_identities(page: Page) -> None:
    """A facet narrows the list and is a step of the history: Back takes it off."""
    open_page(page, "Identities")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(8)
    page.get_by_role("region", name="Kind").get_by_role("button", name="User").click()
    expect(rows).to_have_count(3)
    expect(page).to_have_url(re.compile("kind=user"))
    page.go_back()
    expect(rows).to_have_count(8)
    page.get_by_label("Search identities").fill("orgadmin")
    expect(rows).to_have_count(2)
    assert violations(page) == []


def look_at_evidence(page: Page) -> None:
    """From OrgAdmin to deploy to who can become it, with both statements side by side."""
    page.get_by_role("link", name="OrgAdmin", exact=True).click()
    expect(page.get_by_role("heading", name="OrgAdmin", level=1)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="Trust").click()
    page.get_by_role("table", name="Who can become this").get_by_role("link", name="deploy").click()
    expect(page.get_by_role("heading", name="deploy", level=1)).to_be_visible()
    page.get_by_role("tab", name="Trust").click()
    table = page.get_by_role("table", name="Who can become this")
    table.get_by_role("button", name=re.compile("^Why: ci-runner assumes")).click()
    evidence = page.get_by_role("region", name="Evidence: ci-runner to deploy")
    expect(evidence.get_by_role("region", name="ci-runner may call it", exact=True)).to_contain_text('"Sid": "Deploy"')
    expect(evidence.get_by_role("region", name="deploy lets it in", exact=True)).to_contain_text("RunnerFromTheOffice")
    expect(evidence.get_by_role("list", name="What each layer says")).to_contain_text("Allows if")
    assert violations(page) == []


def find_path(page: Page) -> None:
    open_page(page, "Paths")
    for label, name in (("From", "alice"), ("To", "OrgAdmin")):
        page.get_by_role("combobox", name=label, exact=True).fill(name)
        page.get_by_role("option", name=re.compile(name)).first.click()
    page.get_by_role("button", name=re.compile("^Find")).click()
    ranked = page.get_by_role("complementary", name="Paths, ranked")
    best = ranked.get_by_role("button", name=re.compile("hops")).first
    expect(best).to_contain_text("3 hops, 2 accounts, 1 condition")
    expect(page.get_by_role("region", name="Path 1 in words").get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_role("figure")).to_be_visible()
    page.get_by_role("button", name="Next edge").click()
    expect(page.get_by_role("region", name="Evidence: ci-runner to deploy")).to_be_visible()
    assert violations(page) == []


def simulate(page: Page) -> None:
    """alice may become the runner; a message of AWS's fills the form, and tells why bob may not."""
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("simulate")
    page.get_by_role("option", name=re.compile("^Simulate")).click()
    page.get_by_role("combobox", name="Who").fill("alice")
    page.get_by_role("option", name=re.compile("alice")).first.click()
    page.get_by_role("combobox", name="Action").press_sequentially("sts:assumer")
    page.get_by_role("option", name="sts:AssumeRole Write", exact=True).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Action")).to_have_value("sts:AssumeRole")
    page.get_by_role("combobox", name="Resource").press_sequentially("runner")
    assert violations(page) == []
    page.get_by_role("option", name=re.compile("ci-runner")).click()
    page.keyboard.press("Control+Enter")
    decision = page.get_by_role("region", name="Decision")
    expect(decision.get_by_role("status").first).to_contain_text("Allowed")
    expect(decision.get_by_role("region", name="Policy of group engineers allows it", exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Paste AccessDenied").click()
    bob = CHAIN[0].replace("alice", "bob")
    denied = f"User: {bob} is not authorized to perform: sts:AssumeRole on resource: {CHAIN[1]}"
    page.get_by_role("textbox", name=re.compile("The message")).fill(denied)
    page.get_by_role("button", name="Read it").click()
    expect(decision.get_by_role("status").first).to_contain_text("Denied")
    expect(decision).to_contain_text("A policy of bob, or of a group that it is in, must allow sts:AssumeRole")
    assert violations(page) == []
    paste_trust_policy(page, decision, bob)


def paste_trust_policy(page: Page, decision: Locator, bob: str) -> None:
    """One that names bob lets him in without a policy of his own; a link and Back keep it and let go of it."""
    page.get_by_role("button", name="+ Trust policy").click()
    page.get_by_role("textbox", name="Trust policy").fill(json.dumps(document(let_in(bob))))
    page.keyboard.press("Control+Enter")
    expect(decision.get_by_role("status").first).to_contain_text("Allowed")
    expect(decision.get_by_role("region", name="The pasted policy allows it", exact=True)).to_contain_text(bob)
    assert violations(page) == []
    page.reload()
    expect(decision.get_by_role("status").first).to_contain_text("Allowed")
    page.go_back()
    expect(decision.get_by_role("status").first).to_contain_text("Denied")


def open_account_on_map(page: Page) -> None:
    open_page(page, "Map")
    place = page.get_by_role("navigation", name="Place on the map")
    expect(place).to_have_text("Organization")
    assert violations(page) == []
    page.get_by_role("button", name="Open build").click()
    expect(place).to_contain_text("build")
    expect(page.get_by_role("table", name="What is drawn")).to_contain_text("ci-runner")
    assert violations(page) == []
    page.go_back()
    expect(place).to_have_text("Organization")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Signed in as")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
