"""The pages for eyes, hands and ears of every age: sizes, contrast, rules of accessibility, reading aloud."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.api.web.test_page_in_browser import CITED, QUESTION
from tests.fakes.axe_rules import violations
from tests.fakes.rasa import say
from tests.fakes.site import Site, settled, visit, write

VIEWS = ["elder.0.plain", "elder.3.plain", "standard.0.plain", "standard.0.high", "elder.0.high"]
# What is smaller, tighter or paler than a page for older people may be.
FIGURES = """([letters, main, other]) => {
    const seen = e => e.getClientRects().length && !e.closest('.unseen, .skip') && getComputedStyle(e).visibility === 'visible';
    const all = [...document.querySelectorAll('body *')].filter(seen);
    const texts = all.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const small = texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < letters);
    const tight = texts.filter(e => parseFloat(getComputedStyle(e).lineHeight) < 1.3 * parseFloat(getComputedStyle(e).fontSize) - .01);
    const large = '.choices button, .help button, .help a, #write button, #write textarea';
    const low = all.filter(e => e.matches('a, button, textarea, summary')).filter(e => {
        const box = e.getBoundingClientRect();
        return box.height < (e.matches(large) ? main : other) - .5 || box.width < other - .5;
    });
    const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number)
        .map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const ground = e => { for (; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor; if (!/^rgba.*, 0\\)$/.test(b)) return b; } return 'rgb(255, 255, 255)'; };
    const pale = texts.filter(e => {
        const [one, two] = [light(getComputedStyle(e).color), light(ground(e))].sort((a, b) => b - a);
        return (one + .05) / (two + .05) < 4.5;
    });
    return [['small', small], ['tight', tight], ['low', low], ['pale', pale]]
        .flatMap(([fault, found]) => found.map(e => fault + ': ' + e.outerHTML.slice(0, 90)));
}"""  # noqa: E501
VOICE = """
    window.spokenNow = []; window.ended = 0;
    const mouth = new EventTarget();
    mouth.getVoices = () => [{ lang: 'zh-CN', name: 'test' }];
    mouth.speak = one => window.spokenNow.push(one.text);
    mouth.cancel = () => { window.ended += 1; };
    Object.defineProperty(window, 'speechSynthesis', { value: mouth });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


async def opened(site: Site, context: object, view: str = "elder.0.plain") -> Page:
    """The page as the first visit shows it in this view."""
    page: Page = await context.new_page()  # type: ignore[attr-defined]
    cookie = {"name": "tuiyi_view", "value": view, "url": site.address}
    await context.add_cookies([cookie])  # type: ignore[attr-defined]
    await page.goto(site.address)
    return page


async def with_everything(site: Site, page: Page) -> None:
    """A talk with an answer, a result, danger, an open question, a wait for a person, and an error."""
    result = say(
        "河南，您要办 2 件：\n1. 退役报到——服务中心\n2. 户口登记——派出所\n回“更多”看每件怎么走。",
        "result",
        citations=[CITED] * 4,
        data={
            "items": [{"name": "户口登记", "because": [{"question": "注销了吗", "answer": "是"}], "citation": CITED}]
        },
    )
    answers = {"果": result, "答": say("10 个工作日内办。", "answer", citations=[CITED])}
    site.rasa.answer = lambda asked: [answers.get(str(asked["message"]), QUESTION)]
    for number, said in enumerate(("果", "答", "我不想活了", "题"), 1):
        await write(page, said)
        await settled(page, 2 * number)
    await write(page, "长" * 2001)
    await page.get_by_text("一次最多写 2000 个字").wait_for()
    await page.fill("#text", "")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("view", VIEWS)
