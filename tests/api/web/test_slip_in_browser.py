"""The printed list in a real browser: on a small telephone, on a desk, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.async_api import Browser

from actions.checklist import checklist
from actions.contract import Services
from actions.memory import Private
from actions.slip import Slip
from actions.talk import Talk
from api.web.paper_fit import print_classes
from bot.message import Memory, Region
from knowledge.situation import assess
from tests.actions.builders import Person, ask, knowledge
from tests.fakes.paper import A4, printed, shown
from tests.fakes.site import Site, complaints_of, settled, visit, write
from tests.fakes.slips import DUE, TOKEN, a_paper, a_slip, an_item, handing_out

PERSONAS = Path("tests/data/provinces")
LONG = "长" * 60 + "x" * 60

# Everything that can be seen and is smaller, or lower, than older eyes and fingers need.
TOO_SMALL = """() => {
    const all = [...document.querySelectorAll('body *')].filter(e => e.getClientRects().length);
    const texts = all.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const small = texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < 18);
    const low = all.filter(e => e.matches('a, button')).filter(e => {
        const box = e.getBoundingClientRect();
        return box.height < (e.matches('.button, button') ? 60 : 44) || box.width < 44;
    });
    return [...small, ...low].map(e => e.outerHTML.slice(0, 80));
}"""

# The pairs of colours in which words stand.
COLOURS = """() => {
    const ground = e => {
        for (; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (colour !== 'rgba(0, 0, 0, 0)') return colour;
        }
        return 'none';
    };
    const seen = e => e.getClientRects().length && e.innerText.trim();
    const all = [...document.querySelectorAll('body *')].filter(seen);
    return [...new Set(all.map(e => getComputedStyle(e).color + ' on ' + ground(e)))].sort();
}"""

# The smallest size in points in which something stands on paper that is to be done or brought; and of all else.
SIZES = """() => {
    const points = e => Math.round(parseFloat(getComputedStyle(e).fontSize) * 7.5) / 10;
    const least = all => Math.min(...[...all].filter(e => e.getClientRects().length).map(points));
    const main = document.querySelectorAll('.entry p:not(.note), .ask p');
    return [least(main), least(document.querySelectorAll('body *'))];
}"""
# What runs out of the sheet, or out of its column into the next one.
RUNS_OUT = """() => [...document.querySelectorAll('li, p, h1, h2')]
    .filter(e => e.getClientRects().length && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
    .map(e => e.outerHTML.slice(0, 80))"""


def slip_of(province_id: str, answers: dict[str, str]) -> Slip:
    """The list of somebody who has given these answers."""
    province, person = knowledge().library.provinces[province_id], Person()
    region = knowledge().library.region_of(province)
    private = Private(answers=answers, province=province_id, phase="done").model_dump(mode="json")
    memory = Memory(region=Region(code=region.code, name=region.short_name), private=private)
    services = Services(knowledge(), person.cases, person.secrets, person.resumes)
    return checklist(Talk(ask("打印清单", memory=memory), services), province, assess(province, answers))


def personas(province_id: str) -> list[Slip]:
    """The lists of those personas of a province who have one."""
    cases = yaml.safe_load((PERSONAS / province_id / "questionnaire.yaml").read_text("utf-8"))["cases"]
    answers = [{key: str(value) for key, value in case["answers"].items()} for case in cases]
    slips = [slip_of(province_id, one) for one in answers]
    return [one for one in slips if one.items]


@pytest.mark.parametrize("width", [360, 1280])
async def test_letters_and_targets_are_large_and_nothing_runs_out(chromium: Browser, width: int) -> None:
    items = (an_item(), an_item(2, name=LONG, step=LONG, where=LONG, section=LONG, doubt=LONG))
    papers = (a_paper(LONG, details=LONG, reason=LONG, section=LONG, state="missing"), a_paper(state="have"))
    slip = a_slip(items=items, papers=papers, dates=(DUE,), place=LONG, sections=LONG, ask_whom=LONG)
    async with shown(chromium, slip, viewport={"width": width, "height": 740}) as page:
        assert await page.evaluate(TOO_SMALL) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_everything_is_black_on_white_whatever_the_reader_has_set(chromium: Browser) -> None:
    slip = a_slip(papers=(a_paper(state="have"), a_paper(state="missing", certain=False)), dates=(DUE,))
    async with shown(chromium, slip, color_scheme="dark") as page:
        colours = await page.evaluate(COLOURS)

    assert colours == ["rgb(0, 0, 0) on rgb(255, 255, 255)", "rgb(255, 255, 255) on rgb(0, 0, 0)"]


@pytest.mark.parametrize("province", ["henan", "hebei", "sichuan", "hainan"])
async def test_usual_list_is_one_page_of_a4_in_large_type(chromium: Browser, province: str) -> None:
    async with shown(chromium, personas(province)[0]) as page:
        sheets = await printed(page)
        await page.emulate_media(media="print")
        main, rest = await page.evaluate(SIZES)

    assert [abs(size[0] - A4[0]) <= 1 and abs(size[1] - A4[1]) <= 1 for size in sheets] == [True]
    assert main >= 12
    assert rest >= 10


@pytest.mark.parametrize("province", sorted(knowledge().library.provinces))
async def test_longest_list_takes_two_pages_at_most(chromium: Browser, province: str) -> None:
    longest = max(personas(province), key=lambda one: len(one.items) + len(one.papers))
    async with shown(chromium, longest) as page:
        assert len(await printed(page)) <= 2


async def test_large_type_takes_two_pages(chromium: Browser) -> None:
    async with shown(chromium, personas("henan")[0], is_large=True) as page:
        assert len(await printed(page)) == 2


async def test_sixteen_items_take_two_pages_at_most(chromium: Browser) -> None:
    items = tuple(an_item(number, forgotten=None) for number in range(1, 17))
    papers = tuple(a_paper(f"第 {number} 样材料的名称") for number in range(12))
    async with shown(chromium, a_slip(items=items, papers=papers)) as page:
        assert len(await printed(page)) <= 2


def test_short_list_is_printed_larger() -> None:
    assert print_classes(a_slip(), "12345") == "print-15 print-full"


async def test_nothing_runs_out_of_the_sheet(chromium: Browser) -> None:
    items = (an_item(), an_item(2, name=LONG, step=LONG, where=LONG))
    slip = a_slip(items=items, papers=(a_paper(LONG, details=LONG),), sections=LONG)
    async with shown(chromium, slip, viewport={"width": 733, "height": 1000}) as page:
        await page.emulate_media(media="print")

        assert await page.evaluate("document.documentElement.scrollWidth") <= 733
        assert await page.evaluate(RUNS_OUT) == []


async def test_buttons_are_not_printed(chromium: Browser) -> None:
    async with shown(chromium, a_slip(dates=(DUE,))) as page:
        await page.emulate_media(media="print")

        assert await page.locator("button, .button").count() == 3
        assert not any([await one.is_visible() for one in await page.locator("button, .button").all()])


async def test_button_prints(chromium: Browser) -> None:
    async with shown(chromium, a_slip()) as page:
        await page.evaluate("window.print = () => { window.printed = true; }")
        await page.get_by_role("button", name="打印这张清单").click()

        assert await page.evaluate("window.printed")
        assert not await page.locator("#how-to-print").is_visible()


async def test_without_script_it_says_how_to_print(chromium: Browser) -> None:
    async with shown(chromium, a_slip(), java_script_enabled=False) as page:
        assert await page.get_by_text("用浏览器菜单里的“打印”").is_visible()
        assert await page.get_by_role("button").count() == 0


async def test_screen_reader_finds_its_way(chromium: Browser) -> None:
    slip = a_slip(items=(an_item(), an_item(2)), papers=(a_paper(state="have"),), dates=(DUE,))
    async with shown(chromium, slip) as page:
        headings = [await one.inner_text() for one in await page.get_by_role("heading", level=2).all()]
        marks = await page.locator(".box").evaluate_all("all => all.map(e => e.getAttribute('aria-hidden'))")

        assert await page.evaluate("document.documentElement.lang") == "zh-CN"
        assert await page.get_by_role("heading", level=1).count() == 1
        assert await page.get_by_role("region").count() == len(headings)
        assert await page.locator("#papers").inner_text() == "要带的材料（1 样）"
        assert await page.get_by_text("有了", exact=True).count() == 1
        assert set(marks) == {"true"}


async def test_list_is_opened_from_the_chat_and_leads_back_without_telling_its_address(
    chromium: Browser, site: Site
) -> None:
    site.rasa.answer = lambda _: [handing_out(a_slip())]
    told: list[str | None] = []
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        complaints = complaints_of(page)
        await page.goto(site.address)
        await write(page, "打印清单")
        await settled(page, 2)
        said = await page.locator("#log .notice .said").inner_text()
        await page.get_by_role("link", name="打开清单").click()
        await page.get_by_role("heading", name="河南退役办事清单").wait_for()
        page.on("request", lambda request: told.append(request.headers.get("referer")))
        await page.get_by_role("link", name="回到聊天").click()
        await page.locator("#log").wait_for()

    assert TOKEN not in said
    assert not any(TOKEN in (one or "") for one in told)
    assert not told[0]
    assert complaints == []


async def test_days_are_saved_to_the_calendar(chromium: Browser, site: Site) -> None:
    site.rasa.answer = lambda _: [handing_out(a_slip(dates=(DUE,)))]
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await write(page, "打印清单")
        await settled(page, 2)
        await page.get_by_role("link", name="打开清单").click()
        async with page.expect_download() as saving:
            await page.get_by_role("link", name="加到手机日历").click()
        saved = await saving.value

        assert await saved.failure() is None
        assert saved.suggested_filename == "dates.ics"


async def test_link_that_opens_nothing_is_told_in_large_letters(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()
        response = await page.goto(f"{site.address}slip/{TOKEN}")

        assert response is not None and response.status == 404
        assert await page.get_by_role("heading", name="这个链接打不开").count() == 1
        assert await page.evaluate(TOO_SMALL) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
