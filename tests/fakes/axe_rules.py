"""The npm package axe-core: rules for accessible pages that nobody here wrote, run in the browser's page."""

from __future__ import annotations

from playwright.async_api import Page

from tests.fakes.node import installed

AXE = "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, { runOnly: { type: "tag", values: tags } }).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))"""


async def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with what breaks it."""
    await page.evaluate(
        (installed("axe") / AXE).read_text("utf-8")
    )  # Not as a script of the page: that its policy forbids.
    found: list[str] = await page.evaluate(RUN, TAGS)
    return found
