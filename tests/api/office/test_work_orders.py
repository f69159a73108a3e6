"""Work orders: made of a chat, counted in working days, answered to the veteran in his channel."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import pytest

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.desk import counselor, waits
from tests.fakes.staff import Browser, signed_in, text_of

ORDERS = "/desk/work-orders"
FRIDAY = datetime(2026, 2, 13, 16, 0, tzinfo=LOCAL)  # Saturday is worked, then the Spring Festival until the 23rd.
STANDING = "SELECT status, due_on, closed_at IS NOT NULL, told_at IS NOT NULL, department FROM work_order"


def fields(**more: str) -> dict[str, str]:
    given = {
        "form": str(uuid.UUID(int=1)),
        "category": "help",
        "urgency": "normal",
        "title": "户口恢复一直没有办",
        "content": "材料交了一个月，我的电话13800138000",
        "place": "河南新乡",
        "department": "公安部门",
        "days": "3",
        "wants_reply": "yes",
    }
    return given | more


async def made(house: House, one: Browser | None = None, **more: str) -> Browser:
    conversation = await waits(house)
    one = one or counselor(house)
    response = await one.post(ORDERS, **fields(conversation=str(conversation), **more))
    assert response.headers["location"] == f"{ORDERS}/1"
    return one


async def act(one: Browser, name: str, words: str = "", **more: Any) -> int:
    return (await one.post(f"{ORDERS}/1/act", act=name, words=words, **more)).status_code


async def test_day_is_counted_over_a_worked_saturday_and_a_festival(build: Build) -> None:
    async with build(now=lambda: FRIDAY) as house:
        await made(house)

        # The 14th, the 24th and the 25th are worked.
        assert house.rows(STANDING) == [("sent", date(2026, 2, 25), False, False, "公安部门")]
        assert house.rows("SELECT due_at FROM work_order") == [(datetime(2026, 2, 25, 17, 30, tzinfo=LOCAL),)]


async def test_form_out_of_a_chat_is_filled_and_masked(house: House) -> None:
    await house.line.send("我的身份证号是11010519491231002X，户口办不下来", "m-1", "s-1")
    conversation = await waits(house)

    page = await counselor(house).get(f"{ORDERS}/new?conversation={conversation}")

    assert "户口办不下来" in page.text
    assert "〔身份证号1〕" in page.text
    assert "11010519491231002X" not in page.text


async def test_words_are_kept_masked_and_a_form_counts_once(house: House) -> None:
    one = await made(house)
    again = await one.post(ORDERS, **fields())

    assert again.headers["location"] == f"{ORDERS}/1"
    assert house.rows("SELECT content FROM work_order") == [("材料交了一个月，我的电话〔手机号1〕",)]


async def test_all_faults_are_told_at_once(house: House) -> None:
    response = await counselor(house).post(ORDERS, **fields(title="", department="", days="0", place="没有这里"))

    assert response.status_code == 422
    assert "有 4 处要改" in text_of(response)
    assert house.rows("SELECT count(*) FROM work_order") == [(0,)]


async def test_answer_reaches_the_veteran_in_plain_words_once(house: House) -> None:
    one = await made(house)
    await act(one, "working")
    await act(one, "answered", "户口已经恢复，请带身份证去派出所领户口本。")
    await act(one, "answered", "再说一遍。")
    told = [reply["reply"]["text"] for reply in await house.line.later()]

    assert len(told) == 1
    assert "公安部门有答复了：户口已经恢复，请带身份证去派出所领户口本。" in told[0]
    assert "GD2" in told[0]
    assert [row[0::2] for row in house.rows(STANDING)] == [("answered", True, "公安部门")]


async def test_answer_with_an_identity_number_is_not_sent(house: House) -> None:
    one = await made(house)
    status = await act(one, "answered", "身份证11010519491231002X已经办好")

    assert status == 422
    assert await house.line.later() == []
    assert [row[0] for row in house.rows(STANDING)] == ["sent"]


async def test_answer_that_is_too_long_to_be_sent_is_told_the_right_length(house: House) -> None:
    one = await made(house)
    response = await one.post(f"{ORDERS}/1/act", act="answered", words="好" * 1001)

    assert "回复最多 1000 个字" in text_of(response)
    assert await house.line.later() == []


async def test_who_wants_no_reply_gets_none(house: House) -> None:
    one = await made(house, wants_reply="no")
    await act(one, "answered", "已经办好。")

    assert await house.line.later() == []
    assert [row[2:4] for row in house.rows(STANDING)] == [(True, False)]


async def test_extension_counts_from_the_old_day(build: Build) -> None:
    async with build(now=lambda: FRIDAY) as house:
        one = await made(house)
        await act(one, "extend", "要等军队回函", days="2")

        assert [row[1] for row in house.rows(STANDING)] == [date(2026, 2, 27)]


async def test_returned_order_goes_to_another_department(house: House) -> None:
    one = await made(house)
    await act(one, "returned", "不归我们管")
    await act(one, "resent", department="人社部门")
    page = text_of(await one.get(f"{ORDERS}/1"))

    assert [(row[0], row[4]) for row in house.rows(STANDING)] == [("sent", "人社部门")]
    assert "不归我们管" in page


@pytest.mark.parametrize(("name", "words", "days"), [("urge", "", ""), ("extend", "等回函", ""), ("visit", "满意", "")])
async def test_what_lacks_something_or_is_not_due_changes_nothing(
    house: House, name: str, words: str, days: str
) -> None:
    one = await made(house)
    before = house.rows("SELECT count(*) FROM work_order_event")
    await act(one, name, words, days=days)

    assert house.rows("SELECT count(*) FROM work_order_event") == before


async def test_what_was_filled_in_stays_beside_its_fault(house: House) -> None:
    one = await made(house)
    response = await one.post(f"{ORDERS}/1/act", act="extend", words="等回函", days="9" * 5000)
    page = response.text

    assert response.status_code == 422
    assert "请写加几个工作日，1 到 60。" in text_of(response)
    assert '<option value="extend" selected>' in page
    assert ">等回函</textarea>" in page


async def test_unhappy_veteran_has_it_opened_again(house: House) -> None:
    one = await made(house)
    await act(one, "answered", "已经办好。")
    await act(one, "visit", "不满意，户口本没拿到")
    await act(one, "reopened", "群众说没拿到", days="3")

    assert [row[0::2] for row in house.rows(STANDING)] == [("working", False, "公安部门")]


async def test_confidential_order_is_its_authors_and_the_leads(house: House) -> None:
    one = await made(house, is_confidential="yes")
    other, lead = counselor(house, "李四"), signed_in(house, "lead")

    seen = [(await browser.get(f"{ORDERS}/1")).status_code for browser in (one, other, lead)]

    assert seen == [200, 404, 200]
    assert "户口恢复一直没有办" not in text_of(await other.get(ORDERS))
    counted = ["工单 1 件" in text_of(await browser.get("/desk")) for browser in (one, other, lead)]
    assert counted == [True, False, True]


async def test_other_places_are_not_his_business(house: House) -> None:
    await made(house)
    stranger = counselor(house, "海南", regions=("460000",))

    assert (await stranger.get(f"{ORDERS}/1")).status_code == 404
    assert (await stranger.post(f"{ORDERS}/1/act", act="working", words="")).status_code == 404


async def test_part_of_the_list_shows_what_the_page_shows(house: House) -> None:
    one = await made(house)

    parts = [text_of(await one.get(f"{ORDERS}/part?state={state}")) for state in ("open", "closed")]
    page = await one.get(f"{ORDERS}?state=open")

    assert [("户口恢复一直没有办" in part) for part in parts] == [True, False]
    assert parts[0] in text_of(page)
    assert 'data-source="/desk/work-orders/part?state=open&amp;after=0"' in page.text


async def test_sheet_has_the_fields_of_a_work_order_and_no_formula(house: House) -> None:
    one = await made(house, title="=1+1")
    sheet = await one.get(f"{ORDERS}/export.csv")
    lines = sheet.content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("工单编号,工单状态,受理渠道,诉求人,诉求类别,紧急程度,问题分类")
    assert "'=1+1" in lines[1]
    assert "河南省新乡市" in lines[1]
    assert house.rows("SELECT count(*) FROM audit WHERE act = 'order.export'") == [(1,)]


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is late it is looked all the time."""
    monkeypatch.setattr("api.desk.deadlines.LOOK_EVERY_SECONDS", 0.1)


@pytest.mark.usefixtures("looks_often")
async def test_late_order_is_told_to_the_leads_and_stands_on_top(house: House) -> None:
    one = await made(house)
    house.change("UPDATE work_order SET due_at = now() - interval '1 hour'")
    await house.until("SELECT count(*) FROM work_order WHERE escalated_at IS NOT NULL", [(1,)], 20)

    assert "已超期" in text_of(await one.get(ORDERS))
    assert "工单 1 件" in text_of(await one.get("/desk"))
    assert "order:1" in (await one.get("/desk")).text
