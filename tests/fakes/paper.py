"""A list in a browser and on paper, without a server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, Route

from actions.slip import Slip
from api.web.pages import Static
from api.web.slip_page import SlipPages
from tests.fakes.site import visit
from tests.fakes.slips import RELEASE, TOKEN

ADDRESS = "http://list.example/slip/" + TOKEN
A4 = (595, 842)
"""In points."""


@asynccontextmanager
async def shown(browser: Browser, slip: Slip, is_large: bool = False, **options: object) -> AsyncIterator[Page]:
    """The page of a list, with its files."""
    static = Static()
    html = SlipPages("12345", static).page(slip, RELEASE, TOKEN, is_large=is_large)

    async def answer(route: Route) -> None:
        parts = urlsplit(route.request.url).path.split("/")
        found = static.find(parts[-2], parts[-1])
        body, media_type = found or (html.encode(), "text/html; charset=utf-8")
        await route.fulfill(body=body, content_type=media_type)

    async with visit(browser, **options) as context:
        page = await context.new_page()
        await page.route("**/*", answer)
        await page.goto(ADDRESS)
        yield page


async def printed(page: Page) -> list[tuple[int, int]]:
    """The sizes of the sheets that a printer would get."""
    file = await page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", file))
    (size,) = set(re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", file))
    return [(round(float(size[0])), round(float(size[1])))] * sheets
