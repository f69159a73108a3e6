"""Notes and labels in a real browser: written by keyboard, live for a colleague, found again, for everybody."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.api.web.staff.test_desk_in_browser import RUNS_OUT, signs_in
from tests.api.web.staff.test_reply_box_in_browser import hold
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, complaints_of, visit


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_note_is_written_seen_at_once_and_found(site: Site, chromium: Browser, width: int) -> None:
    size = {"viewport": {"width": width, "height": 740}}
    async with site.up(), visit(chromium, **size) as first, visit(chromium, **size) as second:
        one = await signs_in(first, site, "zhang", "张三")
        address = hold(site)
        other = await signs_in(second, site, "li", "李四")
        complaints = complaints_of(one)
        await other.goto(address)
        await one.goto(address)
        await one.fill("#words", "介绍信丢了，星期五再问")
        await one.get_by_role("button", name="记下备注").press("Enter")
        await other.locator("#talk").get_by_text("介绍信丢了，星期五再问").wait_for()
        await one.fill("#name", "要跟进")
        await one.press("#name", "Enter")
        await one.locator("#talk").get_by_text("要跟进").wait_for()
        broken = [*await violations(one), *await violations(other)]
        await one.goto(f"{site.address}desk/search")
        broken += await violations(one)
        await one.fill("#noted", "介绍信")
        await one.press("#noted", "Enter")
        await one.get_by_role("link", name="看对话").wait_for()
        broken += await violations(one)
        runs_out = await one.evaluate(RUNS_OUT)
        await one.get_by_role("link", name="看对话").press("Enter")
        await one.wait_for_url(address)

    assert broken == []
    assert not runs_out
    assert complaints == []
