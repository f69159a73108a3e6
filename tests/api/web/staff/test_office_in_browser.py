"""The office's pages as people with other eyes and hands use them, and a notice on a chat page that is open."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.api.web.staff.test_pages_in_browser import employ, sign_in, tell
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, complaints_of, until, visit

TASK = (
    """INSERT INTO desk_task (kind, key, region, detail) VALUES ('low_rating', 'rating:1', '410700', '{"stars": 1}')"""
)
STORM = "今天台风，所有窗口关门。"


async def fill_pages(page: Page, site: Site) -> None:
    tell(site, TASK)
    await sign_in(page, site, "desk/switches")
    await page.fill("#urgent_text", STORM)
    await page.get_by_role("button", name="发出通知").press("Enter")
    await page.get_by_text("紧急通知已经发出").wait_for()
    await page.goto(f"{site.address}desk/replies")
    await page.fill("#shortcut", "hk")
    await page.fill("#said", "户口登记请带退出现役证件。")
    await page.get_by_role("button", name="保存").press("Enter")
    await page.get_by_text("已经保存").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_break_no_rule(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as browser:
        await employ(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await fill_pages(page, site)
        broken = []
        for address in ("switches", "tasks", "figures", "replies"):
            await page.goto(f"{site.address}desk/{address}")
            broken += [(address, one) for one in await violations(page)]

        assert broken == []
        assert complaints == []


async def test_open_chat_shows_a_notice_within_a_second_and_loses_it_again(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium) as browser:
        await employ(site)
        chat, desk = await browser.new_page(), await browser.new_page()
        await chat.goto(site.address)
        await chat.fill("#text", "你好")
        await chat.keyboard.press("Enter")
        await chat.locator("#log .entry.bot").nth(1).wait_for()
        await fill_pages(desk, site)
        await until(lambda: chat.locator("#notices .urgent").count(), 1, seconds=1)
        tell(site, "UPDATE service_notice SET withdrawn_at = now()")
        await until(lambda: chat.locator("#notices .urgent").count(), 0, seconds=1)
