"""By when an item is ready, and what the guide leaves open about that."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.ports import CaseItem, CaseProgress
from bot.message import Reply
from knowledge.case_clock import Report, item_deadlines, whole_deadline
from tests.actions.builders import LOCAL, Person, case, case_item, knowledge
from tests.fakes.cases import FakeCases

REGIONS = {"henan": "410000", "fujian": "350000", "hainan": "460000", "hebei": "130000"}


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=LOCAL)


def reported(province: str, item: str, *reports: tuple[str, datetime], **more: object) -> CaseItem:
    """An item as these reports leave it, with the deadline that the guide makes of them."""
    library = knowledge().library
    told = [Report(item, status, moment) for status, moment in reports]
    own = item_deadlines(library, library.provinces[province], at(16), told).get(item)
    due, waits = (own.office_day, own.waits_for) if own else (None, None)
    status = reports[-1][0] if reports else "submitted"
    department = library.provinces[province].items[item].department
    return case_item(status, due, item=item, department=department, waits_for=waits, deadline=own, **more)


async def told(province: str, *items: CaseItem, **more: object) -> Reply:
    shown: CaseProgress = case("TY26-8F3K-M2QX", *items, region=REGIONS[province], **more)
    return (await Person(cases=FakeCases(bound=[shown])).meets("report_progress", "办到哪了")).replies[0]


@pytest.mark.parametrize(("hour", "is_open"), [(7, False), (10, False), (15, True)])
async def test_day_that_the_guide_does_not_fix_is_said_to_be_uncertain(hour: int, is_open: bool) -> None:
    reply = await told("fujian", reported("fujian", "household_registration", ("accepted", at(18, hour))))

    assert ("（不一定准）" in reply.text) is is_open
    assert ("12 点以后、非工作日" in reply.text) is is_open


async def test_year_that_the_guide_leaves_open_is_said() -> None:
    reply = await told("hainan", reported("hainan", "subsidy"))

    assert "最晚 2027 年 8 月 1 日（不一定准）办好。" in reply.text
    assert "“次年”是哪一年的次年，指南没有写" in reply.text


async def test_first_day_of_an_own_step_is_said() -> None:
    reply = await told("fujian", reported("fujian", "social_insurance", ("completed", at(18))))

    assert "从 11 月 26 日起可以去办。" in reply.text


async def test_time_limit_without_a_start_is_said_as_such() -> None:
    library = knowledge().library
    whole = whole_deadline(library, library.provinces["hebei"], at(16))
    item = reported("hebei", "household_registration", ("accepted", at(17)))

    reply = await told("hebei", item, whole=whole)

    assert "整件事办完（补助金发放除外）要 15 个工作日。指南没有写这 15 个工作日从哪天起算。" in reply.text
    assert "二2" in [one.section for one in reply.citations]


async def test_words_of_a_guide_without_a_number_are_said() -> None:
    reply = await told("henan", reported("henan", "pension_transfer", ("accepted", at(17))))

    assert "指南没有写天数，写的是“根据资金到账情况完成”" in reply.text


async def test_only_the_limit_that_counts_is_cited() -> None:
    making = await told(
        "henan", reported("henan", "social_security_card", ("accepted", at(17)), ("making_document", at(18)))
    )
    library = knowledge().library
    limits = library.provinces["henan"].items["social_security_card"].time_limits
    application, card = ({source.section for source in limit.source} for limit in limits)

    cited = {one.section for one in making.citations}
    assert card <= cited
    assert not (application - card) & cited


async def test_last_day_of_the_whole_says_what_is_not_counted() -> None:
    library = knowledge().library
    whole = whole_deadline(library, library.provinces["henan"], at(2))
    assert whole is not None
    item = reported("henan", "medical_enrolment", ("accepted", at(17)))

    running = await told("henan", item, whole=whole, due=whole.office_day)
    late = await told("henan", item, whole=whole, due=whole.office_day, overdue=True)

    assert "全部办完最晚 11 月 26 日（不算制卡时间、寄送时间、资金发放时间）。" in running.text
    assert "应当在 11 月 26 日（不算制卡时间、寄送时间、资金发放时间），已经超过了" in late.text
    assert "附件2 二3" in [one.section for one in running.citations]


async def test_day_of_the_whole_is_not_said_while_all_was_sent_back() -> None:
    library = knowledge().library
    whole = whole_deadline(library, library.provinces["henan"], at(2))
    assert whole is not None
    item = reported("henan", "household_registration", ("review_failed", at(17)), note="请打 〔手机号1〕 问。")

    reply = await told("henan", item, whole=whole, due=whole.office_day)

    assert "全部办完" not in reply.text
    assert "部门说：“请打 （号码已隐去） 问”。" in reply.text


@pytest.mark.parametrize(("text", "is_said"), [("怎么还没好", True), ("办到哪了", False)])
async def test_who_asks_why_it_is_not_ready_hears_that_no_day_is_over(text: str, is_said: bool) -> None:
    person = Person(cases=FakeCases(bound=[case()]))

    reply = (await person.meets("report_progress", text)).replies[0]

    assert ("都还没到期" in reply.text) is is_said


async def test_overview_cites_the_limits_of_the_days_that_it_says() -> None:
    started = ("household_registration", "medical_enrolment", "social_insurance")
    items = [reported("fujian", name, ("accepted", at(18))) for name in started]

    reply = await told("fujian", *items)

    assert reply.text.count("最晚") == len(items)
    assert "四(三)" in [one.section for one in reply.citations]
