"""The inbox and the care of the knowledge as people with other eyes and hands use them, on two sizes of screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.inbox.gathering import Gatherer
from tests.api.conftest import House, knowledge
from tests.api.web.staff.test_pages_in_browser import RUNS_OUT, TOO_LOW, employ, sign_in
from tests.fakes.asked import ask
from tests.fakes.axe_rules import violations
from tests.fakes.rasa import FakeRasa
from tests.fakes.site import Site, complaints_of, visit
from tests.fakes.studio import studio_of

VIEWS = ("review", "twice", "apart", "use", "unused", "coverage", "leaving", "log")
LONG = "我老家在山东菏泽，去年九月从部队退下来，户口跟着媳妇落在开封，" * 3 + "孙子上学能不能加分"


async def looked_at(page: Page) -> list[object]:
    """What is wrong with the page as it is now."""
    found: list[object] = [*await violations(page), *await page.evaluate(TOO_LOW)]
    is_too_wide = await page.evaluate(RUNS_OUT)
    return [page.url, is_too_wide, *found] if found or is_too_wide else []


async def fill(site: Site) -> None:
    """Questions in the transcript, one of them with a mark of staff."""
    behind: Any = House(site.settings, FakeRasa(), None, None)  # type: ignore[arg-type]
    at = datetime.now(LOCAL) - timedelta(minutes=5)
    for question in ("孙子上学能不能加分", "孙子上学能不能加分？", LONG):
        ask(behind, question, at, nearest="henan.topic.channels")
    told = ask(behind, "落户要几天", at, kind="answer", say="河南：10 天。", ids=("henan.topic.channels",), nearest="x")
    behind.change(
        "INSERT INTO answer_mark (transcript_id, staff_id, verdict, right_text, note, region, knowledge_ids)"
        " SELECT %s, id, 'wrong', '10 个工作日。', '少了“工作”', '410000', '{henan.topic.channels}' FROM staff",
        told,
    )
    engine = build_engine(site.settings.sqlalchemy_url, 2)
    await Gatherer(engine, knowledge, lambda: datetime.now(LOCAL)).gather()
    await engine.dispose()


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_break_no_rule_and_work_by_keyboard(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), studio_of(site), visit(chromium, viewport={"width": width, "height": 740}) as browser:  # type: ignore[arg-type]
        await employ(site)
        await fill(site)
        page = await browser.new_page()
        complaints = complaints_of(page)
        await sign_in(page, site, "studio")
        await page.get_by_text("组要处理").wait_for()
        broken = await looked_at(page)
        await page.goto(f"{site.address}studio/inbox")
        broken += await looked_at(page)
        await page.get_by_role("link", name="落户要几天").press("Enter")
        await page.get_by_role("heading", name="都是怎么问的").wait_for()
        broken += await looked_at(page)
        await page.goto(f"{site.address}studio/inbox")
        await page.get_by_role("link", name="孙子上学").first.press("Enter")
        await page.get_by_role("radio").first.press("Space")
        await page.get_by_role("button", name="加成另一种问法").press("Enter")
        await page.wait_for_url(f"{site.address}studio/changes/1")
        broken += await looked_at(page)
        await page.goto(f"{site.address}studio/inbox?state=waiting")
        broken += await looked_at(page)
        for view in VIEWS:
            await page.goto(f"{site.address}studio/care?view={view}&province=henan")
            await page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
            broken += await looked_at(page)

        assert broken == []
        assert complaints == []
