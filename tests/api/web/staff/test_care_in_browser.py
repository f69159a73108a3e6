"""Calls, work orders and the queue on narrow and wide screens: in reach without pushing sideways, and for everybody."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.api.web.staff.test_pages_in_browser import employ, sign_in, tell
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, complaints_of, visit

WAITING = """
    WITH c AS (INSERT INTO conversation (channel, session_id, owner) VALUES ('hotline', 's-1', 'queue') RETURNING id),
    r AS (INSERT INTO person_request (conversation_id, reason) SELECT id, 'asked' FROM c),
    b AS (INSERT INTO call_back (conversation_id, source, asked_at, due_at, claimed_by)
        SELECT c.id, 'given', now(), now() - interval '1 day', s.id FROM c, staff s),
    w AS (INSERT INTO work_order (conversation_id, form, channel, category, urgency, title, content, is_confidential,
            wants_reply, department, dispatch_note, made_by, made_at, limit_working_days, due_on, due_at)
        SELECT c.id, gen_random_uuid(), 'hotline', 'help', 'urgent', '户口恢复一直没有办', '材料交了一个月', false,
            true, '公安部门', '', s.id, now(), 3, current_date - 1, now() - interval '1 day' FROM c, staff s)
    INSERT INTO transcript (conversation_id, speaker, text)
    SELECT id, 'person', '我想问一下户口恢复的事，材料交上去一个月了一直没有消息' FROM c
"""
RUNS_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
IN_SIGHT = """() => {
    const seen = document.querySelector("#queue form[action$='/take'] button").getBoundingClientRect();
    return seen.left >= 0 && seen.right <= document.documentElement.clientWidth;
}"""


async def opened(page: Page, site: Site) -> None:
    tell(site, "UPDATE staff SET on_shift = true, last_seen_at = now()")
    await sign_in(page, site)
    tell(site, WAITING)


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_fit_and_break_no_rule(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as browser:
        await employ(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await opened(page, site)
        broken, too_wide = [], []
        for address in ("", "/call-backs", "/work-orders", "/work-orders/new", "/work-orders/1"):
            await page.goto(f"{site.address}desk{address}")
            await page.locator("main h1").wait_for()
            broken += [(address, one) for one in await violations(page)]
            too_wide += [address] if await page.evaluate(RUNS_OUT) else []
        await page.goto(f"{site.address}desk")

        assert broken == []
        assert too_wide == []
        assert await page.evaluate(IN_SIGHT)
        assert complaints == []


async def test_what_is_being_filled_in_stays_when_the_list_changes(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium) as browser:
        await employ(site)
        page = await browser.new_page()
        await opened(page, site)
        await page.goto(f"{site.address}desk/call-backs")
        await page.locator("select[name=how]").wait_for()
        await page.select_option("select[name=how]", "unreached")
        async with page.expect_response("**/desk/call-backs/part"):
            tell(site, "UPDATE call_back SET tries = 1")
        await page.evaluate("new Promise((done) => setTimeout(done, 200))")

        assert await page.input_value("select[name=how]") == "unreached"
