"""The site and the browser that its tests visit it with."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from api.processes.tools_for_tests import BROWSERS
from api.settings import Settings
from tests.fakes.site import Site

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def site(settings: Settings) -> Site:
    """A site that is not up yet."""
    return Site(settings)


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """The machine's own browser."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()
