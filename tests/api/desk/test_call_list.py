"""Working off the promised calls: in order of the day, by one person each, with the number shown for a reason alone."""

from __future__ import annotations

import asyncio
from datetime import datetime

from api.conversations.desk_hours import LOCAL
from tests.api.conftest import Build, House
from tests.fakes.desk import counselor
from tests.fakes.staff import Browser, text_of

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=LOCAL)
CALLS = "/desk/call-backs"
STANDING = "SELECT tries, outcome, sealed IS NULL, due_at FROM call_back"
NUMBER = "13800138000"


async def promised(house: House, session: str = "s-1", number: str = NUMBER) -> None:
    await house.line.send("人工", f"{session}-1", session)
    await house.line.send(number, f"{session}-2", session)


async def claimed(house: House) -> Browser:
    one = counselor(house)
    await one.post(f"{CALLS}/1/claim", instead_of="")
    return one


async def test_overdue_calls_stand_on_top_without_their_number(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house, "s-1", "13800138001")
        await promised(house, "s-2", "13800138002")
        house.change("UPDATE call_back SET due_at = '2026-11-20 17:30+08' WHERE id = 2")
        page = await counselor(house).get(CALLS)

    text = text_of(page)
    assert text.index("尾号 8002") < text.index("尾号 8001")
    assert "已超期" in text
    assert 'data-alarms="call:2"' in page.text
    assert "13800138001" not in page.text


async def test_of_many_at_once_one_gets_the_call(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        crowd = [counselor(house, f"坐席{number}") for number in range(10)]
        answers = await asyncio.gather(*(one.post(f"{CALLS}/1/claim", instead_of="") for one in crowd))

    assert sum("#call1" in answer.headers["location"] for answer in answers) == 1


async def test_number_is_shown_with_a_reason_and_noted(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        one = await claimed(house)
        without = await one.post(f"{CALLS}/1/number", reason=" ")
        shown = await one.post(f"{CALLS}/1/number", reason="按约定回电")

        assert without.status_code == 303
        assert NUMBER in shown.text
        assert "no-store" in shown.headers["cache-control"]
        assert house.rows("SELECT object, reason FROM audit WHERE act = 'desk.unmask'") == [
            ("call_back:1", "按约定回电")
        ]


async def test_who_has_not_taken_the_call_sees_no_number(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        response = await counselor(house).post(f"{CALLS}/1/number", reason="看看")

        assert NUMBER not in response.text
        assert house.rows("SELECT count(*) FROM audit WHERE act = 'desk.unmask'") == [(0,)]


async def test_done_call_leaves_the_list_and_its_number_goes(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        one = await claimed(house)
        await one.post(f"{CALLS}/1/outcome", how="done", said="说清楚了")

        assert [row[:3] for row in house.rows(STANDING)] == [(1, "done", True)]
        assert "没有要打的电话" in text_of(await one.get(CALLS))


async def test_third_try_in_vain_is_the_last_and_the_person_hears_of_each(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        one = await claimed(house)
        first = await one.post(f"{CALLS}/1/outcome", how="unreached")
        after_first = house.rows(STANDING)
        await one.post(f"{CALLS}/1/outcome", how="unreached")
        await one.post(f"{CALLS}/1/outcome", how="unreached")
        told = [reply["reply"]["text"] for reply in await house.line.later()]

        assert first.status_code == 303
        assert after_first == [(1, None, False, datetime(2026, 11, 23, 17, 30, tzinfo=LOCAL))]
        assert [row[:3] for row in house.rows(STANDING)] == [(3, "unreached", True)]
        assert ["（第 1 次）" in told[0], "（第 2 次）" in told[1], "3 次都没打通" in told[2]] == [True] * 3
        assert "11 月 23 日（星期一）" in told[0]


async def test_other_places_are_not_his_business(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        house.change("UPDATE conversation SET desk_region = '410000'")
        stranger = counselor(house, "海南", regions=("460000",))

        assert "没有要打的电话" in text_of(await stranger.get(CALLS))
        assert (await stranger.post(f"{CALLS}/1/claim", instead_of="")).status_code == 404
        assert (await stranger.post(f"{CALLS}/1/outcome", how="done")).status_code == 404


async def test_person_takes_it_back_while_somebody_calls(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        await promised(house)
        one = await claimed(house)
        await house.line.send("不用打电话了", "m-9")
        response = await one.post(f"{CALLS}/1/outcome", how="done")

        assert response.status_code == 303
        assert "群众不用打了" in text_of(await one.get(CALLS))
        assert house.rows("SELECT outcome FROM call_back") == [("cancelled",)]
