"""He is reminded of what he has to do himself, on its day, unless a report shows that it is done."""

from __future__ import annotations

from datetime import datetime

from api.conversations.desk_hours import LOCAL
from tests.api.news.conftest import Bureau

HOUSEHOLD, CARD, TAX = "household_registration", "social_security_card", "social_insurance"


def nine_on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=LOCAL)


async def test_three_days_after_the_household_is_registered_he_is_reminded_to_sign(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()

    assert [one["due_at"] for one in await bureau.planned("reminder")] == [nine_on(11, 26)]
    await bureau.pass_to(nine_on(11, 26))
    reminder = (await bureau.told())[-1]
    assert reminder.startswith("办件 TY26-0000-0001：提醒您：")
    assert "派出所" in reminder


async def test_the_tax_office_is_named_on_the_first_working_day_after_five_have_passed(bureau: Bureau) -> None:
    # Reported on Monday 23 November: Tuesday to Friday and Monday are the five, so Tuesday 1 December.
    _, case_id = await bureau.follower("fujian")
    await bureau.report(case_id, TAX, "办结")
    await bureau.send_all()

    assert [one["due_at"] for one in await bureau.planned("reminder")] == [nine_on(12, 1)]
    await bureau.pass_to(nine_on(12, 1))
    assert "税务" in (await bureau.told())[-1]


async def test_a_reminder_is_dropped_at_once_when_he_has_done_it(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.report(case_id, "identity_card", "办结")

    assert [one["item"] for one in await bureau.planned("reminder")] == []


async def test_what_was_done_before_is_not_reminded_of(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, "identity_card", "办结")
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.pass_to(nine_on(12, 20))

    assert not any("提醒您" in one for one in await bureau.told())


async def test_a_reminder_is_dropped_when_the_item_comes_back(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, CARD, "办结")
    assert len(await bureau.planned("reminder")) == 1
    bureau.now = nine_on(11, 24)
    await bureau.report(case_id, CARD, "不予受理")

    assert await bureau.planned("reminder") == []


async def test_a_reminder_whose_day_has_passed_when_the_report_comes_is_not_planned(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "办结", at=nine_on(11, 2))

    assert await bureau.planned("reminder") == []
    assert len(await bureau.planned("news")) == 1


async def test_who_stopped_the_news_is_not_reminded(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()
    await bureau.choose(conversation, "stopped")
    await bureau.pass_to(nine_on(11, 26))

    assert len(await bureau.told()) == 1
