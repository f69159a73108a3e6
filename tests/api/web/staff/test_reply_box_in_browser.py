"""The box for replies in a real browser: always in sight, six of them at once, and a slash that may be written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import psycopg
import pytest
from playwright.async_api import Browser, Page

from tests.api.web.staff.test_desk_in_browser import RUNS_OUT, WIDE, signs_in
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, until, visit

NARROW = {"viewport": {"width": 360, "height": 740}}
STATE = '{"region": {"code": "410000", "name": "河南"}}'
LONG = "落户要先到武装部报到，再带退出现役证件、身份证到派出所办。"
HOLD = """
    WITH c AS (
        INSERT INTO conversation (id, channel, session_id, owner, state)
        VALUES (%(id)s::uuid, 'web', %(id)s, 'counselor', %(state)s::jsonb) RETURNING id
    ), r AS (
        INSERT INTO person_request (conversation_id, reason, claimed_at) SELECT id, 'asked', now() FROM c
    ), t AS (
        INSERT INTO transcript (conversation_id, speaker, text)
        SELECT id, CASE n %% 2 WHEN 0 THEN 'person' ELSE 'bot' END, %(words)s || n FROM c, generate_series(1, 40) n
    ) INSERT INTO desk_visit (conversation_id, staff_id) SELECT c.id, s.id FROM c, staff s
"""
CANNED = "INSERT INTO canned_reply (shortcut, text, created_by) SELECT 'hk', '请带户口簿。', id FROM staff"
SHOWN = """(element) => {
    const box = element.getBoundingClientRect();
    const on_top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && element.contains(on_top);
}"""
NEWEST = ".said li:last-child"


def tell(site: Site, statement: str, values: Mapping[str, object] | None = None) -> None:
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute(statement.encode(), values)


def hold(site: Site) -> str:
    """A chat with much in it that the counselor holds; returns its address."""
    number = str(uuid.uuid4())
    tell(site, HOLD, {"id": number, "state": STATE, "words": LONG})
    return f"{site.address}desk/chats/{number}"


async def shows(page: Page, selector: str) -> bool:
    """Whether all of it is in sight and nothing lies over it, at the latest once the live parts have settled."""

    async def is_shown() -> bool:
        return bool(await page.locator(selector).evaluate(SHOWN))

    try:
        await until(is_shown, True, seconds=3)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_the_box_and_the_newest_words_are_in_sight_and_the_box_stays(
    site: Site, chromium: Browser, size: dict[str, dict[str, int]]
) -> None:
    async with site.up(), visit(chromium, **size) as context:
        one = await signs_in(context, site, "zhang", "张三")
        chats = [hold(site) for _ in range(6)]
        await one.goto(chats[0])
        begun = [await shows(one, selector) for selector in (NEWEST, "#text", "#reply button.main")]
        stays = []
        for place in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            await one.evaluate(f"scrollTo(0, {place})")
            stays += [await shows(one, "#text"), await shows(one, "#reply button.main")]
        broken = await violations(one)
        await one.locator("#outcome").focus()
        reached = await shows(one, "#outcome")
        runs_out = await one.evaluate(RUNS_OUT)
        await one.goto(chats[0])
        await one.keyboard.press("d")
        await one.locator("#draft-title").wait_for()
        drafted = [await shows(one, selector) for selector in (NEWEST, "#draft-title", "#text")]

    assert begun == [True] * 3
    assert stays == [True] * 6
    assert reached
    assert drafted == [True] * 3
    assert not runs_out
    assert broken == []


async def test_six_boxes_are_in_sight_at_once(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium, **WIDE) as context:
        one = await signs_in(context, site, "zhang", "张三")
        for _ in range(6):
            hold(site)
        await one.goto(f"{site.address}desk/chats")
        boxes = [await shows(one, f"#text{number}") for number in range(1, 7)]
        newest = [await shows(one, f".side section:nth-child({number}) {NEWEST}") for number in range(1, 7)]
        broken = await violations(one)

    assert boxes == newest == [True] * 6
    assert broken == []


async def test_only_a_slash_where_a_sentence_begins_offers_canned_replies(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium, **WIDE) as context:
        one = await signs_in(context, site, "zhang", "张三")
        tell(site, CANNED)
        await one.goto(hold(site))
        asked: list[str] = []
        one.on("request", lambda request: asked.append(request.url) if "matching" in request.url else None)
        for written in ("户口本/身份证", "户口簿和 /或 身份证", "户口簿 /", "1 / 2", "看https://x.cn/hk"):
            await one.fill("#text", "")
            await one.type("#text", written)
        ordinary = len(asked)
        offered = []
        for written in ("/", "您好。/h", "您好。 /hk", "您好\n/hk"):
            await one.fill("#text", "")
            await one.type("#text", written)
            await until(lambda: one.locator("#canned-list").count(), 1)
            offered.append(await one.locator("#canned-list [role=option]").count())
        await one.press("#text", "Enter")
        taken = await one.input_value("#text")

    assert ordinary == 0
    assert offered == [1] * 4
    assert taken == "您好\n请带户口簿。"
