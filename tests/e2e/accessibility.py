"""axe-core on the page as it stands: the same rules in every browser test."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from iamviz.operations.locations import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """One line for each rule that is broken: which, and the first elements that break it."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{each['id']}: {each['help']}: {_places(each)}" for each in found["violations"]]


def _places(violation: dict[str, Any]) -> str:
    return "; ".join(f"{node['target']} {node['failureSummary'][:200]}" for node in violation["nodes"][:3])
