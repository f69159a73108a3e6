"""The consoles' common pages in a real browser: by keyboard, small and large, and kept current by the stream."""

from __future__ import annotations

import psycopg
import pytest
from playwright.async_api import Browser, Page, Route

from api.db.engine import build_engine
from api.staff.accounts import add_staff
from api.staff.rights import ROLES
from tests.fakes.site import Site, complaints_of, until, visit

PASSWORD = "落日照大旗马鸣风萧萧"
PAGES = ("desk", "studio", "staff", "staff/password", "staff/audit", "desk/nothing")
PAGES += ("desk/switches", "desk/tasks", "desk/figures", "desk/replies")
RUNS_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_LOW = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, nav a, .button')]
    .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
# A page with a part that keeps itself current, as the desk will have them.
LIVE = """<!doctype html><html lang="zh-CN"><head><title>x</title><script src="{script}" defer></script></head>
<body data-events="/desk/events"><p id="offline" hidden>x</p><p id="signed-out" hidden>x</p>
<div id="part" data-live="queue" data-source="/desk">0</div></body></html>"""


async def employ(site: Site) -> None:
    engine = build_engine(site.settings.sqlalchemy_url, 1)
    async with engine.begin() as connection:
        await add_staff(connection, "zhang", "欧阳张三丰", PASSWORD, ROLES)
    await engine.dispose()


async def sign_in(page: Page, site: Site, wanted: str = "desk") -> None:
    """By keyboard alone, from the address that was wanted."""
    await page.goto(f"{site.address}{wanted}")
    await page.focus("#login")
    await page.keyboard.type("zhang")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{site.address}{wanted}")


async def test_somebody_signs_in_by_keyboard_and_out_again(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium) as browser:
        await employ(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await sign_in(page, site)
        title = await page.title()
        await page.get_by_role("button", name="退出").press("Enter")
        await page.wait_for_url(f"{site.address}staff/sign-in")

        assert title == "工作台 · 退役一件事助手"
        assert await page.get_by_role("status").inner_text() == "您已经退出。"
        assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_fit_the_screen_and_keep_to_their_policy(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as browser:
        await employ(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await sign_in(page, site)
        wrong = []
        for address in PAGES:
            await page.goto(f"{site.address}{address}")
            wrong += [(address, "runs out")] if await page.evaluate(RUNS_OUT) else []
            wrong += [(address, one) for one in await page.evaluate(TOO_LOW)]

        assert wrong == []
        assert [one for one in complaints if "404" not in one] == []


async def test_an_open_page_shows_what_changed_within_a_second_and_says_when_it_is_signed_out(
    site: Site, chromium: Browser
) -> None:
    async with site.up(), visit(chromium) as browser:
        await employ(site)
        page = await browser.new_page()
        await sign_in(page, site)
        script = await page.get_attribute("head script", "src")
        asked = 0

        async def part(route: Route) -> None:
            nonlocal asked
            asked += 1
            await route.fulfill(body=f"<b>{asked}</b>")

        async def live(route: Route) -> None:
            await route.fulfill(body=LIVE.format(script=script), content_type="text/html")

        await page.route("**/desk", part)
        await page.route("**/desk/live", live)
        await page.goto(f"{site.address}desk/live")
        await until(lambda: page.inner_text("#part"), "1")
        tell(site, "SELECT pg_notify('tuiyi_staff', 'conversation:5')")
        tell(site, "SELECT pg_notify('tuiyi_staff', 'queue')")
        await until(lambda: page.inner_text("#part"), "2", seconds=1)
        await page.unroute("**/desk")
        tell(site, "UPDATE staff_session SET ended_at = now()")
        tell(site, "SELECT pg_notify('tuiyi_staff', 'queue')")
        await until(lambda: page.is_visible("#signed-out"))

        assert asked == 2


def tell(site: Site, statement: str) -> None:
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute(statement.encode())
