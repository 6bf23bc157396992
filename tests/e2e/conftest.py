"""What the browser tests share: the running product, a watched page, and the way in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import PROGRAMS, Watch, chromium, find_chromium
from tests.stack import Stack, running

TIMEOUT = 15_000


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.skip(f"NO BROWSER: none of {', '.join(PROGRAMS)} is on the PATH; the interface stays untested")
    with chromium(program) as started:
        yield started


@pytest.fixture(scope="package")
def stack(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The browser comes first: without one there is nothing to start for."""
    with running(tmp_path_factory.mktemp("product")) as started:
        yield started


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, stack: Stack, watch: Watch, tmp_path: Path) -> Iterator[Page]:
    """A fresh session on the running product. The test fails for whatever the browser complained about."""
    context = browser.new_context(base_url=stack.address, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=TIMEOUT)
    opened = context.new_page()
    watch.over(opened)
    yield opened
    opened.screenshot(path=tmp_path / "last.png")
    context.close()
    assert watch.complaints == []


@pytest.fixture
def member(page: Page, stack: Stack) -> Page:
    """The page after signing in, where a workspace without revisions begins: at its uploads."""
    page.goto("/")
    page.get_by_label("E-mail").fill(stack.email)
    page.get_by_label("Password").fill(stack.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/w/**")
    return page
