"""The desk in a real browser: two counselors and a person on the web page, all live, by keyboard and for everybody."""

from __future__ import annotations

import time

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page

from api.http.staff.door import COOKIE
from api.staff.passwords import NOBODY
from api.staff.sessions import digest_of
from tests.fakes.axe_rules import violations
from tests.fakes.site import Site, complaints_of, settled, until, visit, write

EMPLOY = """
    WITH s AS (
        INSERT INTO staff (login, name, password_hash, roles, on_shift, last_seen_at)
        VALUES (%s, %s, %s, '{counselor}', true, now()) RETURNING id
    ) INSERT INTO staff_session (digest, staff_id, csrf) SELECT %s, id, 'csrf' FROM s
"""
WIDE = {"viewport": {"width": 1280, "height": 900}}
TAKE = "#queue table form[action$='/take'] button"
RUNS_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


async def signs_in(context: BrowserContext, site: Site, login: str, name: str) -> Page:
    """A counselor at his desk."""
    with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
        connection.execute(EMPLOY.encode(), (login, name, NOBODY, digest_of(login)))
    await context.add_cookies([{"name": COOKIE, "value": login, "url": site.address}])
    page = await context.new_page()
    await page.goto(f"{site.address}desk")
    return page


async def asks(person: Page, site: Site, said: str = "人工") -> None:
    """Somebody on the web page who wants a person."""
    await person.goto(site.address)
    await write(person, "你好")
    await settled(person, 2)
    await write(person, said)
    await settled(person, 4)


async def test_two_counselors_and_a_person_talk_live(site: Site, chromium: Browser) -> None:
    async with (
        site.up(),
        visit(chromium, **WIDE) as first,
        visit(chromium, **WIDE) as second,
        visit(chromium) as third,
    ):
        one, other = await signs_in(first, site, "zhang", "张三"), await signs_in(second, site, "li", "李四")
        complaints = complaints_of(one)
        person = await third.new_page()
        await asks(person, site)
        for page in (one, other):
            await page.locator(TAKE).wait_for()

        await one.keyboard.press("j")
        await one.keyboard.press("Enter")
        await one.wait_for_url("**/desk/chats/*")
        await until(lambda: other.locator(TAKE).count(), 0, seconds=2)
        await one.keyboard.press("r")
        await one.keyboard.type("您好，我是张三。")
        await one.reload()
        draft = await one.input_value("#text")
        await one.focus("#text")
        begun = time.monotonic()
        await one.keyboard.press("Control+Enter")
        await person.get_by_text("您好，我是张三。").wait_for()
        to_person = time.monotonic() - begun
        await one.wait_for_url("**#text")
        begun = time.monotonic()
        await write(person, "我想问落户")
        await one.locator(".said").get_by_text("我想问落户").wait_for()
        to_desk = time.monotonic() - begun
        left = await one.input_value("#text")

    print(f"\nto the person {to_person:.2f} s, to the desk {to_desk:.2f} s")  # noqa: T201, shown with -s
    assert draft == "您好，我是张三。"
    assert left == ""
    assert max(to_person, to_desk) < 2
    assert len(site.rasa.asked) == 1
    assert complaints == []


async def test_danger_rings_once_where_the_sound_is_on(site: Site, chromium: Browser) -> None:
    async with site.up(), visit(chromium, **WIDE) as first, visit(chromium) as third:
        one = await signs_in(first, site, "zhang", "张三")
        await one.click("#sound")
        tried = await one.get_attribute("body", "data-rang")
        await asks(await third.new_page(), site, "我不想活了")
        await one.get_by_text("可能有危险").first.wait_for()

        assert tried == "1"
        assert await one.get_attribute("body", "data-rang") == "2"
        assert await one.get_attribute("#sound", "aria-pressed") == "true"


async def test_who_moves_the_mouse_is_there_and_an_open_page_alone_is_not(site: Site, chromium: Browser) -> None:
    seen = "SELECT last_seen_at > now() - interval '1 minute' FROM staff"
    async with site.up(), visit(chromium, **WIDE) as first:
        one = await signs_in(first, site, "zhang", "张三")
        with psycopg.connect(site.settings.database_url, autocommit=True) as connection:
            for table, column in (("staff", "last_seen_at"), ("staff_session", "last_used_at")):
                connection.execute(f"UPDATE {table} SET {column} = now() - interval '5 minutes'".encode())  # noqa: S608
            async with one.expect_response("**/desk/queue"):
                connection.execute("SELECT pg_notify('tuiyi_staff', 'queue')")
            untouched = connection.execute(seen.encode()).fetchone()
            async with one.expect_response("**/desk/mine"):
                await one.mouse.move(100, 100)
                await one.mouse.move(120, 120)
            moved = connection.execute(seen.encode()).fetchone()

    assert (untouched, moved) == ((False,), (True,))


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_desk_is_for_everybody(site: Site, chromium: Browser, width: int) -> None:
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as first, visit(chromium) as third:
        one = await signs_in(first, site, "zhang", "张三")
        await asks(await third.new_page(), site)
        await one.locator(TAKE).wait_for()
        found = await violations(one)
        runs_out = [await one.evaluate(RUNS_OUT)]
        await one.locator(TAKE).click()
        await one.wait_for_url("**/desk/chats/*")
        found += await violations(one)
        runs_out.append(await one.evaluate(RUNS_OUT))
        await one.goto(f"{site.address}desk/chats")
        await one.focus("#text1")
        await one.keyboard.type("在的。")
        await one.keyboard.press("Control+Enter")
        await one.locator(".said").get_by_text("在的。").wait_for()
        found += await violations(one)
        runs_out.append(await one.evaluate(RUNS_OUT))

    assert found == []
    assert runs_out == [False, False, False]
