"""An item whose department is late: told once for its day to those who agreed, and a task for the desk."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from api.conversations.desk_hours import LOCAL
from api.db.models import CaseItem
from knowledge.case_clock import ItemDeadline
from tests.api.news.conftest import NOON, Bureau

ITEM = "medical_enrolment"
YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)


async def late(bureau: Bureau, due: date = YESTERDAY, status: str = "办理中") -> tuple[object, int]:
    conversation, case_id = await bureau.follower()
    await bureau.report(case_id, ITEM, status, at=NOON - timedelta(days=9))
    await bureau.send_all()
    await bureau.set_due(case_id, ITEM, due)
    return conversation, case_id


async def lateness(bureau: Bureau) -> list[str]:
    return [one for one in await bureau.told() if "应当在" in one]


async def test_he_is_told_whom_to_ask_and_the_desk_gets_a_task(bureau: Bureau) -> None:
    _, case_id = await late(bureau)
    await bureau.overdue.find()
    await bureau.send_all()

    (told,) = await lateness(bureau)
    assert told == (
        "办件 TY26-0000-0001：基本医疗保险参保和变更登记应当在 11 月 22 日办好，已经过了，还没有收到办完的消息。"
        "您可以报编号问安置地县（区）级退役军人服务中心，或者打 12345 热线。"
    )
    ((reply,),) = await bureau.rows("SELECT reply FROM outbox WHERE reply->>'text' LIKE '%应当在%'")
    assert reply["data"]["items"][0]["overdue"] is True
    assert await bureau.rows("SELECT kind, key, region, case_id, detail->>'due' FROM desk_task") == [
        ("overdue_item", f"overdue:{case_id}:{ITEM}:2026-11-22", "410000", case_id, "2026-11-22")
    ]


async def test_it_is_said_once_for_a_day_however_often_is_looked(bureau: Bureau) -> None:
    await late(bureau)
    await asyncio.gather(*(bureau.overdue.find() for _ in range(8)))
    await bureau.overdue.find()
    await bureau.send_all()

    assert len(await lateness(bureau)) == 1
    assert await bureau.count("desk_task") == 1


async def test_another_day_is_another_lateness(bureau: Bureau) -> None:
    _, case_id = await late(bureau)
    await bureau.overdue.find()
    await bureau.set_due(case_id, ITEM, YESTERDAY - timedelta(days=1))
    await bureau.overdue.find()
    await bureau.send_all()

    assert len(await lateness(bureau)) == 1  # The first is no longer true.
    assert await bureau.count("desk_task") == 2


@pytest.mark.parametrize("due", [TODAY, TODAY + timedelta(days=1)])
async def test_the_last_day_itself_is_not_late(bureau: Bureau, due: date) -> None:
    await late(bureau, due)

    assert await bureau.overdue.find() == 0


@pytest.mark.parametrize(("minutes", "found"), [(0, 0), (1, 1)])
async def test_an_hour_that_the_guide_names_counts(bureau: Bureau, minutes: int, found: int) -> None:
    await late(bureau, TODAY)
    limit = ItemDeadline("by_date", "limit", "登记", "toy.time_limit.limit", (), TODAY, time(12))
    async with bureau.engine.begin() as connection:
        await connection.execute(update(CaseItem).where(CaseItem.due == TODAY).values(deadline=limit.as_json()))
    bureau.now = datetime(2026, 11, 23, 12, minutes, tzinfo=LOCAL)

    assert await bureau.overdue.find() == found


@pytest.mark.parametrize("status", ["办结", "不予受理", "已撤回", "待补正"])
async def test_what_has_ended_or_waits_for_him_is_not_late(bureau: Bureau, status: str) -> None:
    await late(bureau, status=status)

    assert await bureau.overdue.find() == 0


async def test_what_is_finished_in_the_night_is_not_told_as_late_in_the_morning(bureau: Bureau) -> None:
    _, case_id = await late(bureau)
    bureau.now = datetime(2026, 11, 24, 1, 0, tzinfo=LOCAL)
    await bureau.overdue.find()
    await bureau.send_all()
    await bureau.report(case_id, ITEM, "办结")
    await bureau.pass_to(datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL))

    assert await lateness(bureau) == []


async def test_the_desk_hears_of_it_where_nobody_agreed_to_be_told(bureau: Bureau) -> None:
    case_id = await bureau.case()
    await bureau.report(case_id, ITEM, "办理中")
    await bureau.set_due(case_id, ITEM, YESTERDAY)
    await bureau.overdue.find()

    assert (await bureau.count("desk_task"), await bureau.count("planned_message")) == (1, 0)
