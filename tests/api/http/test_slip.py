"""The printed list behind its link: whoever has the link sees it, and nobody else learns anything."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from actions.slip import Slip
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.logs import configure_logs
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa
from tests.fakes.slips import DUE, MADE_AT, TOKEN, a_paper, a_slip, an_item, handing_out

PATH = f"/slip/{TOKEN}"
UNKNOWN = "/slip/" + "u" * 43
LAST_MOMENT = datetime(2026, 12, 23, 23, 59, 59, tzinfo=LOCAL)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = MADE_AT.astimezone(LOCAL)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def shop(build: Build, clock: Clock) -> AsyncIterator[House]:
    """A house that hands out one list for each message."""
    async with build(rasa=FakeRasa(answer=lambda _: [handing_out(a_slip())]), now=clock) as house:
        yield house


async def handed_out(house: House, slip: Slip | None = None) -> httpx.Response:
    """The page of a list that was handed out."""
    house.rasa.answer = lambda _: [handing_out(slip or a_slip())]
    await house.line.send("打印清单", "m-1")
    return await house.http.get(PATH)


async def test_link_opens_the_list(shop: House) -> None:
    response = await handed_out(shop)

    assert response.status_code == 200
    for said in ("河南退役办事清单", "2026 年 11 月 23 日", "1. 户口登记", "在申请表上勾选", "派出所", "10 个工作日"):
        assert said in response.text
    for said in ("居民户口簿", "原件", "结婚证", "清单里没有", "容易漏的", "12345", "豫〔2024〕63号", "附件2 五(二)7"):
        assert said in response.text
    assert "2024 年 11 月 21 日起" in response.text
    assert "2026 年 12 月 23 日为止" in response.text


async def test_page_is_private_and_guarded(shop: House) -> None:
    response = await handed_out(shop)

    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-robots-tag"].startswith("noindex")
    assert response.headers["x-content-type-options"] == "nosniff"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in response.headers
    assert "style=" not in response.text
    assert re.search(r"<script(?![^>]*src=)", response.text) is None


async def test_title_says_nothing_but_province_and_list(shop: House) -> None:
    assert "<title>河南退役办事清单</title>" in (await handed_out(shop)).text


async def test_token_is_stored_as_its_hmac_alone(shop: House) -> None:
    await handed_out(shop)

    index_key = shop.settings.index_key.get_secret_value()
    sealer = Sealer(shop.settings.data_key.get_secret_value(), index_key)
    ((index, row),) = shop.rows("SELECT token_index, slip::text FROM slip")
    assert bytes(index) == sealer.index(TOKEN, "slip")
    assert TOKEN not in row


async def test_head_has_the_same_headers(shop: House) -> None:
    page = await handed_out(shop)

    head = await shop.http.head(PATH)

    assert (head.status_code, (await shop.http.head(UNKNOWN)).status_code) == (200, 404)
    assert {**head.headers} == {**page.headers}


@pytest.mark.parametrize(
    "path",
    [
        UNKNOWN,
        "/slip/",
        "/slip/x",
        f"{PATH}x",
        f"{PATH[:-1]}",
        f"{PATH}/",
        f"/slip/x/{TOKEN}",
        f"{PATH}%00",
        "/slip/%E6%B8%85%E5%8D%95",
        "/slip/" + "a" * 5_000,
        "/slip/..%2f..%2fetc%2fpasswd",
        f"{PATH}.ics",
        f"{PATH}.ics.ics",
        f"{UNKNOWN}.ics",
        "/slip/.ics",
    ],
)
async def test_what_opens_nothing_is_answered_alike(shop: House, path: str) -> None:
    await handed_out(shop)
    unknown = await shop.http.get(UNKNOWN)

    response = await shop.http.get(path)

    assert (response.status_code, response.text) == (404, unknown.text)
    assert response.headers["content-type"].startswith("text/html")
    assert {**response.headers} == {**unknown.headers}


async def test_page_for_a_link_that_opens_nothing_says_what_to_do(shop: House) -> None:
    text = (await shop.http.get(UNKNOWN)).text

    assert "这个链接打不开" in text
    assert "说“打印清单”" in text
    assert 'href="tel:12345"' in text


async def test_link_is_good_through_the_day_that_it_names(shop: House, clock: Clock) -> None:
    await handed_out(shop)

    clock.now = LAST_MOMENT
    last = await shop.http.get(PATH)
    clock.now = LAST_MOMENT + timedelta(seconds=1)
    after = await shop.http.get(PATH)

    assert (last.status_code, after.status_code) == (200, 404)
    assert after.text == (await shop.http.get(UNKNOWN)).text


async def test_list_of_a_release_that_wrote_others_opens_nothing(shop: House) -> None:
    await handed_out(shop)
    shop.change("UPDATE slip SET content = content - 'items'")

    assert (await shop.http.get(PATH)).status_code == 404


async def test_what_a_list_says_stays_as_it_was(shop: House) -> None:
    first = await handed_out(shop, a_slip(items=(an_item(name="以前的名称"),)))

    assert "以前的名称" in first.text
    assert "指南有更新，请再问一次" in first.text


async def test_list_of_this_release_is_not_called_old(shop: House) -> None:
    release = (await shop.http.get("/healthz")).json()["release"]
    shop.rasa.answer = lambda _: [handing_out(a_slip(), release=release)]
    await shop.line.send("打印清单", "m-1")

    text = (await shop.http.get(PATH)).text

    assert "指南有更新" not in text
    assert release in text


async def test_names_are_text_and_not_markup(shop: House) -> None:
    mark = "<script>alert(1)</script>"
    slip = a_slip(items=(an_item(name=mark, step=mark),), papers=(a_paper(mark),), region="<b>")

    text = (await handed_out(shop, slip)).text

    assert mark not in text
    assert "&lt;script&gt;" in text
    assert "<b></b>" not in text


async def test_states_of_papers_are_words_as_well_as_marks(shop: House) -> None:
    slip = a_slip(papers=(a_paper("一", state="have"), a_paper("二", state="missing"), a_paper("三")))

    text = (await handed_out(shop, slip)).text

    assert re.findall(r'class="state">([^<]+)<', text) == ["有了", "缺"]
    assert text.count("ticked") == 1


async def test_open_papers_and_alternatives_say_so(shop: House) -> None:
    papers = (a_paper("一", certain=False, reason="要看落在哪里"), a_paper("二", instead=("三", "四")))

    text = (await handed_out(shop, a_slip(papers=papers))).text

    assert "<b>不一定要</b>：要看落在哪里" in text
    assert "和三、四有一样就行" in text


async def test_days_are_a_file_for_calendars(shop: House) -> None:
    page = await handed_out(shop, a_slip(dates=(DUE,)))

    response = await shop.http.get(f"{PATH}.ics")

    assert f'href="{PATH}.ics"' in page.text
    assert "2026 年 12 月 1 日" in page.text
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["cache-control"] == "private, no-store"
    assert b"DTSTART;VALUE=DATE:20261201\r\n" in response.content
    assert TOKEN not in response.text


async def test_without_days_no_file_is_offered(shop: House) -> None:
    assert ".ics" not in (await handed_out(shop)).text


async def test_large_type_can_be_asked_for(shop: House) -> None:
    long = a_slip(items=tuple(an_item(number) for number in range(1, 23)))
    usual = await handed_out(shop, long)

    large = await shop.http.get(f"{PATH}?large=1")

    assert f'href="{PATH}?large=1"' in usual.text
    assert 'class="print-15' not in usual.text
    assert 'class="print-15 print-full"' in large.text
    assert f'href="{PATH}"' in large.text


async def test_list_that_is_printed_in_the_largest_type_offers_no_larger(shop: House) -> None:
    assert "large=1" not in (await handed_out(shop)).text


async def test_message_that_comes_twice_makes_one_list(shop: House) -> None:
    await shop.line.send("打印清单", "m-1")
    await shop.line.send("打印清单", "m-1")

    assert shop.rows("SELECT count(*) FROM slip") == [(1,)]


async def test_who_asks_again_and_again_keeps_the_newest(shop: House) -> None:
    tokens = [f"{number:043}" for number in range(23)]
    for token in tokens:
        shop.rasa.answer = lambda _, token=token: [handing_out(a_slip(), token)]
        await shop.line.send("打印清单", f"m-{token}")

    codes = [(await shop.http.get(f"/slip/{token}")).status_code for token in (tokens[0], tokens[2], tokens[3])]

    assert codes == [404, 404, 200]
    assert shop.rows("SELECT count(*) FROM slip") == [(20,)]


async def test_expired_lists_are_deleted(build: Build, clock: Clock) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [handing_out(a_slip())]), now=clock) as house:
        await house.line.send("打印清单", "m-1")
    clock.now = LAST_MOMENT + timedelta(seconds=1)
    async with build(now=clock) as house:
        await house.until("SELECT count(*) FROM slip", [(0,)])


async def test_log_names_the_route_and_not_the_link(shop: House, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("debug")
    await handed_out(shop)
    await shop.http.get(UNKNOWN)
    await shop.http.get(f"{PATH}.ics")

    written = capsys.readouterr().out
    assert written.count('"route": "/slip/{name:path}"') == 3
    assert TOKEN not in written
    assert "u" * 43 not in written


async def test_database_away_is_told_in_a_page(build: Build) -> None:
    async with build(database_url="postgresql://nobody@127.0.0.1:1/none") as house:
        response = await house.http.get(PATH)

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "清单暂时打不开" in response.text
    assert "12345" in response.text


async def test_nothing_can_be_sent_to_a_link(shop: House) -> None:
    assert (await shop.http.post(PATH)).status_code == 405


async def test_what_is_unsure_is_counted_apart_and_what_the_window_makes_has_no_box(shop: House) -> None:
    slip = a_slip().model_copy(
        update={
            "items": (an_item(), an_item().model_copy(update={"doubt": "指南没有写"})),
            "papers": (a_paper(), a_paper().model_copy(update={"certain": False})),
            "made_by_office": ("不用您备的：联办申请表，窗口自动生成。",),
        }
    )

    page = (await handed_out(shop, slip)).text

    assert "要办的事（1 件，还有 1 件不一定" in page
    assert "要带的材料（1 样，还有 1 样不一定）" in page
    assert "不用您备的：联办申请表，窗口自动生成。" in page
