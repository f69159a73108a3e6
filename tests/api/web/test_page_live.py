"""What comes meanwhile is shown at once, in every tab; one's own data are shown and deleted."""

from __future__ import annotations

import asyncio
import time

import psycopg
from playwright.async_api import Browser

from tests.fakes.site import Site, settled, until, visit, write

SAYS = """
    WITH said AS (
        INSERT INTO transcript (conversation_id, speaker, text)
        SELECT id, 'counselor', %s FROM conversation RETURNING id
    )
    UPDATE conversation SET owner = 'counselor' FROM said
"""


def counselor_says(site: Site, text: str) -> None:
    """Writes as another process does, and tells nobody."""
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute(SAYS.encode(), (text,))


async def test_word_of_a_counselor_is_shown_at_once_in_every_tab(chromium: Browser, site: Site) -> None:
    waits = []
    async with site.up(), visit(chromium) as context:
        first, second = await context.new_page(), await context.new_page()
        await first.goto(site.address)
        await write(first, "你好")
        await settled(first, 2)
        await second.goto(site.address)
        for number in range(5):
            await asyncio.sleep(0.4)  # Not while the page is asking anew.
            begun = time.monotonic()
            counselor_says(site, f"第 {number} 句")
            await asyncio.gather(*(page.get_by_text(f"第 {number} 句").wait_for() for page in (first, second)))
            waits.append(time.monotonic() - begun)
        shown = await first.locator(".when-counselor").is_visible()

    print("\nseen after", [f"{one:.2f} s" for one in waits])  # noqa: T201, shown with -s
    assert max(waits) < 2
    assert shown


async def test_own_data_are_shown_and_deleted_in_every_tab(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page, other = await context.new_page(), await context.new_page()
        await page.goto(site.address)
        await write(page, "老张在吗")
        await settled(page, 2)
        await other.goto(site.address)
        await page.goto(f"{site.address}my-data")
        told = await page.locator(".talk").inner_text()
        file = await (await page.request.get(f"{site.address}my-data.json")).json()
        await page.get_by_role("button", name="删除我的信息").click()
        await page.get_by_role("button", name="确认删除").click()
        await page.get_by_text("已经删除").first.wait_for()
        await until(lambda: other.get_by_text("老张").count(), 0)
        left = await page.content()

    assert "老张在吗" in told
    assert [one["text"] for one in file["messages"]] == ["老张在吗", "听到：老张在吗"]
    assert "老张" not in left


async def test_privacy_page_says_what_is_kept_and_whom_to_ask(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.get_by_role("link", name="隐私说明").click()
        text = await page.locator("main").inner_text()

    assert [
        word for word in ("留下什么", "留多久", "谁能看到", "您可以要求", "办件档案", "12345") if word not in text
    ] == []
