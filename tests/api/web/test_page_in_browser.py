"""The chat page in a real browser: with its script, without it, by keyboard alone, on a network that fails."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from api.processes.stack import Stack
from tests.fakes.rasa import say
from tests.fakes.site import Site, complaints_of, settled, until, visit, write

# Every visible thing that is smaller, or lower, than older eyes and fingers need.
TOO_SMALL = """() => {
    const seen = e => e.getClientRects().length && !e.closest('.unseen, .skip');
    const all = [...document.querySelectorAll('body *')].filter(seen);
    const texts = all.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const small = texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < 18);
    const tight = texts.filter(e => parseFloat(getComputedStyle(e).lineHeight) < 1.5 * parseFloat(getComputedStyle(e).fontSize) - .01);
    const main = '.choices button, .help button, .help a, #write button, #write textarea';
    const low = all.filter(e => e.matches('a, button, textarea, summary')).filter(e => {
        const box = e.getBoundingClientRect();
        return box.height < (e.matches(main) ? 60 : 44) || box.width < 44;
    });
    return [...small, ...tight, ...low].map(e => e.outerHTML.slice(0, 80));
}"""  # noqa: E501
QUESTION = say(
    "户口注销了吗？（还剩 3 题）",
    "question",
    choices=[{"number": 1, "label": "注销了"}, {"number": 2, "label": "没注销"}],
    data={"remaining": 3},
)
CITED = {"guide": "g", "title": "实施方案", "doc_no": "豫〔2024〕63号", "section": "附件2", "valid_from": None}


async def test_talk_by_writing_and_by_button(chromium: Browser, site: Site) -> None:
    site.rasa.answer = lambda _: [QUESTION]
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await write(page, "开始")
        await settled(page, 2)
        await page.get_by_role("button", name="没注销").click()
        await settled(page, 4)

        assert [asked["message"] for asked in site.rasa.asked] == ["开始", "2"]
        assert await page.locator(".person .said").all_inner_texts() == ["开始", "2.\n没注销"]
        assert await page.get_by_text("没注销（您选的）").count() == 1
        assert await page.locator("button[name=choice]").count() == 2
        await page.reload()
        await settled(page, 4)


async def test_talk_without_script(chromium: Browser, site: Site) -> None:
    site.rasa.answer = lambda _: [QUESTION]
    async with site.up(), visit(chromium, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.fill("#text", "开始")
        await page.get_by_role("button", name="发送").click()
        await page.get_by_role("button", name="没注销").click()
        await page.get_by_text("没注销（您选的）").wait_for()
        await page.get_by_role("button", name="转人工").click()
        await page.get_by_text("正在等工作人员").wait_for()
        await page.get_by_role("button", name="取消人工").click()
        await page.get_by_role("button", name="转人工").wait_for()

        assert [asked["message"] for asked in site.rasa.asked] == ["开始", "2"]


async def test_keyboard_alone_reaches_everything_and_stays_where_one_is(chromium: Browser, site: Site) -> None:
    site.rasa.answer = lambda _: [QUESTION]
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.keyboard.type("开始")
        await page.keyboard.press("Enter")
        await settled(page, 2)
        writing = await page.evaluate("document.activeElement.id")
        await page.get_by_role("button", name="没注销").focus()
        await page.keyboard.press("Enter")
        await settled(page, 4)
        answer = await page.evaluate("document.activeElement === document.querySelector('#log').lastElementChild")
        await page.keyboard.press("Tab")

        assert writing == "text"
        assert answer
        assert "注销了" in await page.evaluate("document.activeElement.innerText")


@pytest.mark.parametrize("width", [360, 1280])
async def test_letters_lines_and_targets_are_large_and_nothing_runs_out(
    chromium: Browser, site: Site, width: int
) -> None:
    long = say("1. 户口登记：到派出所办。\n" * 3 + "长" * 300 + "x" * 300, "answer", citations=[CITED] * 3)
    crisis = say("请拨打 12356", "crisis")
    site.rasa.answer = lambda asked: [{"长": long, "急": crisis}.get(str(asked["message"]), QUESTION)]
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as context:
        page = await context.new_page()
        await page.goto(site.address)
        for said, shown in (("长", 2), ("急", 4), ("题", 6), ("人工", 8)):
            await write(page, said)
            await settled(page, shown)

        assert await page.evaluate(TOO_SMALL) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_zoom_of_200_percent_leaves_room_to_read(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium, viewport={"width": 640, "height": 370}, device_scale_factor=2) as context:
        page = await context.new_page()
        await page.goto(site.address)

        assert await page.evaluate("getComputedStyle(document.querySelector('header')).position") == "static"
        assert await page.evaluate("document.documentElement.scrollWidth") <= 640


async def test_screen_reader_finds_its_way(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        roles = {role: await page.get_by_role(role).count() for role in ("banner", "main", "log")}  # type: ignore[arg-type]

        assert roles == {"banner": 1, "main": 1, "log": 1}
        assert await page.get_by_role("textbox", name="写下您想问的事").count() == 1
        assert await page.get_by_role("heading", name="退役一件事助手").count() == 1
        assert await page.evaluate("document.documentElement.lang") == "zh-CN"


async def test_browser_allows_nothing_that_the_policy_forbids(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        complaints = complaints_of(page)
        await page.goto(site.address)
        await write(page, "你好")
        await settled(page, 2)

    assert complaints == []


async def test_message_survives_a_restart_of_the_server_and_takes_effect_once(chromium: Browser, site: Site) -> None:
    async with visit(chromium) as context:
        async with site.up():
            page = await context.new_page()
            await page.goto(site.address)
            await write(page, "你好")
            await settled(page, 2)
        await write(page, "还在吗")
        await page.get_by_text("网络断开了").wait_for()
        async with site.up():
            await page.evaluate("window.dispatchEvent(new Event('online'))")
            await settled(page, 4)

    assert [asked["message"] for asked in site.rasa.asked] == ["你好", "还在吗"]


async def test_answer_that_was_lost_on_the_way_is_fetched_again(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        posts: list[str] = []

        async def lose_first(route: object) -> None:
            posts.append(route.request.post_data)  # type: ignore[attr-defined]
            if len(posts) == 1:
                await route.fetch()  # type: ignore[attr-defined]
                await route.abort()  # type: ignore[attr-defined]
            else:
                await route.continue_()  # type: ignore[attr-defined]

        await page.route("**/channels/web/messages", lose_first)
        await write(page, "你好")
        await page.get_by_text("网络断开了").wait_for()
        await page.reload()
        await settled(page, 2)

    assert len({post.partition("after=")[0] for post in posts}) == 1
    assert len(posts) == 2
    assert len(site.rasa.asked) == 1


async def test_draft_survives_a_reload(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.fill("#text", "还没写完")
        await page.reload()

        assert await page.input_value("#text") == "还没写完"


async def test_two_tabs_show_the_same(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        first, second = await context.new_page(), await context.new_page()
        await first.goto(site.address)
        await second.goto(site.address)
        await write(first, "你好")
        await settled(first, 2)
        await second.evaluate("window.dispatchEvent(new Event('online'))")
        await settled(second, 2)

        assert await second.locator("#log").inner_text() == await first.locator("#log").inner_text()


async def test_answer_that_comes_late_takes_the_place_of_its_promise(chromium: Browser, site: Site) -> None:
    site.rasa.is_down = True
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await write(page, "你好")
        await page.locator(".fleeting.notice").wait_for()
        site.rasa.is_down = False
        await settled(page, 2)

        assert "听到：你好" in await page.locator("#log").inner_text()


async def test_refused_words_come_back_into_the_box(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await write(page, "长" * 2001)
        await page.get_by_text("一次最多写 2000 个字").wait_for()

        assert len(await page.input_value("#text")) == 2001
        assert await page.locator(".person").count() == 0


async def test_emergency_numbers_can_be_dialled(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await write(page, "我不想活了")
        await settled(page, 2)

        dialled = await page.locator(".crisis .said a").evaluate_all("all => all.map(one => one.getAttribute('href'))")

    assert dialled == ["tel:12356", "tel:110", "tel:120"]


@pytest.mark.stack
async def test_main_job_from_question_to_papers(chromium: Browser, stack: Stack) -> None:
    async with visit(chromium) as context:
        page = await context.new_page()
        await page.goto(stack.base_url)
        await write(page, "我是河南的")
        await settled(page, 2)
        await write(page, "户口注销证明要不要带")
        await settled(page, 4)
        source = await page.locator("#log .answer .source").last.inner_text()
        await page.get_by_role("button", name="看看我要办哪些事").first.click()
        await page.locator(".question").first.wait_for()
        for _ in range(20):
            await page.locator("#log > li").last.locator(".choices button").first.click()
            await until(lambda: page.locator(".fleeting").count(), 0)
            if await page.locator(".materials").count():
                break

        assert "豫退役军人〔2024〕63号" in source
        assert await page.locator(".result .item").count() > 3
        assert await page.locator(".materials .source").count() == 1
        assert await page.locator("#region").inner_text() == "河南"
