"""A report becomes news: for those who agreed, once, in the guide's words, and only when it is new."""

from __future__ import annotations

from datetime import datetime, timedelta

from api.conversations.desk_hours import LOCAL
from tests.api.news.conftest import NOON, Bureau

HOUSEHOLD, CARD = "household_registration", "social_security_card"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


async def test_who_agreed_is_told_what_to_do_next_with_the_place_in_the_guide(bureau: Bureau) -> None:
    conversation, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()

    tell = next(on.tell for notice in bureau.notices("henan") for on in notice.on if HOUSEHOLD in on.items)
    assert tell
    assert "派出所" in tell
    assert await bureau.told(conversation) == [f"办件 TY26-0000-0001：{tell}不想再收到，请回“别再通知了”。"]
    ((reply,),) = await bureau.rows("SELECT reply FROM outbox")
    assert reply["kind"] == "progress"
    assert {one["guide"] for one in reply["citations"]} == {"henan-2024"}
    assert reply["data"] == {
        "case_no": "TY26-0000-0001",
        "demo": False,
        "items": [
            {
                "item": "户口登记（退役军人恢复户口）",
                "department": "公安部门",
                "status": "办结",
                "since": "2026-11-23T12:00:00+08:00",
                "due": None,
                "overdue": False,
                "next_step": reply["data"]["items"][0]["next_step"],
            }
        ],
    }


async def test_nobody_else_is_told(bureau: Bureau) -> None:
    case_id = await bureau.case()
    for news in ("unasked", "declined", "stopped"):
        await bureau.bind(await bureau.conversation(), case_id, news)
    await bureau.report(case_id, HOUSEHOLD, "办结")
    await bureau.send_all()

    assert await bureau.told() == []
    assert await bureau.count("planned_message") == 0


async def test_all_who_agreed_are_told(bureau: Bureau) -> None:
    case_id = await bureau.case()
    followers = [await bureau.conversation() for _ in range(3)]
    for one in followers:
        await bureau.bind(one, case_id)
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    assert [len(await bureau.told(one)) for one in followers] == [1, 1, 1]


async def test_how_to_stop_is_said_with_the_first_news_alone(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.report(case_id, HOUSEHOLD, "办理中", at=NOON + timedelta(minutes=1))
    await bureau.send_all()

    first, second = await bureau.told()
    assert first.endswith("不想再收到，请回“别再通知了”。")
    assert "别再通知" not in second


async def test_a_report_that_came_late_is_not_told_as_if_it_were_new(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "审核通过", at=at(23, 11))
    await bureau.report(case_id, HOUSEHOLD, "受理", at=at(23, 9))
    await bureau.send_all()

    told = await bureau.told()
    assert len(told) == 1
    assert "审核通过" in told[0]


async def test_a_late_report_of_another_item_is_told(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "审核通过", at=at(23, 11))
    await bureau.report(case_id, CARD, "受理", at=at(23, 9))
    await bureau.send_all()

    assert len(await bureau.told()) == 2


async def test_a_status_said_again_is_not_told_again(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "受理", at=at(23, 9))
    await bureau.report(case_id, HOUSEHOLD, "已受理", at=at(23, 10))
    await bureau.send_all()

    assert len(await bureau.told()) == 1


async def test_a_status_that_comes_back_after_another_is_told(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    for minute, status in enumerate(("待补正", "审核中", "待补正")):
        await bureau.report(case_id, HOUSEHOLD, status, at=at(23, 9, minute))
    await bureau.send_all()

    assert len(await bureau.told()) == 3


async def test_the_departments_own_words_go_with_it_and_a_new_reason_is_news(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "待补正", at=at(23, 9), note="缺照片")
    await bureau.report(case_id, HOUSEHOLD, "待补正", at=at(23, 10), note="缺照片")
    await bureau.report(case_id, HOUSEHOLD, "待补正", at=at(23, 11), note="缺户主签字")
    await bureau.send_all()

    first, second = await bureau.told()
    assert "部门的说明：“缺照片”。" in first
    assert "部门的说明：“缺户主签字”。" in second


async def test_an_unknown_status_is_told_in_the_departments_word_and_not_explained(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "流转至三科")
    await bureau.report(case_id, HOUSEHOLD, "流转至四科", at=NOON + timedelta(minutes=1))
    await bureau.send_all()

    first, second = await bureau.told()
    assert "部门报来的状态是“流转至三科”，这个说法我认不准" in first
    assert "流转至四科" in second


async def test_no_personal_number_goes_out_whatever_a_department_writes(bureau: Bureau) -> None:
    _, case_id = await bureau.follower()
    await bureau.report(case_id, HOUSEHOLD, "待补正", note="身份证 11010519491231002X 照片不清")
    await bureau.report(case_id, CARD, "查无 11010519491231002X")
    await bureau.send_all()

    everything = str(await bureau.rows("SELECT reply FROM outbox")) + str(
        await bureau.rows("SELECT text FROM transcript")
    )
    assert "11010519491231002X" not in everything
    assert "照片不清" in everything


async def test_a_demonstration_says_so(bureau: Bureau) -> None:
    case_id = await bureau.case(is_demo=True)
    await bureau.bind(await bureau.conversation(), case_id)
    await bureau.report(case_id, HOUSEHOLD, "受理")
    await bureau.send_all()

    assert (await bureau.told())[0].startswith("【演示办件，不是真的】办件 ")
