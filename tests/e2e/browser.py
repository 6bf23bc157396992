"""A real Chromium that is watched: whatever it complains about is a failure, whether the page looks right or not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} (line ${event.lineNumber})`));
"""
LEFT_BEHIND = "net::ERR_ABORTED"
"""A request that the page itself gave up, because it was left or the answer is no longer wanted."""


def find_chromium() -> str | None:
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


@contextmanager
def chromium(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What the browser complained about while a page was used. Not slotted: Playwright writes into it."""

    complaints: list[str] = field(default_factory=list)

    def take(self) -> list[str]:
        """The complaints so far, for a test that expects them."""
        taken, self.complaints = self.complaints, []
        return taken

    def over(self, page: Page) -> None:
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: Error) -> None:
        self.complaints.append(f"exception: {error}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BEHIND:
            self.complaints.append(f"request: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"answer: {response.status} {response.request.method} {response.url}")
