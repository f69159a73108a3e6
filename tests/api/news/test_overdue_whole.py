"""A case that is late as a whole, though no item of it need be: told once to those who agreed, with a task."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from api.conversations.desk_hours import LOCAL
from tests.api.news.conftest import NOON, Bureau

LAST_DAY = datetime(2026, 10, 28, 15, 0, tzinfo=LOCAL)
"""Accepted on this Wednesday, the 18th working day is 23 November, the day of the tests."""
ITEM = "medical_enrolment"


async def accepted(bureau: Bureau, at: datetime, items: tuple[str, ...] = (ITEM,), province: str = "henan") -> int:
    _, case_id = await bureau.follower(province, items=items)
    async with bureau.engine.begin() as connection:
        await connection.execute(text("UPDATE case_file SET accepted_at = :at"), {"at": at})
    return case_id


async def lateness(bureau: Bureau) -> list[str]:
    await bureau.overdue.find()
    await bureau.overdue.find()
    await bureau.send_all()
    return [one for one in await bureau.told() if "全部办完" in one]


async def test_it_is_told_once_whom_to_ask_and_the_desk_gets_a_task(bureau: Bureau) -> None:
    case_id = await accepted(bureau, LAST_DAY - timedelta(days=1))

    assert await lateness(bureau) == [
        "办件 TY26-0000-0001：按指南，全部办完应当在 11 月 20 日（不算制卡时间、寄送时间、资金发放时间），已经过了，"
        "还有 1 件没收到办完的消息。您可以报编号问安置地县（区）级退役军人服务中心，或者打 12345 热线。"
        "不想再收到，请回“别再通知了”。"
    ]
    assert await bureau.rows("SELECT kind, key FROM desk_task") == [("overdue_item", f"overdue:{case_id}:whole")]
    ((reply,),) = await bureau.rows("SELECT reply FROM outbox")
    assert reply["citations"][0]["section"] == "附件2 二3"


async def test_the_last_day_itself_is_not_late(bureau: Bureau) -> None:
    await accepted(bureau, LAST_DAY)

    assert await lateness(bureau) == []


async def test_what_is_not_counted_makes_nothing_late(bureau: Bureau) -> None:
    case_id = await accepted(bureau, LAST_DAY - timedelta(days=40), ("social_security_card",))
    await bureau.report(case_id, "social_security_card", "制证中", at=NOON - timedelta(days=30))

    assert await lateness(bureau) == []


async def test_only_what_counts_is_counted_as_left(bureau: Bureau) -> None:
    case_id = await accepted(bureau, LAST_DAY - timedelta(days=40), (ITEM, "social_security_card"))
    await bureau.report(case_id, "social_security_card", "制证中", at=NOON - timedelta(days=30))

    (told,) = await lateness(bureau)
    assert "还有 1 件" in told


async def test_what_is_done_or_waits_for_him_makes_nothing_late(bureau: Bureau) -> None:
    case_id = await accepted(bureau, LAST_DAY - timedelta(days=40), (ITEM, "reporting"))
    await bureau.report(case_id, ITEM, "办结", at=NOON - timedelta(days=30))
    await bureau.report(case_id, "reporting", "待补正", at=NOON - timedelta(days=30))

    assert await lateness(bureau) == []


async def test_it_is_not_said_when_all_was_done_before_it_could_be_sent(bureau: Bureau) -> None:
    case_id = await accepted(bureau, LAST_DAY - timedelta(days=1))
    await bureau.overdue.find()
    await bureau.report(case_id, ITEM, "办结", at=NOON)

    assert await lateness(bureau) == []


async def test_a_guide_without_a_start_makes_nothing_late(bureau: Bureau) -> None:
    await accepted(bureau, LAST_DAY - timedelta(days=100), ("household_registration",), "hebei")

    assert await lateness(bureau) == []
