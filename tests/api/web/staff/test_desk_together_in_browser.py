"""A morning at the desk in real browsers: two counselors, three veterans on the web and the hotline, all at once.

Every step waits for what it needs to see, so that a slow machine only takes longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from playwright.async_api import Browser, Locator, Page, Route

from tests.api.web.staff.test_desk_in_browser import WIDE, signs_in
from tests.fakes.axe_rules import violations
from tests.fakes.line import Line
from tests.fakes.site import Site, complaints_of, settled, until, visit, write

PATIENCE = 60.0
MILLISECONDS = PATIENCE * 1000
NUMBER = "13800138000"


@dataclass
class Caller:
    """Somebody on the hotline, whose line fetches what comes later."""

    line: Line
    session: str
    said: int = 0

    async def says(self, text: str) -> None:
        self.said += 1
        await self.line.send(text, f"{self.session}-{self.said}", self.session, region="河南")

    async def heard(self) -> list[str]:
        return [one["reply"]["text"] for one in await self.line.later(self.session)]

    async def hears(self, text: str) -> None:
        async def is_heard() -> bool:
            return text in await self.heard()

        await until(is_heard, seconds=PATIENCE)


@asynccontextmanager
async def hotline(site: Site) -> AsyncIterator[Line]:
    async with httpx.AsyncClient(base_url=site.address, timeout=PATIENCE) as http:
        yield Line(http, site.settings.hotline_secret.get_secret_value())


async def asks_on_the_page(page: Page, site: Site, name: str) -> None:
    """Somebody on the web who says who he is, and that he wants a person."""
    await page.goto(site.address)
    await write(page, f"我是{name}")
    await settled(page, 2)
    await write(page, "人工")
    await settled(page, 4)


async def asks_on_the_line(caller: Caller, name: str) -> None:
    await caller.says(f"我是{name}")
    await caller.says("人工")


def take_button(page: Page, name: str) -> Locator:
    """The button that takes somebody who waits."""
    return page.locator("#queue table tbody tr", has_text=f"我是{name}").locator("form[action$='/take'] button")


async def takes(page: Page, site: Site, name: str) -> str:
    """Takes somebody from the queue; returns the address of his chat."""
    if not page.url.endswith("/desk"):
        await page.goto(f"{site.address}desk")
    await take_button(page, name).click()
    await page.wait_for_url("**/desk/chats/*")
    return page.url


async def shows(page: Page, text: str) -> None:
    await page.locator(".said").get_by_text(text, exact=True).wait_for()


async def answers(page: Page, text: str, field: str = "#text") -> None:
    """Writes an answer and sends it by keyboard."""
    await page.fill(field, text)
    async with page.expect_navigation():
        await page.press(field, "Control+Enter")
    await shows(page, text)


async def both_take(pages: tuple[Page, Page], name: str) -> tuple[Page, Page]:
    """Both press the button of the same person at once; returns who has him, and who was told so."""
    pressed = asyncio.Event()

    async def hold(route: Route) -> None:  # Else the row may be gone from one page before he presses.
        await pressed.wait()
        await route.continue_()

    buttons = [take_button(page, name) for page in pages]
    await asyncio.gather(*(button.wait_for() for button in buttons))
    await asyncio.gather(*(page.route("**/desk/queue", hold) for page in pages))
    await asyncio.gather(*(button.click() for button in buttons))
    pressed.set()

    async def has_come(page: Page) -> bool:
        return "/desk/chats/" in page.url or await page.get_by_text("这位群众刚刚由").count() > 0

    for page in pages:
        await until(lambda page=page: has_come(page), seconds=PATIENCE)  # type: ignore[misc]
        await page.unroute_all(behavior="ignoreErrors")
    first, second = pages
    return (first, second) if "/desk/chats/" in first.url else (second, first)


async def test_two_counselors_and_three_veterans_at_once(site: Site, chromium: Browser) -> None:
    async with (
        site.up(),
        hotline(site) as line,
        visit(chromium, **WIDE) as first,
        visit(chromium, **WIDE) as second,
        visit(chromium) as third,
        visit(chromium) as fourth,
    ):
        for context in (first, second, third, fourth):
            context.set_default_timeout(MILLISECONDS)
        zhang, li = await signs_in(first, site, "zhang", "张三"), await signs_in(second, site, "li", "李四")
        complaints = [complaints_of(zhang), complaints_of(li)]
        zhao, qian = await third.new_page(), await fourth.new_page()
        sun, others = Caller(line, "s-3"), [Caller(line, f"s-{n}") for n in (4, 5, 6)]

        # All come at once, and both desks show them without being touched.
        await asyncio.gather(
            asks_on_the_page(zhao, site, "老赵"),
            asks_on_the_page(qian, site, "老钱"),
            asks_on_the_line(sun, "老孙"),
            *(asks_on_the_line(one, f"四邻{n}") for n, one in enumerate(others)),
        )
        for page in (zhang, li):
            await until(lambda page=page: page.locator("#queue table tbody tr").count(), 6, PATIENCE)  # type: ignore[misc]
        broken = await violations(zhang)

        # One of them gets the caller whom both take; the other is told who has him, and that caller hears one voice.
        has, told = await both_take((zhang, li), "老孙")
        name, colleague = ("张三", "li") if has is zhang else ("李四", "zhang")
        await told.get_by_text(f"这位群众刚刚由{name}接待了").wait_for()
        await answers(has, "您好，老孙。")
        await sun.hears("您好，老孙。")
        await sun.says("落户要几天")
        await shows(has, "落户要几天")
        joined = [text for text in await sun.heard() if "工作人员已经接入" in text]

        # The other has both on the web at once; a draft to one outlives a reload and a look at the other.
        of_zhao = await takes(told, site, "老赵")
        await told.fill("#text", "您好，老赵，我先看")
        await told.reload()
        of_qian = await takes(told, site, "老钱")
        await answers(told, "您好，老钱。")
        await qian.get_by_text("您好，老钱。").wait_for()
        await asyncio.gather(write(qian, "我的介绍信丢了"), write(zhao, "我的户口还没办"))
        await shows(told, "我的介绍信丢了")
        await told.goto(of_zhao)
        draft = await told.input_value("#text")
        await answers(told, f"{draft}一下。")
        await zhao.get_by_text("您好，老赵，我先看一下。").wait_for()
        broken += await violations(told)

        # He hands the caller over; the colleague sees him come and what he should know, and the caller goes on.
        await has.select_option("#to", colleague)
        await has.fill("#known", "他问落户要几天")
        async with has.expect_navigation():
            await has.get_by_role("button", name="转给这位同事").click()
        await told.locator("nav.mine a", has_text="3.").click()
        await told.get_by_text("他问落户要几天").wait_for()
        await answers(told, "落户 10 个工作日。")
        await sun.hears("落户 10 个工作日。")

        # Six side by side: each hears his own answer, and a draft to one stays while another is answered.
        for n in range(3):
            await takes(told, site, f"四邻{n}")
        await told.goto(f"{site.address}desk/chats")
        sections = await told.locator(".side section").count()
        await told.fill("#text1", "老赵，请等")
        await answers(told, "四邻，请讲。", "#text6")
        await others[2].hears("四邻，请讲。")
        await others[1].says("我也在")
        await told.locator(".side section").nth(4).locator(".said").get_by_text("我也在", exact=True).wait_for()
        kept = await told.input_value("#text1")
        heard = [text for one in (sun, *others[:2]) for text in await one.heard() if text == "四邻，请讲。"]
        broken += await violations(told)

        # Back to the bot, which answers again and promises a call; the colleague sees the call and takes it.
        await told.goto(of_qian)
        async with told.expect_navigation():
            await told.get_by_role("button", name="交回机器人").click()
        await qian.get_by_text("机器人接着为您服务").wait_for()
        await write(qian, "介绍信怎么补")
        await qian.get_by_text("听到：介绍信怎么补").wait_for()
        await write(qian, "给我回个电话")
        await qian.get_by_text("请发一个手机号或者座机号").wait_for()
        await write(qian, NUMBER)
        await qian.get_by_text("尾号 8000").wait_for()
        await has.get_by_role("link", name="要打的电话 1 件").click()
        broken += await violations(has)
        await has.get_by_role("button", name="我来打").click()
        async with has.expect_navigation():
            await has.get_by_role("button", name="显示号码").click()
        number = await has.locator("a[href^='tel:']").inner_text()

    assert len(joined) == 1
    assert draft == "您好，老赵，我先看"
    assert (sections, kept, heard) == (6, "老赵，请等", [])
    assert number == NUMBER
    assert broken == []
    assert complaints == [[], []]
    assert len(site.rasa.asked) == 7, "a person held the chat, and the bot was asked"
