"""The npm package axe-core: rules for accessible pages that nobody here wrote, run in the browser's page."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

from playwright.async_api import Page

from api.settings import ROOT
from tests.fakes.node import npm

SOURCE = ROOT / "tests" / "fakes" / "axe"
INSTALLED = ROOT / "var" / "axe"
FILES = ("package.json", "package-lock.json")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, { runOnly: { type: "tag", values: tags } }).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))"""


async def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with what breaks it."""
    await page.evaluate(_script().read_text("utf-8"))  # Not as a script of the page: that its policy forbids.
    found: list[str] = await page.evaluate(RUN, TAGS)
    return found


def _script() -> Path:
    """The file, installed as its lock says when it is not yet."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    script = INSTALLED / "node_modules" / "axe-core" / "axe.min.js"
    with open(INSTALLED / "lock", "w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        stamp, wanted = INSTALLED / "installed.json", (SOURCE / "package-lock.json").read_text("utf-8")
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            for name in FILES:
                shutil.copy(SOURCE / name, INSTALLED)
            command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True)
            stamp.write_text(wanted, "utf-8")
    return script