async def test_no_rule_of_accessibility_is_broken_and_the_figures_hold(
    chromium: Browser, site: Site, view: str, width: int
) -> None:
    sizes = [18, 60, 44] if view.startswith("elder") else [14, 44, 44]
    async with site.up(), visit(chromium, viewport={"width": width, "height": 740}) as context:
        page = await opened(site, context, view)
        first = [*await violations(page), *await page.evaluate(FIGURES, sizes)]
        await with_everything(site, page)
        faults = {}
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults[scheme] = [*await violations(page), *await page.evaluate(FIGURES, sizes)]
        overflow = await page.evaluate("document.documentElement.scrollWidth")
        others = {}
        for path in ("privacy", "my-data"):
            await page.goto(site.address + path)
            others[path] = [*await violations(page), *await page.evaluate(FIGURES, sizes)]

    assert first == []
    assert faults == {"light": [], "dark": []}
    assert others == {"privacy": [], "my-data": []}
    assert overflow <= width


@pytest.mark.parametrize(("view", "pixels"), [("elder.0.plain", 20), ("elder.3.plain", 30), ("standard.3.plain", 30)])
async def test_type_grows_to_thirty_pixels(chromium: Browser, site: Site, view: str, pixels: float) -> None:
    async with site.up(), visit(chromium) as context:
        page = await opened(site, context, view)
        size = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.said p')).fontSize)")

    assert size == pixels


async def test_looks_are_chosen_without_script_and_kept(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.get_by_role("button", name="最大").click()
        await page.get_by_role("button", name="标准版").click()
        await page.get_by_role("button", name="黑白分明").click()
        await page.goto(site.address)
        kept = (
            await page.locator("html").get_attribute("data-version"),
            await page.locator("html").get_attribute("data-size"),
        )
        pressed = await page.locator("[aria-pressed=true]").all_inner_texts()

    assert kept == ("standard", "3")
    assert [one.strip() for one in pressed] == ["标准版", "黑白分明", "最大"]


async def test_telephone_stays_in_sight_in_the_largest_type(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await opened(site, context, "elder.3.plain")
        await with_everything(site, page)
        await page.evaluate("window.scrollTo(0, 600)")
        box = await page.get_by_role("link", name="拨打 12345").first.bounding_box()
        left = (
            await page.evaluate("document.getElementById('write').getBoundingClientRect().top") - (box or {})["height"]
        )

    assert box is not None
    assert 0 <= box["y"] <= 60
    assert left > 300, "what is left to read in"


async def test_reading_aloud_says_portions_in_plain_words_and_stops(chromium: Browser, site: Site) -> None:
    site.rasa.answer = lambda _: [say("带《户口簿》。\n1. 落户\n2. 报到", "answer", citations=[CITED])]
    async with site.up(), visit(chromium) as context:
        await context.add_init_script(VOICE)
        page = await opened(site, context)
        await write(page, "问")
        await settled(page, 2)
        button = page.locator(".entry.answer .aloud")
        await button.click()
        spoken, label = await page.evaluate("window.spokenNow"), await button.inner_text()
        await button.click()

        assert spoken == ["带户口簿。第一，落户。第二，报到。依据是豫2024年63号，附件2。"]
        assert label == "停"
        assert await button.inner_text() == "读出来"


async def test_no_button_reads_aloud_where_there_is_no_voice(chromium: Browser, site: Site) -> None:
    async with site.up(), visit(chromium) as context:
        page = await opened(site, context)

        assert await page.locator(".aloud").first.is_visible() is False


async def test_first_load_is_small(chromium: Browser, site: Site) -> None:
    sizes: dict[str, int] = {}
    async with site.up(), visit(chromium) as context:
        page = await context.new_page()

        async def weigh(response: object) -> None:
            sizes[response.url] = len(await response.body())  # type: ignore[attr-defined]

        page.on("response", weigh)
        await page.goto(site.address, wait_until="networkidle")

    print("\nfirst load:", sum(sizes.values()), "bytes in", len(sizes), "files")  # noqa: T201, shown with -s
    assert 10_000 < sum(sizes.values()) <= 100_000
